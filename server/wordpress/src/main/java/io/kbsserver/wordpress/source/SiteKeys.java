package io.kbsserver.wordpress.source;

import io.kbsserver.wordpress.php.PhpReading;
import io.kbsserver.wordpress.php.PhpValues;
import io.kbsserver.wordpress.report.ImportException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Under which keys a site keeps the roles of its users, and what the roles may.
 *
 * <p>The keys carry the prefix of the tables, as wp-config.php spells it; a server may spell the
 * tables otherwise. To WordPress keys with another prefix are those of another site.
 */
public record SiteKeys(String capabilities, String userRoles) {

  private static final String CAPABILITIES = "capabilities";
  private static final String USER_ROLES = "user_roles";

  /** Finds them, and stops the import where they give nobody a role. */
  public static SiteKeys find(WordPressDatabase source) {
    String prefix = source.prefix();
    Map<String, String> users = prefixes(source, "usermeta", "meta_key", CAPABILITIES);
    Map<String, String> options = prefixes(source, "options", "option_name", USER_ROLES);
    SiteKeys keys =
        new SiteKeys(
            users.getOrDefault(prefix, prefix) + CAPABILITIES,
            options.getOrDefault(prefix, prefix) + USER_ROLES);
    if (!keys.anyRole(source)) {
      String others =
          users.values().stream()
              .map(other -> other + CAPABILITIES)
              .filter(key -> !key.equalsIgnoreCase(keys.capabilities()))
              .limit(5)
              .collect(Collectors.joining(", "));
      throw new ImportException(
          "No user has a role on this site, under "
              + keys.capabilities()
              + ": nobody could work here. Nothing was imported; --accept-deletions does not help"
              + " here."
              + (others.isEmpty()
                  ? ""
                  : " There are roles under " + others + "; is the prefix right?"));
    }
    return keys;
  }

  /** The prefixes that stand before a key, by themselves however they are spelt. */
  private static Map<String, String> prefixes(
      WordPressDatabase source, String table, String column, String suffix) {
    Map<String, String> prefixes = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    source.query(
        "SELECT %s, COUNT(*) FROM %s WHERE %1$s LIKE ? GROUP BY %1$s ORDER BY 2"
            .formatted(column, source.table(table)),
        List.of("%" + suffix.replace("_", "\\_")),
        row -> {
          String key = row.text(1).strip();
          String prefix = key.substring(0, Math.max(0, key.length() - suffix.length()));
          if (key.toLowerCase(Locale.ROOT).endsWith(suffix)
              && (prefix.isEmpty() || prefix.endsWith("_") || prefix.equals(source.prefix()))) {
            // The one that most have, where there are several spellings.
            prefixes.remove(prefix);
            prefixes.put(prefix, prefix);
          }
          return null;
        });
    return prefixes;
  }

  private boolean anyRole(WordPressDatabase source) {
    return source
        .queryUntil(
            "SELECT m.meta_value FROM "
                + source.table("usermeta")
                + " m JOIN "
                + source.table("users")
                + " u ON u.ID = m.user_id WHERE m.meta_key = ?",
            List.of(capabilities),
            row -> hasRole(row.text(1)),
            has -> has ? 1 : 0,
            1)
        .contains(true);
  }

  /** Whether a stored value gives a role. */
  static boolean hasRole(String stored) {
    PhpReading reading = PhpReading.of(stored);
    return reading.isWhole()
        && PhpValues.elements(reading.value()).stream().anyMatch(PhpValues::truthy);
  }
}
