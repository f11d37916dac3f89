/** What PHP writes as text, read back, even where it is damaged. */
@NullMarked
package io.kbsserver.wordpress.php;

import org.jspecify.annotations.NullMarked;
