package io.kbsserver.terms;

/** The ways in which tickets are sorted into terms. */
public enum Taxonomy {
  /** What a ticket is about. */
  CATEGORIES("ticket_categories"),
  /** Free words. */
  TAGS("ticket_tag"),
  /** By which way a ticket came in. */
  SOURCES("ticket_sources"),
  /** Who in the house looks after it. */
  DEPARTMENTS("ticket_departments");

  private final String wireName;

  Taxonomy(String wireName) {
    this.wireName = wireName;
  }

  /** The taxonomy with this name. */
  public static Taxonomy of(String wireName) {
    for (Taxonomy taxonomy : values()) {
      if (taxonomy.wireName.equals(wireName)) {
        return taxonomy;
      }
    }
    throw new IllegalArgumentException("There is no taxonomy " + wireName);
  }

  /** The name in requests, in answers and in the database. */
  public String wireName() {
    return wireName;
  }
}
