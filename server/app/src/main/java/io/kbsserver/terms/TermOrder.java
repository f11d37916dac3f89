package io.kbsserver.terms;

import io.kbsserver.list.Slugs;
import io.kbsserver.list.Sort;
import io.kbsserver.storage.SqlCondition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a list of terms can be sorted by; as in WordPress, equal ones always come by their ids. */
record TermOrder(String sql, List<Object> args) implements Sort.Key.Column {

  static final TermOrder ID = of("te.id");
  static final TermOrder NAME = of("te.name");
  static final TermOrder SLUG = of("te.slug");
  static final TermOrder DESCRIPTION = of("te.description");
  static final TermOrder COUNT = of(TermList.COUNT);

  private static TermOrder of(String sql) {
    return new TermOrder(sql, List.of());
  }

  /** The order in which ids are given; without any, that of the names. */
  static TermOrder ids(@Nullable List<?> ids) {
    return ids == null || ids.isEmpty()
        ? NAME
        : new TermOrder(
            "FIELD(te.id, " + SqlCondition.placeholders(ids.size()) + ")", List.copyOf(ids));
  }

  /** The order in which slugs are given; without any, that of the names. */
  static TermOrder slugs(@Nullable List<String> slugs) {
    if (slugs == null || slugs.isEmpty()) {
      return NAME;
    }
    SqlCondition order = Slugs.order("te.slug", slugs);
    return new TermOrder(order.sql(), order.args());
  }

  @Override
  public boolean turnsTies() {
    return false;
  }
}
