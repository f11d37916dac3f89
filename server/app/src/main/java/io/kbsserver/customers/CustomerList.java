package io.kbsserver.customers;

import io.kbsserver.list.ListReader;
import io.kbsserver.list.ListRequest;
import io.kbsserver.list.Listing;
import io.kbsserver.list.Page;
import io.kbsserver.list.SearchTerms;
import io.kbsserver.list.Selection;
import io.kbsserver.list.Sort;
import io.kbsserver.list.Window;
import io.kbsserver.storage.SqlCondition;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The statements on customers that are built. */
@Singleton
class CustomerList {

  private static final Listing<CustomerView.Row> CUSTOMERS =
      new Listing<>(
          "customer c",
          "c.id",
          """
          SELECT c.* FROM :page JOIN customer c ON c.id = page.id
          """,
          CustomerList::row,
          Page.BehindTheEnd.NOTHING);

  private static final SqlCondition EXISTS = SqlCondition.of("c.missing = FALSE");

  private static final String ADDITIONAL_EMAILS =
      """
      SELECT e.customer_id AS of_id, e.email FROM customer_email e WHERE e.customer_id IN (:ids)
      ORDER BY e.position, e.email
      """;

  private static final String TICKETS =
      """
      SELECT t.customer_id AS of_id, COUNT(*) AS tickets FROM ticket t
      JOIN ticket_status s ON s.slug = t.status AND s.registered = TRUE
      WHERE t.customer_id IN (:ids) GROUP BY t.customer_id
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
                in("c.id", filter.ids()),
                in("c.user_id", filter.users()),
                in("c.company_id", filter.companies()),
                filter.name() == null
                    ? SqlCondition.ALWAYS
                    : SearchTerms.contains(List.of("c.name"), filter.name()),
                SearchTerms.in(SEARCHED, filter.search())));
    return reader.page(CUSTOMERS, wanted, request).with(this::views);
  }

  /** The customer with this id. */
  Optional<CustomerView> find(long id) {
    return all(List.of(id)).stream().findFirst();
  }

  /** The customers with these ids, as far as there are any. */
  List<CustomerView> all(List<Long> ids) {
    ListRequest request =
        new ListRequest(
            new Window(1, ids.size(), null),
            new Selection(ids, List.of()),
            new Sort(new Sort.Key.Include(), false));
    return reader.page(CUSTOMERS, EXISTS, request).with(this::views).items();
  }

  private List<CustomerView> views(List<CustomerView.Row> rows) {
    List<Long> ids = rows.stream().map(CustomerView.Row::id).toList();
    Map<Long, List<String>> emails =
        reader.children(ADDITIONAL_EMAILS, ids, row -> row.getString("email"));
    Map<Long, List<Long>> tickets = reader.children(TICKETS, ids, row -> row.getLong("tickets"));
    return rows.stream()
        .map(
            row ->
                new CustomerView(
                    row,
                    emails.getOrDefault(row.id(), List.of()),
                    tickets.getOrDefault(row.id(), List.of(0L)).get(0)))
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
        row.getObject("created_at", LocalDateTime.class));
  }

  private static SqlCondition in(String column, List<Long> values) {
    return values.isEmpty() ? SqlCondition.ALWAYS : SqlCondition.in(column, values);
  }
}
