/** Where clients reach this server, and from where they come, through proxies or without. */
@NullMarked
package io.kbsserver.rest.address;

import org.jspecify.annotations.NullMarked;
