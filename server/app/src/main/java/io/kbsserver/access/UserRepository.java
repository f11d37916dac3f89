package io.kbsserver.access;

import io.kbsserver.storage.Jdbc;
import io.kbsserver.text.PlainText;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Users, their roles and their application passwords. */
@Singleton
class UserRepository {

  /**
   * A login with the hashes that it may prove.
   *
   * @param hashes hash by uuid of the application password
   */
  record Credentials(
      long userId, String login, String email, Set<String> roles, Map<String, String> hashes) {}

  /** A customer that belongs to a login; the company may be null. */
  record OwnCustomer(long id, Long companyId) {}

  private static final String CREDENTIALS =
      "SELECT u.id, u.login, u.email, p.uuid, p.hash,"
          + " (SELECT GROUP_CONCAT(r.role) FROM user_role r WHERE r.user_id = u.id) AS roles"
          + " FROM app_user u LEFT JOIN application_password p ON p.user_id = u.id"
          + " WHERE u.missing = FALSE AND ";

  private final Jdbc jdbc;

  UserRepository(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  Optional<Credentials> findCredentials(String loginOrEmail) {
    Optional<Credentials> byLogin = credentials("u.login = ?", loginOrEmail);
    String plain = PlainText.name(loginOrEmail);
    if (byLogin.isEmpty() && !plain.isEmpty() && !plain.equals(loginOrEmail)) {
      // As in WordPress, blanks around a login and tags in it do not count.
      byLogin = credentials("u.login = ?", plain);
    }
    return byLogin.isEmpty() && loginOrEmail.contains("@")
        ? credentials(
            "u.id = (SELECT MIN(e.id) FROM app_user e WHERE e.email = ? AND e.missing = FALSE)",
            loginOrEmail)
        : byLogin;
  }

  List<OwnCustomer> customersOf(long userId) {
    return jdbc.query(
        "SELECT id, company_id FROM customer WHERE user_id = ? AND missing = FALSE",
        List.of(userId),
        row -> new OwnCustomer(row.getLong("id"), Jdbc.nullableLong(row, "company_id")));
  }

  Optional<Long> findIdByLogin(String login) {
    return jdbc.first(
        "SELECT id FROM app_user WHERE login = ? AND missing = FALSE",
        List.of(login),
        row -> row.getLong("id"));
  }

  long insert(String login, String email, String displayName) {
    return jdbc.insert(
        "INSERT INTO app_user (login, email, display_name) VALUES (?, ?, ?)",
        login,
        email,
        displayName);
  }

  void addRole(long userId, String role) {
    jdbc.update("INSERT INTO user_role (user_id, role) VALUES (?, ?)", userId, role);
  }

  /** A customer with the same e-mail address and no login belongs to this user from now on. */
  void adoptCustomer(long userId, String email) {
    jdbc.update(
        "UPDATE customer SET user_id = ? WHERE email = ? AND user_id IS NULL", userId, email);
  }

  void insertPassword(long userId, String uuid, String name, String hash, LocalDateTime created) {
    jdbc.update(
        "INSERT INTO application_password (uuid, user_id, name, hash, created_at)"
            + " VALUES (?, ?, ?, ?, ?)",
        uuid,
        userId,
        name,
        hash,
        created);
  }

  int deletePassword(long userId, String uuid) {
    return jdbc.update(
        "DELETE FROM application_password WHERE user_id = ? AND uuid = ?", userId, uuid);
  }

  int deletePasswords(long userId) {
    return jdbc.update("DELETE FROM application_password WHERE user_id = ?", userId);
  }

  boolean anyPassword() {
    return jdbc.first("SELECT 1 FROM application_password LIMIT 1", List.of(), row -> true)
        .isPresent();
  }

  List<UserAccounts.PasswordInfo> passwords(long userId) {
    return jdbc.query(
        "SELECT uuid, name, created_at FROM application_password WHERE user_id = ?"
            + " ORDER BY created_at, uuid",
        List.of(userId),
        row ->
            new UserAccounts.PasswordInfo(
                row.getString("uuid"), row.getString("name"), Jdbc.dateTime(row, "created_at")));
  }

  List<UserAccounts.Account> accounts() {
    return jdbc.query(
        "SELECT u.id, u.login, u.email, u.display_name,"
            + " (SELECT GROUP_CONCAT(r.role) FROM user_role r WHERE r.user_id = u.id) AS roles,"
            + " (SELECT COUNT(*) FROM application_password p WHERE p.user_id = u.id) AS passwords"
            + " FROM app_user u WHERE u.missing = FALSE ORDER BY u.id",
        List.of(),
        row ->
            new UserAccounts.Account(
                row.getLong("id"),
                row.getString("login"),
                row.getString("email"),
                row.getString("display_name"),
                roles(row),
                row.getInt("passwords")));
  }

  private Optional<Credentials> credentials(String condition, String value) {
    Map<String, String> hashes = new LinkedHashMap<>();
    List<Credentials> found = new ArrayList<>();
    jdbc.query(
        CREDENTIALS + condition,
        List.of(value),
        row -> {
          if (found.isEmpty()) {
            found.add(
                new Credentials(
                    row.getLong("id"),
                    row.getString("login"),
                    row.getString("email"),
                    Set.copyOf(roles(row)),
                    hashes));
          }
          String uuid = row.getString("uuid");
          if (uuid != null) {
            hashes.put(uuid, row.getString("hash"));
          }
          return uuid;
        });
    return found.stream().findFirst();
  }

  private static List<String> roles(ResultSet row) throws SQLException {
    String roles = row.getString("roles");
    return roles == null ? List.of() : List.of(roles.split(","));
  }
}
