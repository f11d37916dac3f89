package io.kbsserver.terms;

import org.jspecify.annotations.Nullable;

/**
 * A term as it is shown.
 *
 * @param parentId the category that it is below; null for none
 * @param count how many tickets and replies have it, whoever may see them
 */
record TermView(
    long id,
    Taxonomy taxonomy,
    String name,
    String slug,
    String description,
    @Nullable Long parentId,
    long count) {}
