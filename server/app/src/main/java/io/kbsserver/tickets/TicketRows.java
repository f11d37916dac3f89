package io.kbsserver.tickets;

import io.kbsserver.terms.Taxonomy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.Optional;

/** Makes tickets of rows of the database. */
final class TicketRows {

  private TicketRows() {}

  static TicketView.Row ticket(ResultSet row) throws SQLException {
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
        new TicketView.Text(row.getString("title_raw"), row.getString("title_rendered")),
        new TicketView.Text(row.getString("content_raw"), row.getString("content_rendered")),
        new TicketView.References(
            row.getObject("agent_id", Long.class),
            row.getObject("customer_id", Long.class),
            row.getObject("company_id", Long.class),
            row.getObject("user_id", Long.class)),
        filled(row.getString("email"), row.getString("customer_email")),
        userInfo(row),
        row.getInt("reply_count"),
        row.getString("form_id"),
        row.getString("form_data"));
  }

  static TicketView.UserInfo userInfo(ResultSet row) throws SQLException {
    String name = Optional.ofNullable(row.getString("customer_name")).orElse("");
    int space = name.indexOf(' ');
    return new TicketView.UserInfo(
        filled(row.getString("first_name"), space < 0 ? name : name.substring(0, space)),
        filled(row.getString("last_name"), space < 0 ? "" : name.substring(space + 1).strip()),
        filled(row.getString("user_info_email"), row.getString("customer_email")),
        filledIfEmpty(row, "primary_phone"),
        filledIfEmpty(row, "additional_phone"),
        filledIfEmpty(row, "website"),
        row.getObject("user_info_id", Long.class));
  }

  static TicketView.Term term(ResultSet row) throws SQLException {
    return new TicketView.Term(
        Taxonomy.of(row.getString("taxonomy")), row.getLong("id"), row.getString("name"));
  }

  static TicketView.File file(ResultSet row) throws SQLException {
    return new TicketView.File(row.getString("title"), row.getString("url"));
  }

  private static String filled(String own, String ofCustomer) {
    if (own != null && !own.isEmpty()) {
      return own;
    }
    return ofCustomer == null ? "" : ofCustomer;
  }

  /** What was given but left empty is filled from the customer; what was not given stays null. */
  private static String filledIfEmpty(ResultSet row, String column) throws SQLException {
    String own = row.getString(column);
    return own == null || !own.isEmpty() ? own : filled(own, row.getString("customer_" + column));
  }
}
