package io.kbsserver.wordpress;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The users, customers and companies that the rows of a batch refer to.
 *
 * <p>For those that do not exist a row is made that only stands for the id, so that the reference
 * is kept as it was.
 */
final class References {

  private final TargetDatabase target;
  private final Set<Long> users = new LinkedHashSet<>();
  private final Set<Long> customers = new LinkedHashSet<>();
  private final Set<Long> companies = new LinkedHashSet<>();
  private final Map<Long, Boolean> missingUsers = new HashMap<>();
  private final Map<Long, Boolean> missingCustomers = new HashMap<>();
  private final Map<Long, Boolean> missingCompanies = new HashMap<>();
  private final Map<Long, Long> usersOfCustomers = new HashMap<>();

  References(TargetDatabase target) {
    this.target = target;
  }

  /** The row refers to this user; null for none. */
  void user(Long id) {
    if (id != null) {
      users.add(id);
    }
  }

  /** The row refers to this customer; null for none. */
  void customer(Long id) {
    if (id != null) {
      customers.add(id);
    }
  }

  /** The row refers to this company; null for none. */
  void company(Long id) {
    if (id != null) {
      companies.add(id);
    }
  }

  /** Finds out what exists, and makes what does not. */
  void resolve() throws SQLException {
    look("app_user", users, missingUsers);
    look("customer", customers, missingCustomers);
    look("company", companies, missingCompanies);
    List<List<Object>> newUsers = new ArrayList<>();
    for (long id : absent(users, missingUsers)) {
      newUsers.add(List.of(id, "missing-" + id));
    }
    target.insert(
        "INSERT IGNORE INTO app_user (id, login, email, missing)",
        "(?, ?, '', TRUE)",
        newUsers,
        "");
    List<List<Object>> newCustomers = new ArrayList<>();
    absent(customers, missingCustomers).forEach(id -> newCustomers.add(List.of(id)));
    target.insert("INSERT IGNORE INTO customer (id, missing)", "(?, TRUE)", newCustomers, "");
    List<List<Object>> newCompanies = new ArrayList<>();
    absent(companies, missingCompanies).forEach(id -> newCompanies.add(List.of(id)));
    target.insert(
        "INSERT IGNORE INTO company (id, name, content, missing)",
        "(?, '', '', TRUE)",
        newCompanies,
        "");
    target.commit();
    linkCustomers();
  }

  /** The user, after a complaint if there is none of this id. */
  Long checkedUser(Long id, String what, RowReader reader) {
    return checked(id, missingUsers, what + " is user ", reader);
  }

  /** The customer, after a complaint if there is none of this id. */
  Long checkedCustomer(Long id, RowReader reader) {
    return checked(id, missingCustomers, "its customer is ", reader);
  }

  /** The company, after a complaint if there is none of this id. */
  Long checkedCompany(Long id, RowReader reader) {
    return checked(id, missingCompanies, "its company is ", reader);
  }

  /** The login of a customer; null where it has none. */
  Long userOfCustomer(Long customerId) {
    return customerId == null ? null : usersOfCustomers.get(customerId);
  }

  private static Long checked(Long id, Map<Long, Boolean> missing, String what, RowReader reader) {
    if (id != null && missing.getOrDefault(id, true)) {
      reader.information(what + id + ", which is not there; a placeholder keeps the reference");
    }
    return id;
  }

  private void look(String table, Set<Long> ids, Map<Long, Boolean> missing) throws SQLException {
    if (!ids.isEmpty()) {
      target.query(
          "SELECT id, missing FROM %s WHERE id IN (%s)"
              .formatted(table, WordPressDatabase.placeholders(ids.size())),
          List.copyOf(ids),
          row -> missing.put(row.getLong(1), row.getBoolean(2)));
    }
  }

  private void linkCustomers() throws SQLException {
    if (!customers.isEmpty()) {
      target.query(
          "SELECT id, user_id FROM customer WHERE user_id IS NOT NULL AND id IN ("
              + WordPressDatabase.placeholders(customers.size())
              + ")",
          List.copyOf(customers),
          row -> usersOfCustomers.put(row.getLong(1), row.getLong(2)));
    }
  }

  private static Collection<Long> absent(Set<Long> ids, Map<Long, Boolean> missing) {
    return ids.stream().filter(id -> !missing.containsKey(id)).toList();
  }
}
