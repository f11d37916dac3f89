package io.kbsserver.forms;

import io.kbsserver.list.PostTimes;
import org.jspecify.annotations.Nullable;

/**
 * A field by itself.
 *
 * @param formId null where the form is gone
 */
record FormFieldView(FormView.Field field, PostTimes times, @Nullable Long formId, long position) {}
