package io.kbsserver.wordpress.kinds;

import io.kbsserver.wordpress.source.WordPressDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the terms of tickets and replies. */
public final class TermLinks {

  /**
   * A term that was brought over.
   *
   * @param termId its id here
   * @param taxonomy its taxonomy, as it is called here
   */
  record Link(long termId, String taxonomy) {}

  private final WordPressDatabase source;
  private final Map<Long, Link> links;

  TermLinks(WordPressDatabase source, Map<Long, Link> links) {
    this.source = source;
    this.links = links;
  }

  /** The terms of some posts, by the id of the post; those of other taxonomies are not ours. */
  Map<Long, List<Link>> of(List<Long> ids) {
    Map<Long, List<Link>> found = new HashMap<>();
    source.query(
        "SELECT object_id, term_taxonomy_id FROM "
            + source.table("term_relationships")
            + " WHERE object_id IN ("
            + WordPressDatabase.placeholders(ids.size())
            + ") ORDER BY object_id, term_taxonomy_id",
        ids,
        row -> {
          Link link = links.get(row.getLong(2));
          if (link != null) {
            found.computeIfAbsent(row.getLong(1), id -> new ArrayList<>()).add(link);
          }
          return null;
        });
    return found;
  }
}
