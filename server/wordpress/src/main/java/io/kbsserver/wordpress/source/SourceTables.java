package io.kbsserver.wordpress.source;

import static java.util.Objects.requireNonNull;

import io.kbsserver.wordpress.report.ImportException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The tables of one site as they are: their names, their columns and their keys. */
public final class SourceTables {

  /** What is read of each, its own id first. */
  private static final Map<String, List<String>> COLUMNS = new LinkedHashMap<>();

  /** What other versions may not have, and what stands for it; a name is never one. */
  private static final Map<String, String> OPTIONAL =
      Map.ofEntries(
          Map.entry("kbs_customers.user_id", "0"),
          Map.entry("kbs_customers.name", "''"),
          Map.entry("kbs_customers.company_id", "0"),
          Map.entry("kbs_customers.notes", "''"),
          Map.entry("kbs_customers.date_created", "NULL"),
          Map.entry("posts.comment_status", "'closed'"),
          Map.entry("posts.guid", "''"),
          Map.entry("posts.menu_order", "0"),
          Map.entry("posts.ping_status", "'closed'"),
          Map.entry("posts.post_excerpt", "''"),
          Map.entry("posts.post_mime_type", "''"),
          Map.entry("posts.post_name", "''"),
          Map.entry("term_taxonomy.description", "''"),
          Map.entry("users.user_nicename", "''"),
          Map.entry("users.user_url", "''"),
          Map.entry("users.user_registered", "NULL"));

  private static final List<String> OF_USERS = List.of("users", "usermeta");
  private static final Pattern OF_A_NETWORK = Pattern.compile("(.*?)([0-9]{1,18})_");

  static {
    COLUMNS.put("options", List.of("option_name", "option_value"));
    COLUMNS.put(
        "users",
        List.of(
            "ID",
            "user_login",
            "user_email",
            "display_name",
            "user_nicename",
            "user_url",
            "user_registered"));
    COLUMNS.put("usermeta", List.of("umeta_id", "user_id", "meta_key", "meta_value"));
    COLUMNS.put(
        "posts",
        List.of(
            "ID",
            "post_author",
            "post_date",
            "post_date_gmt",
            "post_modified",
            "post_modified_gmt",
            "post_status",
            "post_password",
            "post_parent",
            "guid",
            "post_type",
            "post_mime_type",
            "post_name",
            "post_title",
            "post_content",
            "post_excerpt",
            "menu_order",
            "comment_status",
            "ping_status"));
    COLUMNS.put("postmeta", List.of("meta_id", "post_id", "meta_key", "meta_value"));
    COLUMNS.put(
        "comments",
        List.of(
            "comment_ID",
            "comment_post_ID",
            "comment_author",
            "comment_date",
            "comment_date_gmt",
            "comment_content",
            "comment_approved",
            "comment_type",
            "user_id"));
    COLUMNS.put("terms", List.of("term_id", "name", "slug"));
    COLUMNS.put(
        "term_taxonomy",
        List.of("term_taxonomy_id", "term_id", "taxonomy", "description", "parent"));
    COLUMNS.put("term_relationships", List.of("object_id", "term_taxonomy_id"));
    COLUMNS.put("termmeta", List.of("meta_id", "term_id", "meta_key", "meta_value"));
    COLUMNS.put(
        "kbs_customers",
        List.of("id", "user_id", "email", "name", "company_id", "notes", "date_created"));
    COLUMNS.put(
        "kbs_customermeta", List.of("meta_id", "kbs_customer_id", "meta_key", "meta_value"));
  }

  /** Those whose rows are told apart by an id. */
  private static final List<String> WITH_IDS =
      List.of("users", "posts", "comments", "terms", "term_taxonomy", "kbs_customers");

  private final WordPressDatabase database;
  private final String prefix;
  private final String usersPrefix;
  // The database's names, by our own.
  private final Map<String, String> names = new HashMap<>();
  // The character set of each column that holds text, in the tables' order.
  private final Map<String, Map<String, String>> charsets = new HashMap<>();
  private final Set<String> absent = new HashSet<>();
  private final Set<String> withPrimaryKey = new HashSet<>();

  /**
   * Looks whether a help desk is there.
   *
   * @param usersPrefix null to be found out
   */
  SourceTables(WordPressDatabase database, String prefix, @Nullable String usersPrefix) {
    this.database = database;
    this.prefix = prefix;
    List<String> all = database.query("SHOW TABLES", List.of(), row -> row.getString(1));
    this.usersPrefix = usersPrefix == null ? usersPrefix(all) : usersPrefix;
    List<String> missing = new ArrayList<>();
    for (String table : COLUMNS.keySet()) {
      String wanted = (OF_USERS.contains(table) ? this.usersPrefix : prefix) + table;
      String found = find(all, wanted);
      if (found == null) {
        missing.add(wanted);
      } else {
        names.put(table, found);
      }
    }
    require(missing, usersPrefix != null);
    for (String table : List.of("blogs", "sitemeta")) {
      names.computeIfAbsent(table, name -> find(all, this.usersPrefix + name));
    }
    COLUMNS.keySet().forEach(this::look);
  }

