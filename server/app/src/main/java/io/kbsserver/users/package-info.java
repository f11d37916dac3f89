/** Those who can log in, as WordPress shows them. */
@NullMarked
package io.kbsserver.users;

import org.jspecify.annotations.NullMarked;
