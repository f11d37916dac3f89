package io.kbsserver.customers;

import io.kbsserver.change.Subject;
import io.kbsserver.list.ListReader;
import io.kbsserver.list.ListRequest;
import io.kbsserver.list.Listing;
import io.kbsserver.list.Page;
import io.kbsserver.list.SearchTerms;
import io.kbsserver.list.Selection;
import io.kbsserver.storage.SqlCondition;
import io.kbsserver.storage.StandIn;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The statements on customers that are built. */
@Singleton
class CustomerList {

  private static final Listing<CustomerView.Row> CUSTOMERS =
      new Listing<>(
              "customer c",
              "c.id",
              """
          SELECT c.id, c.name, c.user_id, c.email, c.company_id,
            c.primary_phone, c.additional_phone, c.website,
            c.address_line1, c.address_line2, c.address_city, c.address_state, c.address_country,
            c.address_zip, c.notes, c.created_at,
            (SELECT COUNT(*) FROM ticket t JOIN ticket_status s ON s.slug = t.status
              WHERE t.customer_id = c.id AND s.registered = TRUE) AS tickets
          FROM :page JOIN customer c ON c.id = page.id
          """,
              CustomerList::row,
              Page.BehindTheEnd.NOTHING)
          .ofWhatIsLogged(Subject.CUSTOMER);

  private static final SqlCondition EXISTS = SqlCondition.of("c." + StandIn.LEFT_OUT);

  private static final String EMAILS =
      """
      SELECT e.customer_id AS of_id, e.email FROM customer_email e
      JOIN customer c ON c.id = e.customer_id AND BINARY e.email <> COALESCE(c.email, '')
      WHERE e.customer_id IN (:ids) ORDER BY e.position, e.email
      """;

  private static final List<String> SEARCHED =
      List.of(
          "c.name",
          "COALESCE(c.email, '')",
          "COALESCE((SELECT GROUP_CONCAT(e.email SEPARATOR ' ') FROM customer_email e"
              + " WHERE e.customer_id = c.id), '')");

  private final ListReader reader;

  CustomerList(ListReader reader) {
    this.reader = reader;
  }

  /** A page of the customers that are wanted. */
  Page<CustomerView> page(CustomerFilter filter, ListRequest request) {
    SqlCondition wanted =
        SqlCondition.all(
            List.of(
                EXISTS,
                Selection.among("c.id", filter.ids()),
                Selection.among("c.user_id", filter.users()),
                Selection.among("c.company_id", filter.companies()),
                SearchTerms.contains(List.of("c.name"), filter.name())));
    SqlCondition search = SearchTerms.in(SEARCHED, filter.search());
    return reader.page(CUSTOMERS, wanted, search, request).with(this::views);
  }

  /** The customers with these ids, as far as there are any. */
  List<CustomerView> find(Collection<Long> ids) {
    return views(reader.byIds(CUSTOMERS, EXISTS, ids));
  }

  private List<CustomerView> views(List<CustomerView.Row> rows) {
    List<Long> ids = rows.stream().map(CustomerView.Row::id).toList();
    Map<Long, List<String>> emails = reader.children(EMAILS, ids, row -> row.getString("email"));
    return rows.stream()
        .map(row -> new CustomerView(row, emails.getOrDefault(row.id(), List.of())))
        .toList();
  }

  private static CustomerView.Row row(ResultSet row) throws SQLException {
    return new CustomerView.Row(
        row.getLong("id"),
        row.getString("name"),
        row.getObject("user_id", Long.class),
        row.getString("email"),
        row.getObject("company_id", Long.class),
        row.getString("primary_phone"),
        row.getString("additional_phone"),
        row.getString("website"),
        new CustomerView.Address(
            row.getString("address_line1"),
            row.getString("address_line2"),
            row.getString("address_city"),
            row.getString("address_state"),
            row.getString("address_country"),
            row.getString("address_zip")),
        row.getString("notes"),
        row.getObject("created_at", LocalDateTime.class),
        row.getLong("tickets"));
  }
}
