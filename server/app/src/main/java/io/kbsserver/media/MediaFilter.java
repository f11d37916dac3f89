package io.kbsserver.media;

import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which media are wanted. Null and empty lists mean "whichever".
 *
 * @param search words of their title
 * @param after when they were sent at the earliest, on the site's clock, as all of these moments
 * @param authors who sent them
 * @param otherAuthors who did not
 * @param parents the tickets or replies that they belong to
 * @param otherParents those that they do not belong to
 * @param slugs their slug
 * @param type the type of their bytes, or a kind of them: {@code image/%}
 */
record MediaFilter(
    @Nullable String search,
    @Nullable LocalDateTime after,
    @Nullable LocalDateTime before,
    @Nullable LocalDateTime modifiedAfter,
    @Nullable LocalDateTime modifiedBefore,
    List<Long> authors,
    List<Long> otherAuthors,
    List<Long> parents,
    List<Long> otherParents,
    @Nullable List<String> slugs,
    @Nullable String type) {}
