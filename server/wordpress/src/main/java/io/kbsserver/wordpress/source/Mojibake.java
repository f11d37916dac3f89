package io.kbsserver.wordpress.source;

import io.kbsserver.wordpress.report.ImportException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Notices texts that are UTF-8 in columns of another character set, or in UTF-8 twice: they read
 * {@code ZÃ¼rich}. One such text is somebody's own; where they are the rule, the site wrote them
 * that way.
 */
final class Mojibake {

  /** Where people's words are, by table, and which rows of it count. */
  private static final Map<String, List<String>> COLUMNS = new LinkedHashMap<>();

  private static final Map<String, String> WHICH =
      Map.of(
          "posts",
              "post_type IN ('kbs_ticket', 'kbs_ticket_reply', 'kbs_company', 'kbs_form',"
                  + " 'kbs_form_field', 'article')",
          "postmeta", "meta_key = '_ticket_data'",
          "kbs_customermeta", "meta_key = 'address'",
          "usermeta", "meta_key IN ('first_name', 'last_name')");

  private static final int SAMPLE = 2000;

  /** In Unicode such texts may be quotations; fewer than these say nothing. */
  private static final int ENOUGH_IN_UNICODE = 3;

  /**
   * In character sets of one byte each, words are UTF-8 by accident once in a lifetime: these are
   * enough, however many others there are. A site may have changed its DB_CHARSET on the way.
   */
  private static final int ENOUGH_IN_ONE_BYTE = 3;

  /** What sites were set up with before WordPress chose Unicode. */
  private static final List<String> OLD_CHARSETS = List.of("latin1", "cp1251");

  static {
    COLUMNS.put("posts", List.of("post_title", "post_content"));
    COLUMNS.put("kbs_customers", List.of("name"));
    COLUMNS.put("users", List.of("display_name"));
    COLUMNS.put("terms", List.of("name"));
    COLUMNS.put("postmeta", List.of("meta_value"));
    COLUMNS.put("kbs_customermeta", List.of("meta_value"));
    COLUMNS.put("usermeta", List.of("meta_value"));
  }

  private final WordPressDatabase source;

  private Mojibake(WordPressDatabase source) {
    this.source = source;
  }

  /**
   * Refuses a site whose texts would not be read as they were written.
   *
   * @return what there is to say of single texts
   */
  static List<String> refuse(WordPressDatabase source) {
    return new Mojibake(source).refuse();
  }

  private List<String> refuse() {
    List<String> remarks = new ArrayList<>();
    for (Map.Entry<String, List<String>> entry : COLUMNS.entrySet()) {
      String table = entry.getKey();
      int others = 0;
      boolean unicode = true;
      List<String> found = new ArrayList<>();
      Map<Long, String> inOneByte = new TreeMap<>();
      for (String column : entry.getValue()) {
        String charset = source.tables().charset(table, column);
        if (charset == null || charset.equals(SourceCharset.BINARY)) {
          continue;
        }
        unicode &= SourceCharset.isUnicode(charset);
        for (Map.Entry<Long, byte[]> text : sample(table, column).entrySet()) {
          Optional<String> written = writtenAs(text.getValue(), charset);
          written.ifPresent(found::add);
          others += written.isPresent() ? 0 : 1;
          if (written.isPresent() && SourceCharset.isOfOneByte(charset)) {
            inOneByte.put(text.getKey(), charset);
          }
        }
      }
      if (inOneByte.size() >= ENOUGH_IN_ONE_BYTE
          || (found.size() > others && found.size() >= (unicode ? ENOUGH_IN_UNICODE : 1))) {
        throw new ImportException(
            ("Texts of the table %s would be read wrong: they are UTF-8 that was written over a"
                    + " connection of another character set. Give --charset with what DB_CHARSET is"
                    + " or was in wp-config.php, probably %s; or --charset utf8mb4, if the texts are"
                    + " meant as they stand.")
                .formatted(source.tables().shown(table), found.get(0)));
      }
      inOneByte.forEach(
          (id, charset) ->
              remarks.add(
                  ("the row %d of %s looks like UTF-8 that was written as %s, and is taken as it"
                          + " stands; --charset %s reads it as UTF-8, --charset utf8mb4 says that"
                          + " it is meant so")
                      .formatted(id, source.tables().shown(table), charset, charset)));
    }
    return remarks;
  }

  /** Texts that are not ASCII, by the ids of their rows: the first ones and the last ones. */
  private Map<Long, byte[]> sample(String table, String column) {
    Map<Long, byte[]> texts = new HashMap<>();
    if (source.tables().column(table, column).startsWith("'")) {
      return texts;
    }
    String id = source.tables().id(table);
    String unicode = "CONVERT(" + column + " USING utf8mb4)";
    String query =
        "SELECT %s, CAST(LEFT(%s, 2000) AS BINARY) FROM %s WHERE %s LENGTH(%s) <> CHAR_LENGTH(%5$s)"
            .formatted(
                id,
                column,
                source.table(table),
                WHICH.containsKey(table) ? WHICH.get(table) + " AND" : "",
                unicode);
    for (String order : List.of("", " DESC")) {
      source.query(
          query + " ORDER BY " + id + order + " LIMIT " + SAMPLE,
          List.of(),
          row -> texts.put(row.getLong(1), row.getBytes(2)));
      if (texts.size() < SAMPLE) {
        break;
      }
    }
    return texts;
  }

  /** The character set over which UTF-8 was written so that this came of it; nothing if none. */
  private static Optional<String> writtenAs(byte[] bytes, String charset) {
    if (!SourceCharset.isUnicode(charset)) {
      return isUtf8(bytes) ? Optional.of(charset) : Optional.empty();
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    return OLD_CHARSETS.stream()
        .filter(
            old ->
                SourceCharset.named(old)
                    .flatMap(known -> known.bytes(text))
                    .filter(Mojibake::isUtf8)
                    .isPresent())
        .findFirst();
  }

  private static boolean isUtf8(byte[] bytes) {
    return !SourceCharset.isAscii(bytes) && SourceCharset.utf8(bytes).isPresent();
  }
}
