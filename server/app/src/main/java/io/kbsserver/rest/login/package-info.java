/** Who makes a request, and whether the contract lets them. */
@NullMarked
package io.kbsserver.rest.login;

import org.jspecify.annotations.NullMarked;
