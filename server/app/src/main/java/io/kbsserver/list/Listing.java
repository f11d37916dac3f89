package io.kbsserver.list;

import io.kbsserver.storage.Statements.RowMapper;
import java.util.List;

/**
 * The statement of a list.
 *
 * @param table the table that conditions and order are about, with its alias: {@code ticket t}
 * @param id its primary key: {@code t.id}
 * @param rows {@code SELECT … FROM :page JOIN ticket t ON t.id = page.id …}, where {@code :page}
 *     stands for the ids on the page
 * @param row makes a value of a row
 * @param behindTheEnd what there is behind the end of the list
 * @param args the values of the placeholders in the table, which stand in {@code rows} once more,
 *     behind {@code :page}
 * @param logged whether all that its totals may depend on is in the log of changes
 */
public record Listing<T>(
    String table,
    String id,
    String rows,
    RowMapper<T> row,
    Page.BehindTheEnd behindTheEnd,
    List<Object> args,
    boolean logged) {

  /** Of a table without placeholders. */
  public Listing(
      String table, String id, String rows, RowMapper<T> row, Page.BehindTheEnd behindTheEnd) {
    this(table, id, rows, row, behindTheEnd, List.of(), false);
  }

  /** The same of rows that the log tells of, as it does of all that they are chosen by. */
  public Listing<T> ofWhatIsLogged() {
    return new Listing<>(table, id, rows, row, behindTheEnd, args, true);
  }

  /** The same with other columns. */
  Listing<T> with(String otherRows, RowMapper<T> otherRow) {
    return new Listing<>(table, id, otherRows, otherRow, behindTheEnd, args, logged);
  }
}
