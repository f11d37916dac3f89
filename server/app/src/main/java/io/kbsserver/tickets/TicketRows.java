package io.kbsserver.tickets;

import io.kbsserver.list.LateTexts;
import io.kbsserver.list.LongTexts;
import io.kbsserver.terms.Taxonomy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Comparator;

/** Makes tickets of rows of the database. */
final class TicketRows {

  /**
   * Something that hangs on a ticket, and where among those of its kind: terms by their name as the
   * database compares it, files with the newest second first, and in it in the order of the upload.
   */
  record PlacedChild(TicketView.Child child, long position, byte[] weight, long ref) {

    static final Comparator<PlacedChild> ORDER =
        Comparator.comparingLong(PlacedChild::position)
            .thenComparing(PlacedChild::weight, Arrays::compareUnsigned)
            .thenComparingLong(PlacedChild::ref);
  }

  private TicketRows() {}

  /**
   * A ticket.
   *
   * @param late gets the texts that the row does not have
   */
  static TicketView.Row ticket(ResultSet row, LateTexts late) throws SQLException {
    return new TicketView.Row(
        row.getLong("id"),
        row.getString("number"),
        row.getString("ticket_key"),
        row.getString("status"),
        new TicketView.Dates(
            row.getObject("date_local", LocalDateTime.class),
            row.getObject("date_gmt", LocalDateTime.class),
            row.getObject("modified_local", LocalDateTime.class),
            row.getObject("modified_gmt", LocalDateTime.class),
            row.getObject("resolved_local", LocalDateTime.class)),
        new TicketView.Text(
            LongTexts.text(row, "title_raw", late), LongTexts.text(row, "title_rendered", late)),
        new TicketView.Text(
            LongTexts.text(row, "content_raw", late),
            LongTexts.text(row, "content_rendered", late)),
        new TicketView.References(
            row.getObject("agent_id", Long.class),
            row.getObject("customer_id", Long.class),
            row.getObject("company_id", Long.class),
            row.getObject("user_id", Long.class)),
        row.getString("email"),
        sender(row),
        row.getInt("reply_count"),
        row.getString("form_id"),
        row.getString("form_data"));
  }

  private static Sender sender(ResultSet row) throws SQLException {
    return new Sender(
        row.getString("first_name"),
        row.getString("last_name"),
        row.getString("user_info_email"),
        row.getString("primary_phone"),
        row.getString("additional_phone"),
        row.getString("website"),
        row.getObject("user_info_id", Long.class),
        row.getString("customer_email"),
        row.getString("customer_name"),
        row.getString("customer_primary_phone"),
        row.getString("customer_additional_phone"),
        row.getString("customer_website"));
  }

  static PlacedChild placedChild(ResultSet row) throws SQLException {
    long ref = row.getLong("ref");
    return new PlacedChild(
        child(row.getString("kind"), ref, row.getString("name")),
        row.getLong("position"),
        row.getBytes("weight"),
        ref);
  }

  private static TicketView.Child child(String kind, long ref, String name) {
    return switch (kind) {
      case "agent" -> new TicketView.Child.AttachedAgent(ref);
      case "participant" -> new TicketView.Child.Participant(name);
      case "file" -> new TicketView.Child.File(ref, name);
      default -> new TicketView.Child.AttachedTerm(Taxonomy.of(kind), ref, name);
    };
  }
}
