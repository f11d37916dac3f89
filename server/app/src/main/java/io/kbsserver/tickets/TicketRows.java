package io.kbsserver.tickets;

import io.kbsserver.terms.Taxonomy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Makes tickets of rows of the database. */
final class TicketRows {

  /** One of the things that hang on a ticket. */
  sealed interface Child {

    /** A term that it is sorted into. */
    record Term(Taxonomy taxonomy, long id, String name) implements Child {}

    /** An additional agent. */
    record Agent(long id) implements Child {}

    /** Somebody who takes part in it. */
    record Participant(String email) implements Child {}

    /** A file. */
    record File(TicketView.File file) implements Child {}
  }

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
        Sender.filled(row.getString("email"), row.getString("customer_email")),
        sender(row).shown(),
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

  static Child child(ResultSet row) throws SQLException {
    String name = row.getString("name");
    return switch (row.getString("kind")) {
      case "agent" -> new Child.Agent(row.getLong("ref"));
      case "participant" -> new Child.Participant(name);
      case "file" -> new Child.File(new TicketView.File(name, row.getString("url")));
      default -> new Child.Term(Taxonomy.of(row.getString("kind")), row.getLong("ref"), name);
    };
  }

  static TicketView.Attached attached(List<Child> children) {
    Map<Taxonomy, List<Long>> terms = new EnumMap<>(Taxonomy.class);
    String source = "";
    List<Long> agents = new ArrayList<>();
    List<String> participants = new ArrayList<>();
    List<TicketView.File> files = new ArrayList<>();
    for (Child child : children) {
      if (child instanceof Child.Term term) {
        terms.computeIfAbsent(term.taxonomy(), taxonomy -> new ArrayList<>()).add(term.id());
        source = term.taxonomy() == Taxonomy.SOURCES ? term.name() : source;
      } else if (child instanceof Child.Agent agent) {
        agents.add(agent.id());
      } else if (child instanceof Child.Participant participant) {
        participants.add(participant.email());
      } else if (child instanceof Child.File file) {
        files.add(file.file());
      }
    }
    return new TicketView.Attached(terms, source, agents, participants, files);
  }
}
