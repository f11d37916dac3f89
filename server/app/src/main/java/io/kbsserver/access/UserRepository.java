package io.kbsserver.access;

import io.kbsserver.change.ChangeMark;
import io.kbsserver.storage.StandIn;
import io.kbsserver.text.PlainText;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Users, their roles, and what they may log in with. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface UserRepository extends GenericRepository<AppUser, Long> {

  /**
   * A login with the hashes that it may prove.
   *
   * @param hashes hash by uuid of the application password
   * @param mark how much was changed by then; null where nobody can know for long
   */
  record Credentials(
      long userId,
      String login,
      String email,
      Set<String> roles,
      Map<String, String> hashes,
      @Nullable String mark) {}

  /** A user with one of the application passwords; its parts are null where there is none. */
  @MappedEntity("app_user")
  record UserWithPassword(
      @Id long id,
      String login,
      String email,
      @Nullable String roles,
      @Nullable String uuid,
      @Nullable String hash,
      @Nullable String mark) {}

  /** A user with the number of application passwords. */
  @MappedEntity("app_user")
  record UserWithPasswordCount(
      @Id long id,
      String login,
      String email,
      String displayName,
      @Nullable String roles,
      int passwords,
      boolean disabled) {}

  /** A customer that belongs to a login; the company may be null. */
  @MappedEntity("customer")
  record OwnCustomer(@Id long id, @Nullable Long companyId) {}

  String WITH_PASSWORDS =
      """
      SELECT u.id, u.login, u.email, p.uuid, p.hash,
        (SELECT GROUP_CONCAT(r.role) FROM user_role r WHERE r.user_id = u.id) AS roles,
      """
          + ChangeMark.VALUE
          + """
       AS mark
      FROM app_user u LEFT JOIN application_password p
        ON p.user_id = u.id AND u.disabled = FALSE
      WHERE u."""
          + StandIn.LEFT_OUT;

  default Optional<Credentials> findCredentials(String loginOrEmail) {
    List<UserWithPassword> found = findByLogin(loginOrEmail);
    String plain = PlainText.name(loginOrEmail);
    if (found.isEmpty() && !plain.isEmpty() && !plain.equals(loginOrEmail)) {
      // As in WordPress, blanks around a login and tags in it do not count.
      found = findByLogin(plain);
    }
    if (found.isEmpty() && loginOrEmail.contains("@")) {
      found = findFirstByEmail(loginOrEmail);
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(credentials(found));
  }

  @Query(WITH_PASSWORDS + " AND u.login = :login")
  List<UserWithPassword> findByLogin(String login);

  /** The user who was there first, where several have the address. */
  @Query(
      WITH_PASSWORDS
          + " AND u.id = (SELECT MIN(e.id) FROM app_user e WHERE e.email = :email AND e."
          + StandIn.LEFT_OUT
          + ")")
  List<UserWithPassword> findFirstByEmail(String email);

  @Query(
      "SELECT c.id, c.company_id FROM customer c WHERE c.user_id = :userId AND c."
          + StandIn.LEFT_OUT)
  List<OwnCustomer> customersOf(long userId);

  Optional<Long> findIdByLogin(String login);

  @Query("SELECT login FROM app_user WHERE id = :id AND disabled = FALSE AND " + StandIn.LEFT_OUT)
  Optional<String> findEnabledLogin(long id);

  boolean existsById(long id);

  /** Keeps others who do the same waiting until the transaction is over. */
  @Query("SELECT id FROM app_user WHERE id = :id AND " + StandIn.LEFT_OUT + " FOR UPDATE")
  Optional<Long> lock(long id);

  boolean existsBySlug(String slug);

  AppUser insert(AppUser user);

  /** Tells a user's slug from the one that somebody has already. */
  @Query("UPDATE app_user SET slug = CONCAT(LEFT(slug, 49 - LENGTH(id)), '-', id) WHERE id = :id")
  void addIdToSlug(long id);

  @Query("INSERT INTO user_role (user_id, role) VALUES (:userId, :role)")
  void addRole(long userId, String role);

  /** A customer with the same e-mail address and no login belongs to this user from now on. */
  @Query("SELECT id FROM customer WHERE email = :email AND user_id IS NULL")
  List<Long> customersToAdopt(String email);

  @Query("UPDATE customer SET user_id = :userId WHERE email = :email AND user_id IS NULL")
  void adoptCustomer(long userId, String email);

  @Query("UPDATE app_user SET email = :email, display_name = :displayName WHERE id = :id")
  void change(long id, String email, String displayName);

  @Query("UPDATE app_user SET disabled = :disabled WHERE id = :id")
  void setDisabled(long id, boolean disabled);

  @Query("DELETE FROM user_role WHERE user_id = :userId AND role IN (:roles)")
  void removeRoles(long userId, List<String> roles);

  @Query("DELETE FROM user_role WHERE user_id = :userId")
  void removeRoles(long userId);

  @Query("DELETE FROM webhook WHERE user_id = :userId")
  void removeWebhooks(long userId);

  @Query("UPDATE customer SET user_id = NULL WHERE user_id = :userId")
  void leaveCustomers(long userId);

  /** What is left is a row that stands for the id, as for users deleted in WordPress. */
  @Query(
      "UPDATE app_user SET missing = TRUE, login = CONCAT('missing-', id), email = '',"
          + " display_name = '', first_name = '', last_name = '', slug = '', url = '',"
          + " description = NULL, nickname = NULL, registered_at = NULL, published = FALSE"
          + " WHERE id = :id")
  void makeStandIn(long id);

  @Query("SELECT COUNT(*) FROM ticket WHERE agent_id = :userId")
  long countAssignedTickets(long userId);

  /** All users, by id. */
  @Query(
      """
      SELECT u.id, u.login, u.email, u.display_name,
        (SELECT GROUP_CONCAT(r.role) FROM user_role r WHERE r.user_id = u.id) AS roles,
        (SELECT COUNT(*) FROM application_password p WHERE p.user_id = u.id) AS passwords,
        u.disabled
      FROM app_user u
      WHERE u."""
          + StandIn.LEFT_OUT
          + " ORDER BY u.id")
  List<UserWithPasswordCount> findAllWithPasswordCount();

  /** The roles of one text, as the database joins them; null where there are none. */
  static List<String> roles(@Nullable String joined) {
    return joined == null ? List.of() : List.of(joined.split(","));
  }

  private static Credentials credentials(List<UserWithPassword> rows) {
    UserWithPassword user = rows.get(0);
    Map<String, String> hashes = new LinkedHashMap<>();
    rows.stream()
        .filter(row -> row.uuid() != null)
        .forEach(row -> hashes.put(row.uuid(), row.hash()));
    return new Credentials(
        user.id(),
        user.login(),
        user.email(),
        Set.copyOf(roles(user.roles())),
        hashes,
        user.mark());
  }
}
