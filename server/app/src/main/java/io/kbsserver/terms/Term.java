package io.kbsserver.terms;

import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import org.jspecify.annotations.Nullable;

/**
 * A category, tag, source or department; the id is null until the database has chosen one.
 *
 * @param taxonomy {@link Taxonomy#wireName()}
 */
@MappedEntity
record Term(
    @Id @GeneratedValue @Nullable Long id,
    String taxonomy,
    String slug,
    String name,
    String description) {}
