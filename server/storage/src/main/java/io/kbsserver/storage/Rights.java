package io.kbsserver.storage;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a user may do in a database, as far as the server tells it in so many words. Roles, rights
 * on single tables and rights that are taken away in part are not followed: then nothing lacks, and
 * the first statement shows.
 */
record Rights(Set<String> given, boolean complete) {

  /** What serving and importing take. */
  static final List<String> TO_WORK = List.of("SELECT", "INSERT", "UPDATE", "DELETE");

  /** What bringing the tables up to date takes besides. */
  static final List<String> TO_MIGRATE = List.of("CREATE", "ALTER", "DROP", "INDEX", "REFERENCES");

  private static final String NAME = "(\\*|`(?:[^`]|``)*`)";
  private static final Pattern GRANT =
      Pattern.compile("GRANT (.+) ON " + NAME + "\\." + NAME + " TO .*", Pattern.DOTALL);

  /** Asks the server. */
  static Rights of(Connection connection, String schema) throws SQLException {
    Set<String> given = new HashSet<>();
    boolean complete = true;
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW GRANTS")) {
      while (rows.next()) {
        Matcher grant = GRANT.matcher(rows.getString(1));
        if (!grant.matches()) {
          complete = false;
        } else if (grant.group(2).equals("*") || names(grant.group(2), schema)) {
          complete &= grant.group(3).equals("*");
          Arrays.stream(grant.group(1).toUpperCase(Locale.ROOT).split(", *")).forEach(given::add);
        }
      }
    }
    return new Rights(given, complete);
  }

  /** Those that lack. */
  List<String> lacking(List<String> needed) {
    boolean all = given.contains("ALL PRIVILEGES") || given.contains("ALL");
    return all || !complete
        ? List.of()
        : needed.stream().filter(right -> !given.contains(right)).toList();
  }

  /** Databases are granted by patterns as LIKE has them. */
  private static boolean names(String quoted, String schema) {
    String pattern = quoted.substring(1, quoted.length() - 1).replace("``", "`");
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\' && i + 1 < pattern.length()) {
        i++;
        regex.append(Pattern.quote(String.valueOf(pattern.charAt(i))));
      } else {
        regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
      }
    }
    return schema.equals(pattern)
        || Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE).matcher(schema).matches();
  }
}
