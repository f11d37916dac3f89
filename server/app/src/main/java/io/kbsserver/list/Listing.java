package io.kbsserver.list;

import io.kbsserver.change.Subject;
import io.kbsserver.storage.Statements.RowMapper;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
 * @param sought the table where it is not known that what is wanted comes soon in the order of ids
 * @param logged what the rows are to the log of changes, where all that its totals may depend on is
 *     in it; null where it is not
 */
public record Listing<T>(
    String table,
    String id,
    String rows,
    RowMapper<T> row,
    Page.BehindTheEnd behindTheEnd,
    List<Object> args,
    String sought,
    @Nullable Subject logged) {

  /** Of a table without placeholders. */
  public Listing(
      String table, String id, String rows, RowMapper<T> row, Page.BehindTheEnd behindTheEnd) {
    this(table, id, rows, row, behindTheEnd, List.of());
  }

  /** Of a table with some. */
  public Listing(
      String table,
      String id,
      String rows,
      RowMapper<T> row,
      Page.BehindTheEnd behindTheEnd,
      List<Object> args) {
    this(table, id, rows, row, behindTheEnd, args, table, null);
  }

  /** The same of rows that the log tells of, as it does of all that they are chosen by. */
  public Listing<T> ofWhatIsLogged(Subject subject) {
    return new Listing<>(table, id, rows, row, behindTheEnd, args, sought, subject);
  }

  /** What the table is called in the statement. */
  String alias() {
    return id.substring(0, id.indexOf('.'));
  }

  /** The same with other columns. */
  Listing<T> with(String otherRows, RowMapper<T> otherRow) {
    return new Listing<>(table, id, otherRows, otherRow, behindTheEnd, args, sought, logged);
  }

  /** The same, looked for in another form of the table where they may be anywhere. */
  public Listing<T> sought(String form) {
    return new Listing<>(table, id, rows, row, behindTheEnd, args, form, logged);
  }

  /** The same of what may be anywhere. */
  Listing<T> anywhere() {
    return new Listing<>(sought, id, rows, row, behindTheEnd, args, sought, logged);
  }
}
