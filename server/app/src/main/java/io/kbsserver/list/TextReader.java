package io.kbsserver.list;

import io.kbsserver.storage.Jdbc;
import io.kbsserver.storage.SqlCondition;
import io.micronaut.data.connection.annotation.Connectable;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the long texts of a list while they are sent. */
@Singleton
public class TextReader {

  private final LateReader lateReader;
  private final Jdbc jdbc;

  TextReader(LateReader lateReader, Jdbc jdbc) {
    this.lateReader = lateReader;
    this.jdbc = jdbc;
  }

  /** For one answer, the texts of which none comes late so far. */
  public LateTexts late(LongTexts texts) {
    return new LateTexts(ids -> lateReader.read(() -> read(texts, ids)));
  }

  /** The texts of these rows, by id and column; each time on a connection of its own. */
  @Connectable
  Map<Long, Map<String, String>> read(LongTexts texts, List<Long> ids) {
    Map<Long, Map<String, String>> found = new HashMap<>();
    jdbc.query(
            "SELECT id, %s FROM %s WHERE id IN (%s)"
                .formatted(
                    String.join(", ", texts.columns()),
                    texts.table(),
                    SqlCondition.placeholders(ids.size())),
            ids,
            TextReader::row)
        .forEach(row -> found.put(row.getKey(), row.getValue()));
    return found;
  }

  private static Map.Entry<Long, Map<String, String>> row(ResultSet row) throws SQLException {
    Map<String, String> texts = new HashMap<>();
    for (int column = 2; column <= row.getMetaData().getColumnCount(); column++) {
      texts.put(row.getMetaData().getColumnName(column), row.getString(column));
    }
    return Map.entry(row.getLong("id"), texts);
  }
}
