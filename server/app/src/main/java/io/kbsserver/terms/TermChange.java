package io.kbsserver.terms;

import org.jspecify.annotations.Nullable;

/**
 * A term to make, or what to change of one, as it was asked for. Null means "not given".
 *
 * @param parent the category that it is to be below; 0 for none
 */
record TermChange(
    @Nullable String name,
    @Nullable String slug,
    @Nullable String description,
    @Nullable Long parent) {}
