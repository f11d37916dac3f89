package io.kbsserver.demo.large;

import io.kbsserver.change.Subject;
import io.kbsserver.terms.Taxonomy;
import io.kbsserver.text.Slug;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What tickets are sorted into. */
final class Terms {

  private static final List<String> CATEGORIES =
      List.of(
          "Billing",
          "Hardware",
          "Software",
          "Accounts",
          "Deliveries",
          "Returns",
          "Licences",
          "Größen & Maße",
          "Training",
          "Printing",
          "Networks",
          "Other");
  private static final List<String> DEPARTMENTS =
      List.of(
          "Accounts",
          "Workshop",
          "Sales",
          "Warehouse",
          "Support Nord",
          "Support Süd",
          "東京",
          "Partners");
  private static final int TAGS = 30;

  private final Rows rows = new Rows("term", Subject.TERM, "id, taxonomy, name, slug, description");
  private final List<Long> categories;
  private final List<Long> departments;
  private final List<Long> tags;
  private final long source;
  private long last;

  Terms() {
    source = add(Taxonomy.SOURCES, "kbs-rest", "REST API");
    categories = all(Taxonomy.CATEGORIES, CATEGORIES);
    departments = all(Taxonomy.DEPARTMENTS, DEPARTMENTS);
    tags = all(Taxonomy.TAGS, IntStream.rangeClosed(1, TAGS).mapToObj(n -> "tag " + n).toList());
  }

  private List<Long> all(Taxonomy taxonomy, List<String> names) {
    List<Long> ids = new ArrayList<>();
    names.forEach(
        name -> {
          String slug = Slug.of(name);
          ids.add(add(taxonomy, slug.isEmpty() ? "term-" + (last + 1) : slug, name));
        });
    return ids;
  }

  private long add(Taxonomy taxonomy, String slug, String name) {
    last++;
    rows.add(last, taxonomy.wireName(), name, slug, "");
    return last;
  }

  Rows rows() {
    return rows;
  }

  /** By which way replies came. */
  long source() {
    return source;
  }

  long category(Chance chance) {
    return categories.get(chance.skewed(categories.size()));
  }

  long tag(Chance chance) {
    return tags.get(chance.skewed(tags.size()));
  }

  long department(int number) {
    return departments.get(number);
  }
}
