package io.kbsserver.notes;

import io.kbsserver.list.ListReader;
import io.kbsserver.list.ListRequest;
import io.kbsserver.list.Listing;
import io.kbsserver.list.Page;
import io.kbsserver.storage.SqlCondition;
import io.kbsserver.storage.TableCondition;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The statements on notes that are built: each holds the condition on the ticket. */
@Singleton
class NoteList {

  private static final Listing<NoteView> NOTES =
      new Listing<>(
          "ticket_note n",
          "n.id",
          """
          SELECT n.id, n.ticket_id, n.author_id, u.missing = FALSE AS author_exists,
            COALESCE(NULLIF(n.author_name, ''), u.display_name, '') AS author_name,
            n.date_local, n.date_gmt, n.content_raw, n.content_rendered
          FROM :page JOIN ticket_note n ON n.id = page.id LEFT JOIN app_user u ON u.id = n.author_id
          """,
          NoteList::row,
          Page.BehindTheEnd.OF_POSTS);

  private final ListReader reader;

  NoteList(ListReader reader) {
    this.reader = reader;
  }

  /** A page of the notes on a ticket, if it may be seen. */
  Page<NoteView> page(long ticketId, TableCondition visible, ListRequest request) {
    return reader.page(NOTES, on(ticketId, visible), SqlCondition.ALWAYS, request);
  }

  /** A note on a ticket, if it may be seen. */
  Optional<NoteView> find(long id, long ticketId, TableCondition visible) {
    return reader.byIds(NOTES, on(ticketId, visible), List.of(id)).stream().findFirst();
  }

  /** Those of these notes whose tickets may be seen. */
  List<NoteView> find(Collection<Long> ids, TableCondition visible) {
    return reader.byIds(NOTES, on(visible), ids);
  }

  /** The first ids behind one of such notes, in their order. */
  List<Long> idsBehind(long id, int most, TableCondition visible) {
    return reader.idsBehind(NOTES, on(visible), id, most);
  }

  private static SqlCondition on(long ticketId, TableCondition visible) {
    return SqlCondition.of("n.ticket_id = ?", ticketId).and(on(visible));
  }

  private static SqlCondition on(TableCondition visible) {
    SqlCondition seen = visible.on("t");
    return new SqlCondition(
        "EXISTS (SELECT 1 FROM ticket t WHERE t.id = n.ticket_id AND (" + seen.sql() + "))",
        seen.args());
  }

  private static NoteView row(ResultSet row) throws SQLException {
    return new NoteView(
        row.getLong("id"),
        row.getLong("ticket_id"),
        row.getObject("author_id", Long.class),
        row.getBoolean("author_exists"),
        row.getString("author_name"),
        row.getObject("date_local", LocalDateTime.class),
        row.getObject("date_gmt", LocalDateTime.class),
        row.getString("content_raw"),
        row.getString("content_rendered"));
  }
}
