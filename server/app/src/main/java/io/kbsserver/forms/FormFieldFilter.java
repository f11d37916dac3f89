package io.kbsserver.forms;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which fields of a list are wanted. Null and empty lists mean "whichever".
 *
 * @param search words that the title contains
 * @param forms the forms that they belong to
 * @param otherForms forms that they do not belong to
 * @param slugs their slugs
 * @param statuses their statuses; those that are published, where none is given
 */
record FormFieldFilter(
    @Nullable String search,
    List<Long> forms,
    List<Long> otherForms,
    @Nullable List<String> slugs,
    List<String> statuses) {}
