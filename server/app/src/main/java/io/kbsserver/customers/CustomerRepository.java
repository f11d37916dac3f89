package io.kbsserver.customers;

import io.kbsserver.storage.Jdbc;
import io.kbsserver.text.SameText;
import jakarta.inject.Singleton;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/** Customers and their e-mail addresses. */
@Singleton
public class CustomerRepository {

  private static final String SELECT =
      "SELECT c.id, c.company_id, c.user_id FROM customer c WHERE c.missing = FALSE AND ";

  private final Jdbc jdbc;

  CustomerRepository(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  /** The customer with this id. */
  public Optional<Customer> findById(long id) {
    return find("c.id = ?", id);
  }

  /** The customer with this e-mail address, or with it as an additional one. */
  public Optional<Customer> findByEmail(String email) {
    Optional<Customer> byPrimary = find("c.email = ?", email);
    return byPrimary.isPresent()
        ? byPrimary
        : find("c.id = (SELECT MIN(e.customer_id) FROM customer_email e WHERE e.email = ?)", email);
  }

  /** Whether a customer has this e-mail address, in whatever case but otherwise to the letter. */
  public boolean hasEmail(long id, String email) {
    return jdbc
        .query(
            "SELECT email FROM customer WHERE id = ? AND email IS NOT NULL"
                + " UNION ALL SELECT email FROM customer_email WHERE customer_id = ?",
            List.of(id, id),
            row -> row.getString("email"))
        .stream()
        .anyMatch(address -> SameText.exceptCase(address, email));
  }

  /** Adds a customer; a login with the same e-mail address belongs to it. */
  public Customer insert(
      String email,
      String name,
      String phone,
      String additionalPhone,
      String website,
      LocalDateTime createdAt) {
    Long userId =
        jdbc.first(
                "SELECT id FROM app_user WHERE email = ? AND missing = FALSE ORDER BY id LIMIT 1",
                List.of(email),
                row -> row.getLong("id"))
            .orElse(null);
    long id = nextId();
    jdbc.update(
        "INSERT INTO customer (id, user_id, email, name, primary_phone, additional_phone, website,"
            + " created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        id,
        userId,
        email,
        name,
        phone,
        additionalPhone,
        website,
        createdAt);
    return new Customer(id, null, userId);
  }

  /** The next id that not even a stand-in for a missing customer has. */
  private long nextId() {
    long id;
    do {
      id = jdbc.insert("INSERT INTO customer_id () VALUES ()");
    } while (jdbc.number("SELECT COUNT(*) FROM customer WHERE id = ?", List.of(id)) > 0);
    return id;
  }

  private Optional<Customer> find(String condition, Object value) {
    return jdbc.first(
        SELECT + condition,
        List.of(value),
        row ->
            new Customer(
                row.getLong("id"),
                Jdbc.nullableLong(row, "company_id"),
                Jdbc.nullableLong(row, "user_id")));
  }
}
