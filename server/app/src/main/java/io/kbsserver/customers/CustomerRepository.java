package io.kbsserver.customers;

import static java.util.Objects.requireNonNull;

import io.kbsserver.change.ChangeLog;
import io.kbsserver.change.Subject;
import io.kbsserver.storage.StandIn;
import io.kbsserver.text.SameText;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Customers and their e-mail addresses. */
@JdbcRepository(dialect = Dialect.MYSQL)
public abstract class CustomerRepository implements GenericRepository<CustomerRow, Long> {

  private final CustomerIdRepository ids;
  private final ChangeLog changes;

  CustomerRepository(CustomerIdRepository ids, ChangeLog changes) {
    this.ids = ids;
    this.changes = changes;
  }

  /** The customer with this id. */
  public abstract Optional<Customer> findById(long id);

  /** The customer with this e-mail address, or with it as an additional one. */
  public Optional<Customer> findByEmail(String email) {
    return findOneByEmail(email).or(() -> findByAdditionalEmail(email));
  }

  /** Whether a customer has this e-mail address, in whatever case but otherwise to the letter. */
  public boolean hasEmail(long id, String email) {
    return emails(id).stream().anyMatch(address -> SameText.exceptCase(address, email));
  }

  /** Adds a customer; a login with the same e-mail address belongs to it. */
  public Customer insert(
      String email,
      String name,
      @Nullable String phone,
      @Nullable String additionalPhone,
      @Nullable String website,
      LocalDateTime createdAt) {
    Long userId = findUserId(email).orElse(null);
    long id = nextId();
    insert(
        new CustomerRow(id, null, userId, email, name, phone, additionalPhone, website, createdAt));
    changes.creates(Subject.CUSTOMER, id);
    return new Customer(id, null, userId);
  }

  /** The next id that not even a stand-in for a missing customer has. */
  private long nextId() {
    long id;
    do {
      id = requireNonNull(ids.insert(new CustomerId(null)).id());
    } while (isTaken(id));
    return id;
  }

  abstract Optional<Customer> findOneByEmail(String email);

  @Query(
      """
      SELECT c.id, c.company_id, c.user_id FROM customer c
      WHERE c.id = (SELECT MIN(e.customer_id) FROM customer_email e WHERE e.email = :email)
        AND c."""
          + StandIn.LEFT_OUT)
  abstract Optional<Customer> findByAdditionalEmail(String email);

  @Query(
      """
      SELECT email FROM customer WHERE id = :id AND email IS NOT NULL
      UNION ALL SELECT email FROM customer_email WHERE customer_id = :id
      """)
  abstract List<String> emails(long id);

  @Query(
      "SELECT u.id FROM app_user u WHERE u.email = :email AND u."
          + StandIn.LEFT_OUT
          + " ORDER BY u.id LIMIT 1")
  abstract Optional<Long> findUserId(String email);

  @Query("SELECT EXISTS (SELECT 1 FROM customer WHERE id = :id)")
  abstract boolean isTaken(long id);

  abstract void insert(CustomerRow customer);
}
