/** What PHP writes as text, read back, even where it is damaged. */
package io.kbsserver.wordpress.php;
