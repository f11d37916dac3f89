package io.kbsserver.storage;

/**
 * Texts that stand in JSON, as expressions of a statement. What the database reads of JSON gives
 * way to a column's collation, and where that is of ASCII, MySQL makes one of the two neither by
 * {@code COALESCE} nor by {@code CONCAT} or {@code CASE}, though MariaDB does. So it is said here.
 */
public final class JsonText {

  private JsonText() {}

  /**
   * The text of a value, or null where there is none.
   *
   * @param json a column, or what else is JSON
   * @param path of the value, without a quote
   */
  public static String of(String json, String path) {
    return "(CONVERT(JSON_UNQUOTE(JSON_EXTRACT("
        + json
        + ", '"
        + path
        + "')) USING utf8mb4) COLLATE utf8mb4_bin)";
  }
}
