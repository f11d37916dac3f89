package io.kbsserver.wordpress;

/**
 * Where a WordPress database is.
 *
 * @param url a JDBC URL, {@code jdbc:mysql://host:port/database}
 * @param user the database user, who needs no more than SELECT
 * @param password that user's password; null or empty for none
 * @param prefix the prefix of the site's tables, {@code wp_} unless it was chosen otherwise
 */
public record ImportSource(String url, String user, String password, String prefix) {

  /** Without the password. */
  @Override
  public String toString() {
    return "ImportSource[user=" + user + ", prefix=" + prefix + "]";
  }
}
