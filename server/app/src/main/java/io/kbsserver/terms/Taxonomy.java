package io.kbsserver.terms;

/** The ways in which tickets are sorted into terms. */
public enum Taxonomy {
  /** What a ticket is about; the only one with terms below others. */
  CATEGORIES("ticket_categories", "ticket_category"),
  /** Free words. */
  TAGS("ticket_tag", "ticket_tag"),
  /** By which way a ticket or a reply came in. */
  SOURCES("ticket_sources", "ticket_source"),
  /** Who in the house looks after it. */
  DEPARTMENTS("ticket_departments", "department");

  private final String wireName;
  private final String nameInWordPress;

  Taxonomy(String wireName, String nameInWordPress) {
    this.wireName = wireName;
    this.nameInWordPress = nameInWordPress;
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

  /** What WordPress calls it. */
  public String nameInWordPress() {
    return nameInWordPress;
  }

  /** Whether its terms may stand below one another. */
  boolean isHierarchical() {
    return this == CATEGORIES;
  }
}
