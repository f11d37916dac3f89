/** The files of tickets and replies: where their bytes are kept, and who gets them. */
@NullMarked
package io.kbsserver.files;

import org.jspecify.annotations.NullMarked;
