/** What programs log in with, as WordPress lets its clients manage it. */
@NullMarked
package io.kbsserver.passwords;

import org.jspecify.annotations.NullMarked;
