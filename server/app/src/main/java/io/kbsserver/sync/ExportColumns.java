package io.kbsserver.sync;

import io.kbsserver.change.Subject;
import java.util.List;

/** What a table of exported things shows of each, as names and places in its JSON. */
enum ExportColumns {
  TICKET(
      "id",
      "number=ticket_data/number",
      "status",
      "date_gmt",
      "modified_gmt",
      "resolved_date=ticket_data/resolved_date",
      "title=title/raw",
      "content=content/raw",
      "agent=ticket_data/agent",
      "additional_agents=ticket_data/additional_agents",
      "customer=ticket_data/customer",
      "company=ticket_data/company",
      "email=ticket_data/email",
      "first_name=ticket_data/user_info/first_name",
      "last_name=ticket_data/user_info/last_name",
      "primary_phone=ticket_data/user_info/primary_phone",
      "additional_phone=ticket_data/user_info/additional_phone",
      "website=ticket_data/user_info/website",
      "participants=ticket_data/participants",
      "ticket_categories",
      "ticket_tag",
      "ticket_departments",
      "source=ticket_data/source",
      "replies"),
  REPLY("id", "ticket=ticket_data/ID", "status", "date_gmt", "modified_gmt", "content=content/raw"),
  NOTE("id", "ticket", "author", "author_name", "date_gmt", "content=content/raw"),
  FILE("id", "post", "author", "date_gmt", "title=title/rendered", "mime_type", "source_url");

  private final List<Column> columns;

  ExportColumns(String... columns) {
    this.columns = List.of(columns).stream().map(Column::of).toList();
  }

  /**
   * A column.
   *
   * @param name what stands at its head
   * @param place the names that lead to its value
   */
  record Column(String name, List<String> place) {
    private static Column of(String written) {
      int is = written.indexOf('=');
      return new Column(
          is < 0 ? written : written.substring(0, is),
          List.of(written.substring(is + 1).split("/")));
    }
  }

  /** Those of one kind. */
  static List<Column> of(Subject kind) {
    return valueOf(kind.name()).columns;
  }
}
