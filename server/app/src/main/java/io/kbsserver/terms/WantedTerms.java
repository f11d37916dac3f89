package io.kbsserver.terms;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which terms of a list are wanted. Null and empty lists mean "whichever".
 *
 * @param search what their name or slug contains
 * @param slugs their slugs
 * @param parent the category that they are directly below; 0 for those below none
 * @param post the ticket, or the reply, that has them
 * @param hideEmpty whether it is only those that something has
 */
record WantedTerms(
    @Nullable String search,
    @Nullable List<String> slugs,
    @Nullable Long parent,
    @Nullable Long post,
    boolean hideEmpty) {

  /** The same, wherever they are. */
  WantedTerms withoutParent() {
    return new WantedTerms(search, slugs, null, post, hideEmpty);
  }
}
