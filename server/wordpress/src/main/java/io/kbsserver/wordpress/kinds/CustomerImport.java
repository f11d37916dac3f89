package io.kbsserver.wordpress.kinds;

import io.kbsserver.wordpress.destination.BatchWriter;
import io.kbsserver.wordpress.destination.TargetRow;
import io.kbsserver.wordpress.destination.TargetTable;
import io.kbsserver.wordpress.php.PhpValues;
import io.kbsserver.wordpress.report.Kind;
import io.kbsserver.wordpress.source.Meta;
import io.kbsserver.wordpress.source.RowReader;
import io.kbsserver.wordpress.source.SiteClock;
import io.kbsserver.wordpress.source.WordPressDatabase;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Brings over the customers of the help desk. */
public final class CustomerImport {

  static final TargetTable TABLE =
      new TargetTable(
          Kind.CUSTOMER,
          "customer",
          null,
          true,
          List.of(
              "user_id",
              "email",
              "name",
              "company_id",
              "primary_phone",
              "additional_phone",
              "website",
              "address_line1",
              "address_line2",
              "address_city",
              "address_state",
              "address_country",
              "address_zip",
              "notes",
              "created_at",
              "missing"),
          List.of(),
          List.of(
              new TargetTable.Child(
                  "customer_email", "customer_id", List.of("email", "position"))));

  private static final int EMAIL = TABLE.columns().indexOf("email");
  private static final int BATCH = 500;
  private static final List<String> KEYS =
      List.of("additional_email", "primary_phone", "additional_phone", "website", "address");

  private record Customer(
      long id,
      long userId,
      @Nullable String email,
      String name,
      long companyId,
      String notes,
      @Nullable String created) {}

  private final ImportRun run;

  public CustomerImport(ImportRun run) {
    this.run = run;
  }

  public void run() throws SQLException {
    WordPressDatabase source = run.source();
    String customers = source.table("kbs_customers");
    run.log().start(Kind.CUSTOMER, source.number("SELECT COUNT(*) FROM " + customers));
    long last = 0;
    while (true) {
      List<Customer> batch =
          source.queryUntil(
              "SELECT id, %s, email, %s, %s, %s, CAST(%s AS CHAR) FROM "
                      .formatted(
                          column("user_id"),
                          column("name"),
                          column("company_id"),
                          column("notes"),
                          column("date_created"))
                  + customers
                  + " WHERE id > ? ORDER BY id LIMIT "
                  + BATCH,
              List.of(last),
              row ->
                  new Customer(
                      row.getLong(1),
                      row.getLong(2),
                      row.getString(3),
                      row.text(4),
                      row.getLong(5),
                      row.text(6),
                      row.getString(7)),
              customer -> customer.name().length() + customer.notes().length(),
              4_000_000);
      if (batch.isEmpty()) {
        break;
      }
      last = batch.get(batch.size() - 1).id();
      run.log().read(Kind.CUSTOMER, batch.size());
      write(batch);
      run.log().advanced(Kind.CUSTOMER);
    }
  }

  private String column(String name) {
    return run.source().tables().column("kbs_customers", name);
  }

  private void write(List<Customer> batch) throws SQLException {
    Map<Long, Meta> meta =
        run.source()
            .meta(
                "kbs_customermeta",
                "kbs_customer_id",
                "meta_id",
                batch.stream().map(Customer::id).toList(),
                KEYS);
    ReferredRows references = new ReferredRows(run);
    for (Customer customer : batch) {
      references.user(idOrNull(customer.userId()));
      references.company(idOrNull(customer.companyId()));
    }
    references.resolve();
    List<TargetRow> rows = new ArrayList<>();
    for (Customer customer : batch) {
      rows.add(row(customer, meta.getOrDefault(customer.id(), Meta.NONE), references));
    }
    run.writer().write(TABLE, rows, this::withoutEmail);
  }

  private TargetRow row(Customer customer, Meta meta, ReferredRows references) {
    RowReader reader = new RowReader(Kind.CUSTOMER, customer.id(), run.log());
    LocalDateTime created = SiteClock.parse(customer.created());
    if (created == null) {
      reader.information("it has no date of creation");
    }
    String email = reader.email("its e-mail address", customer.email());
    if (email == null || email.isEmpty()) {
      reader.information("it has no e-mail address");
      email = null;
    }
    Map<?, ?> address = address(reader, meta);
    List<String> values = new ArrayList<>();
    values.add(
        RowReader.id(references.checkedUser(idOrNull(customer.userId()), "its login", reader)));
    values.add(email);
    values.add(reader.text("its name", customer.name(), 2048));
    values.add(RowReader.id(references.checkedCompany(idOrNull(customer.companyId()), reader)));
    values.add(reader.textOrNull("its telephone number", meta.first("primary_phone"), 255));
    values.add(
        reader.textOrNull("its other telephone number", meta.first("additional_phone"), 255));
    values.add(reader.textOrNull("its website", meta.first("website"), 2048));
    for (String part : List.of("line1", "line2", "city", "state", "country", "zip")) {
      values.add(reader.textOrNull("its address", PhpValues.text(address.get(part)), 255));
    }
    values.add(reader.veryLongText("its notes", customer.notes()));
    values.add(SiteClock.format(created));
    values.add("0");
    return new TargetRow(customer.id(), values, List.of(emails(reader, meta)));
  }

  private static Map<?, ?> address(RowReader reader, Meta meta) {
    Object stored = reader.serialized("its address", meta.first("address"));
    if (stored instanceof Map<?, ?> address) {
      return address;
    }
    if (stored != null) {
      reader.problem("its address is no list of parts; left out");
    }
    return Map.of();
  }

  private static List<List<String>> emails(RowReader reader, Meta meta) {
    List<List<String>> emails = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String stored : meta.all("additional_email")) {
      String email = reader.email("one of its e-mail addresses", stored);
      if (email != null && !email.isEmpty() && seen.add(email.toLowerCase(Locale.ROOT))) {
        emails.add(List.of(email, String.valueOf(emails.size())));
      }
    }
    return emails;
  }

  private Optional<BatchWriter.Repaired> withoutEmail(TargetRow row) {
    List<String> values = new ArrayList<>(row.values());
    String email = values.set(EMAIL, null);
    if (email == null) {
      return Optional.empty();
    }
    List<List<String>> emails = new ArrayList<>(row.children().get(0));
    emails.add(List.of(email, String.valueOf(emails.size())));
    return Optional.of(
        new BatchWriter.Repaired(
            row.with(values, List.of(emails)),
            "its e-mail address is that of another customer; kept as an additional one: " + email));
  }

  private static @Nullable Long idOrNull(long id) {
    return id == 0 ? null : id;
  }
}
