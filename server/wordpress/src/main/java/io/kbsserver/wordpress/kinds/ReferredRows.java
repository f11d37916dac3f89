package io.kbsserver.wordpress.kinds;

import static java.util.Objects.requireNonNull;

import io.kbsserver.wordpress.report.Kind;
import io.kbsserver.wordpress.source.RowReader;
import io.kbsserver.wordpress.source.WordPressDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The users, customers and companies that the rows of a batch refer to.
 *
 * <p>They are named by their ids in WordPress and given by those that they have here. For those
 * that do not exist a row is made that only stands for the id, so that the reference is kept as it
 * was.
 */
final class ReferredRows {

  private final ImportRun run;
  private final Map<Kind, Set<Long>> asked = new EnumMap<>(Kind.class);
  private final Map<Kind, Map<Long, Long>> here = new EnumMap<>(Kind.class);
  private final Map<Kind, Set<Long>> missing = new EnumMap<>(Kind.class);
  private final Map<Long, Long> usersOfCustomers = new HashMap<>();
  private final Map<Long, String> emailsOfCustomers = new HashMap<>();

  ReferredRows(ImportRun run) {
    this.run = run;
  }

  /** The row refers to this user; null for none. */
  void user(@Nullable Long id) {
    ask(Kind.USER, id);
  }

  /** The row refers to this customer; null for none. */
  void customer(@Nullable Long id) {
    ask(Kind.CUSTOMER, id);
  }

  /** The row refers to this company; null for none. */
  void company(@Nullable Long id) {
    ask(Kind.COMPANY, id);
  }

  private void ask(Kind kind, @Nullable Long id) {
    if (id != null) {
      asked.computeIfAbsent(kind, any -> new LinkedHashSet<>()).add(id);
    }
  }

  /** Finds out what exists, and makes what does not. */
  void resolve() throws SQLException {
    resolve(
        Kind.USER,
        "app_user",
        "INSERT IGNORE INTO app_user (login, id, email, missing)",
        "(CONCAT('missing-', ?), ?, '', TRUE)");
    resolve(Kind.CUSTOMER, "customer", "INSERT IGNORE INTO customer (id, missing)", "(?, TRUE)");
    resolve(
        Kind.COMPANY,
        "company",
        "INSERT IGNORE INTO company (id, name, content, missing)",
        "(?, '', '', TRUE)");
    run.target().commit();
    linkCustomers();
  }

  private void resolve(Kind kind, String table, String insert, String group) throws SQLException {
    Set<Long> ids = asked.getOrDefault(kind, Set.of());
    Map<Long, Long> found = run.ids().of(kind, ids);
    here.put(kind, found);
    Set<Long> gone = new HashSet<>(found.values());
    missing.put(kind, gone);
    if (ids.isEmpty()) {
      return;
    }
    Set<Long> absent = new HashSet<>(found.values());
    run.target()
        .query(
            "SELECT id, missing FROM %s WHERE id IN (%s)"
                .formatted(table, WordPressDatabase.placeholders(absent.size())),
            List.copyOf(absent),
            row ->
                absent.remove(row.getLong(1)) && !row.getBoolean(2) && gone.remove(row.getLong(1)));
    if (run.target().isDryRun()) {
      gone.removeAll(run.ids().present(kind, ids).values());
    }
    List<List<Object>> rows = new ArrayList<>();
    for (Long id : absent) {
      rows.add(kind == Kind.USER ? List.of(id, id) : List.of(id));
    }
    run.target().creates(kind.subject(), absent);
    run.target().insert(insert, group, rows, "");
  }

  /** The user here, after a remark if there is none of this id, or it has another one here. */
  @Nullable Long checkedUser(@Nullable Long id, String what, RowReader reader) {
    return checked(Kind.USER, id, what + " is user ", reader);
  }

  /** The customer here, as for users. */
  @Nullable Long checkedCustomer(@Nullable Long id, RowReader reader) {
    return checked(Kind.CUSTOMER, id, "its customer is ", reader);
  }

  /** The company here, as for users. */
  @Nullable Long checkedCompany(@Nullable Long id, RowReader reader) {
    return checked(Kind.COMPANY, id, "its company is ", reader);
  }

  /** The id here; null where it was not asked for. */
  @Nullable Long here(Kind kind, Long id) {
    return here.getOrDefault(kind, Map.of()).get(id);
  }

  /** The login here of a customer in WordPress; null where it has none. */
  @Nullable Long userOfCustomer(@Nullable Long customerId) {
    return customerId == null ? null : usersOfCustomers.get(here(Kind.CUSTOMER, customerId));
  }

  /** The e-mail address here of a customer in WordPress; null where it has none. */
  @Nullable String emailOfCustomer(@Nullable Long customerId) {
    return customerId == null ? null : emailsOfCustomers.get(here(Kind.CUSTOMER, customerId));
  }

  private @Nullable Long checked(Kind kind, @Nullable Long id, String what, RowReader reader) {
    if (id == null) {
      return null;
    }
    long found = requireNonNull(here(kind, id));
    boolean other = found != id;
    if (missing.getOrDefault(kind, Set.of()).contains(found)) {
      if (other) {
        reader.problem(
            what
                + id
                + ", which is not there, and is another's here; a placeholder "
                + (found > 0 ? "of its own, " + found + ", " : "")
                + "keeps the reference");
      } else {
        reader.information(what + id + ", which is not there; a placeholder keeps the reference");
      }
    } else if (other) {
      reader.information(
          what
              + id
              + (found > 0 ? ", which is " + found + " here" : ", which has another id here"));
    }
    return found;
  }

  private void linkCustomers() throws SQLException {
    Set<Long> customers = new HashSet<>(here.getOrDefault(Kind.CUSTOMER, Map.of()).values());
    if (customers.isEmpty()) {
      return;
    }
    run.target()
        .query(
            "SELECT id, user_id, email FROM customer WHERE id IN ("
                + WordPressDatabase.placeholders(customers.size())
                + ")",
            List.copyOf(customers),
            row -> {
              long user = row.getLong(2);
              if (!row.wasNull()) {
                usersOfCustomers.put(row.getLong(1), user);
              }
              String email = row.getString(3);
              if (email != null && !email.isEmpty()) {
                emailsOfCustomers.put(row.getLong(1), email);
              }
              return null;
            });
  }
}
