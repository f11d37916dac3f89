package io.kbsserver.wordpress;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Notices texts that are UTF-8 in columns of another character set, or in UTF-8 twice: they read
 * {@code ZÃ¼rich}. One such text is somebody's own; where they are the rule, the site wrote them
 * that way.
 */
final class Mojibake {

  /** Where people's words are, by table, and which rows of it count. */
  private static final Map<String, List<String>> COLUMNS = new LinkedHashMap<>();

  private static final String OF_THE_HELP_DESK =
      "post_type IN ('kbs_ticket', 'kbs_ticket_reply', 'kbs_company')";
  private static final int SAMPLE = 2000;

  /** In Unicode such texts may be quotations; fewer than these say nothing. */
  private static final int ENOUGH_IN_UNICODE = 3;

  /** What sites were set up with before WordPress chose Unicode. */
  private static final List<String> OLD_CHARSETS = List.of("latin1", "cp1251");

  static {
    COLUMNS.put("posts", List.of("post_title", "post_content"));
    COLUMNS.put("kbs_customers", List.of("name"));
    COLUMNS.put("users", List.of("display_name"));
    COLUMNS.put("terms", List.of("name"));
  }

  private final WordPressDatabase source;

  private Mojibake(WordPressDatabase source) {
    this.source = source;
  }

  /** Refuses a site whose texts would not be read as they were written. */
  static void refuse(WordPressDatabase source) {
    new Mojibake(source).refuse();
  }

  private void refuse() {
    for (Map.Entry<String, List<String>> entry : COLUMNS.entrySet()) {
      String table = entry.getKey();
      int others = 0;
      boolean unicode = true;
      List<String> found = new ArrayList<>();
      for (String column : entry.getValue()) {
        String charset = source.tables().charset(table, column);
        if (charset == null || charset.equals(SourceCharset.BINARY)) {
          continue;
        }
        unicode &= SourceCharset.isUnicode(charset);
        for (byte[] text : sample(table, column)) {
          Optional<String> written = writtenAs(text, charset);
          written.ifPresent(found::add);
          others += written.isPresent() ? 0 : 1;
        }
      }
      if (found.size() > others && found.size() >= (unicode ? ENOUGH_IN_UNICODE : 1)) {
        throw new ImportException(
            ("Most texts of the table %s that are not plain ASCII would be read wrong: they are UTF-8 that"
                    + " was written over a connection of another character set. Give --charset with"
                    + " what DB_CHARSET is in wp-config.php, probably %s; or --charset utf8mb4, if"
                    + " the texts are meant as they stand.")
                .formatted(source.tables().shown(table), found.get(0)));
      }
    }
  }

  private List<byte[]> sample(String table, String column) {
    if (source.tables().column(table, column).startsWith("'")) {
      return List.of();
    }
    String unicode = "CONVERT(" + column + " USING utf8mb4)";
    return source.query(
        "SELECT CAST(LEFT(%s, 2000) AS BINARY) FROM %s WHERE %s LENGTH(%s) <> CHAR_LENGTH(%4$s) LIMIT %d"
            .formatted(
                column,
                source.table(table),
                table.equals("posts") ? OF_THE_HELP_DESK + " AND" : "",
                unicode,
                SAMPLE),
        List.of(),
        row -> row.getBytes(1));
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
