package io.kbsserver.storage;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What every connection gets unless the database's URL says otherwise.
 *
 * <ul>
 *   <li>Dates pass through as they are: all columns are DATETIME, in UTC or in the site's wall
 *       clock, and no driver may convert them. NOW() is in UTC.
 *   <li>The SQL mode is the same and strict on all servers, whatever their configuration.
 *   <li>A server that has vanished or hangs is noticed: it must not hold a request, and with it a
 *       connection, for long.
 *   <li>A transaction that the database has rolled back ends: what it says to a statement that is
 *       prepared is told, and not met by sending the statement in another way, which would begin a
 *       transaction in the middle.
 *   <li>Of several hosts, the first one that answers is taken, for writing too. A connection stays
 *       where it is, since the next host would know nothing of what was set on it. What serves
 *       requests has it of {@link FirstHostDriver}, migrations and commands of the driver itself.
 * </ul>
 */
final class ConnectionDefaults {

  private static final String STRICT_SQL_MODE =
      "STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,"
          + "NO_ENGINE_SUBSTITUTION";

  /** Written as in a URL, since plus signs have a meaning there. */
  static final Map<String, String> OPTIONS;

  static {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("characterEncoding", "UTF-8");
    options.put("connectionCollation", "utf8mb4_unicode_520_ci");
    options.put("connectionTimeZone", "UTC");
    options.put("preserveInstants", "false");
    // MySQL cuts what it joins after 1024 bytes, where MariaDB goes on to a megabyte.
    options.put(
        "sessionVariables",
        "time_zone='%2B00:00',group_concat_max_len=1048576,sql_mode='" + STRICT_SQL_MODE + "'");
    options.put("useServerPrepStmts", "true");
    options.put("emulateUnsupportedPstmts", "false");
    options.put("logger", "Slf4JLogger");
    options.put("cachePrepStmts", "true");
    options.put("prepStmtCacheSize", "250");
    options.put("prepStmtCacheSqlLimit", "8192");
    options.put("rewriteBatchedStatements", "true");
    options.put("useLocalSessionState", "true");
    options.put("cacheServerConfiguration", "true");
    options.put("connectTimeout", "10000");
    options.put("socketTimeout", "30000");
    options.put("failOverReadOnly", "false");
    options.put("retriesAllDown", "1");
    options.put("secondsBeforeRetrySource", "0");
    options.put("queriesBeforeRetrySource", "0");
    OPTIONS = Collections.unmodifiableMap(options);
  }

  private ConnectionDefaults() {}
}
