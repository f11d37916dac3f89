package io.kbsserver.wordpress.source;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a WordPress database is.
 *
 * @param url a JDBC URL, {@code jdbc:mysql://host:port/database}
 * @param user the database user, who needs no more than SELECT
 * @param password that user's password; null or empty for none
 * @param prefix the prefix of the site's tables, {@code wp_} unless it was chosen otherwise
 * @param usersPrefix the prefix of the tables of users; null for that of the site, or of the
 *     network that it belongs to
 * @param charset DB_CHARSET of wp-config.php; null for Unicode, if that is what the texts look like
 */
public record ImportSource(
    @Nullable String url,
    @Nullable String user,
    @Nullable String password,
    String prefix,
    @Nullable String usersPrefix,
    @Nullable String charset) {

  private static final Pattern PREFIX = Pattern.compile("[0-9A-Za-z_$-]{0,40}");

  /** With users and texts as they are on most sites. */
  public ImportSource(String url, String user, @Nullable String password, String prefix) {
    this(url, user, password, prefix, null, null);
  }

  /** Whether tables may have this prefix: letters, digits, _, $ and -, 40 at most. */
  public static boolean isPrefix(String prefix) {
    return PREFIX.matcher(prefix).matches();
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "ImportSource[user=" + user + ", prefix=" + prefix + "]";
  }
}