  private void require(List<String> missing, boolean usersPrefixWasGiven) {
    if (missing.size() == COLUMNS.size()) {
      throw new ImportException(
          "The database has no WordPress tables whose names begin with '" + prefix + "'.");
    }
    if (!missing.isEmpty()) {
      boolean ofUsers =
          missing.stream()
              .allMatch(table -> OF_USERS.contains(table.substring(usersPrefix.length())));
      throw new ImportException(
          "The database is not that of a WordPress site with KB Support: "
              + String.join(", ", missing)
              + (missing.size() == 1 ? " is" : " are")
              + " missing, or not for this user to read. Nothing was changed;"
              + " --accept-deletions does not help here."
              + (ofUsers && !usersPrefixWasGiven
                  ? " Where the users are in tables of another prefix, --users-prefix names it."
                  : ""));
    }
  }

  /** The users of a network are in the tables of its main site. */
  private String usersPrefix(List<String> all) {
    Matcher network = OF_A_NETWORK.matcher(prefix);
    boolean own = OF_USERS.stream().anyMatch(table -> find(all, prefix + table) != null);
    if (!own && network.matches()) {
      String base = network.group(1);
      if (OF_USERS.stream().allMatch(table -> find(all, base + table) != null)) {
        return base;
      }
    }
    return prefix;
  }

  /** A table's name as it is written, or at least as it is spelt. */
  private static @Nullable String find(List<String> all, String wanted) {
    return all.contains(wanted)
        ? wanted
        : all.stream().filter(wanted::equalsIgnoreCase).findFirst().orElse(null);
  }

  private void look(String table) {
    Map<String, String> columns = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    database.query(
        "SHOW FULL COLUMNS FROM " + name(table),
        List.of(),
        row -> columns.put(row.getString(1), row.text(3)));
    List<String> there = new ArrayList<>();
    Map<String, String> charsetsOfTable = new LinkedHashMap<>();
    for (String column : columns(table)) {
      String collation = columns.get(column);
      if (collation != null) {
        there.add(column);
        if (!collation.isEmpty()) {
          charsetsOfTable.put(column, collation.toLowerCase(Locale.ROOT).replaceFirst("_.*", ""));
        }
      } else if (OPTIONAL.containsKey(table + "." + column)) {
        absent.add(table + "." + column);
      } else {
        throw new ImportException(
            "The table %s has no column %s; this is not a table of WordPress with KB Support."
                .formatted(names.get(table), column));
      }
    }
    charsets.put(table, charsetsOfTable);
    // A table may be there and not be readable: no right to it, a view of what is gone, a crash.
    database.query(
        "SELECT %s FROM %s LIMIT 1".formatted(String.join(", ", there), name(table)),
        List.of(),
        row -> null);
    requireIds(table);
  }

  /** Where no key sees to it, ids may be there twice. */
  private void requireIds(String table) {
    if (!WITH_IDS.contains(table)) {
      return;
    }
    String id = columns(table).get(0);
    Map<String, List<String>> unique = new HashMap<>();
    database.query(
        "SHOW INDEX FROM " + name(table),
        List.of(),
        row -> {
          // Non_unique, Key_name, Column_name
          if (row.getLong(2) == 0) {
            unique.computeIfAbsent(row.text(3), key -> new ArrayList<>()).add(row.text(5));
          }
          return null;
        });
    unique
        .values()
        .removeIf(columns -> columns.size() != 1 || !columns.get(0).equalsIgnoreCase(id));
    if (unique.containsKey("PRIMARY")) {
      withPrimaryKey.add(table);
    }
    if (unique.isEmpty()) {
      List<String> twice =
          database.query(
              "SELECT %s FROM %s GROUP BY %1$s HAVING COUNT(*) > 1 LIMIT 1"
                  .formatted(id, name(table)),
              List.of(),
              row -> row.text(1));
      if (!twice.isEmpty()) {
        throw new ImportException(
            "The table %s has more than one row with the %s %s, and no key that forbids it."
                .formatted(names.get(table), id, twice.get(0)));
      }
    }
  }

  private static List<String> columns(String table) {
    return requireNonNull(COLUMNS.get(table));
  }

  /** The prefix of the tables of users. */
  String usersPrefix() {
    return usersPrefix;
  }

  /** Whether there is such a table; of those that every site has, there is. */
  boolean has(String table) {
    return names.get(table) != null;
  }

  /** A table's name in SQL. */
  String name(String table) {
    return '`' + names.get(table) + '`';
  }

  /** A table's name for people. */
  String shown(String table) {
    return names.getOrDefault(table, table);
  }

  /** A column in SQL, or what stands for it where this site has none. */
  public String column(String table, String column) {
    String name = table + "." + column;
    return absent.contains(name) ? requireNonNull(OPTIONAL.get(name)) : column;
  }

  /** Whether the rows of a table can be read by its primary key, which is its id. */
  boolean hasPrimaryKey(String table) {
    return withPrimaryKey.contains(table);
  }

  /** The character set of a column; null where it holds no text. */
  @Nullable String charset(String table, String column) {
    return charsets.getOrDefault(table, Map.of()).get(column);
  }

  /** The column that tells a table's rows apart. */
  String id(String table) {
    return columns(table).get(0);
  }

  /** What this site's tables do not have, in the database's names. */
  public List<String> absentColumns() {
    return absent.stream()
        .sorted()
        .map(
            name ->
                names.get(name.substring(0, name.indexOf('.'))) + name.substring(name.indexOf('.')))
        .toList();
  }
}
