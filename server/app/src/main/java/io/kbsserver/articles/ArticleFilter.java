package io.kbsserver.articles;

import io.kbsserver.list.TermFilter;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which articles of a list are wanted. Null and empty lists mean "whichever".
 *
 * @param search words that an article contains
 * @param after when it was published at the earliest, on the site's clock, as all of these moments
 * @param authors who wrote it
 * @param otherAuthors who did not
 * @param slugs its slug
 * @param statuses its status; those that are published, where none is given
 * @param terms its categories and tags
 */
record ArticleFilter(
    @Nullable String search,
    @Nullable LocalDateTime after,
    @Nullable LocalDateTime before,
    @Nullable LocalDateTime modifiedAfter,
    @Nullable LocalDateTime modifiedBefore,
    List<Long> authors,
    List<Long> otherAuthors,
    @Nullable List<String> slugs,
    List<String> statuses,
    TermFilter terms) {}
