/** What an answer says, by name, about the parameters of its request. */
@NullMarked
package io.kbsserver.rest.notice;

import org.jspecify.annotations.NullMarked;
