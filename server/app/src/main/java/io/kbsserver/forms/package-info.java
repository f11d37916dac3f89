/** Submission forms with their fields, which websites show and everybody may read. */
@NullMarked
package io.kbsserver.forms;

import org.jspecify.annotations.NullMarked;
