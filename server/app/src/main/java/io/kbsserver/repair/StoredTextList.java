package io.kbsserver.repair;

import io.kbsserver.storage.Jdbc;
import io.kbsserver.storage.SqlCondition;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The statements on texts and what is made of them. */
@Singleton
class StoredTextList {

  /**
   * The texts of one thing.
   *
   * @param raw as they were written
   * @param made what is kept that was made of them
   */
  record StoredTexts(long id, List<String> raw, List<String> made) {
    long length() {
      return Stream.concat(raw.stream(), made.stream()).mapToLong(String::length).sum();
    }
  }

  private final Jdbc jdbc;

  StoredTextList(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  long count(ShownTexts kind) {
    return jdbc.number("SELECT COUNT(*) FROM " + kind.subject().table(), List.of());
  }

  /** Those behind an id. */
  List<StoredTexts> behind(ShownTexts kind, long id, int most) {
    return read(kind, "id > ? ORDER BY id LIMIT ?", List.of(id, most));
  }

  /** Those with these ids; nobody else changes them until the end of the transaction. */
  List<StoredTexts> locked(ShownTexts kind, List<Long> ids) {
    return read(kind, "id IN (" + SqlCondition.placeholders(ids.size()) + ") FOR UPDATE", ids);
  }

  private List<StoredTexts> read(ShownTexts kind, String which, List<?> args) {
    String columns =
        Stream.concat(kind.raw().stream(), kind.made().stream()).collect(Collectors.joining(", "));
    return jdbc.query(
        "SELECT id, %s FROM %s WHERE %s".formatted(columns, kind.subject().table(), which),
        args,
        row -> new StoredTexts(row.getLong("id"), texts(row, kind.raw()), texts(row, kind.made())));
  }

  private static List<String> texts(ResultSet row, List<String> columns) throws SQLException {
    List<String> texts = new ArrayList<>();
    for (String column : columns) {
      texts.add(row.getString(column));
    }
    return texts;
  }

  /** Keeps what was made of those of one thing. */
  void keep(ShownTexts kind, long id, List<String> made) {
    List<Object> args = new ArrayList<>(made);
    args.add(id);
    jdbc.update(
        "UPDATE %s SET %s = ? WHERE id = ?"
            .formatted(kind.subject().table(), String.join(" = ?, ", kind.made())),
        args);
  }
}
