package io.kbsserver.access;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Users, as the database would have them. */
class UsersInMemory implements UserRepository {

  final Map<Long, AppUser> users = new LinkedHashMap<>();
  final Map<Long, String> roles = new HashMap<>();
  final Map<Long, List<OwnCustomer>> customers = new HashMap<>();
  final Map<Long, String> adopted = new HashMap<>();
  final Set<Long> disabled = new HashSet<>();
  final Set<Long> standIns = new HashSet<>();
  final PasswordsInMemory passwords = new PasswordsInMemory();

  /** How many logins were looked for. */
  int lookups;

  @Override
  public List<UserWithPassword> findByLogin(String login) {
    lookups++;
    return find(user -> user.login().equals(login));
  }

  @Override
  public List<UserWithPassword> findFirstByEmail(String email) {
    return find(user -> user.email().equals(email));
  }

  private List<UserWithPassword> find(Predicate<AppUser> wanted) {
    List<UserWithPassword> rows = new ArrayList<>();
    users.values().stream()
        .filter(user -> !standIns.contains(user.id()))
        .filter(wanted)
        .limit(1)
        .forEach(user -> addRows(user, rows));
    return rows;
  }

  private void addRows(AppUser user, List<UserWithPassword> rows) {
    List<ApplicationPassword> kept =
        disabled.contains(user.id())
            ? List.of()
            : passwords.findByUserIdOrderByCreatedAtAndUuid(user.id());
    for (ApplicationPassword password : kept) {
      rows.add(row(user, password.uuid(), password.hash()));
    }
    if (rows.isEmpty()) {
      rows.add(row(user, null, null));
    }
  }

  private UserWithPassword row(AppUser user, String uuid, String hash) {
    return new UserWithPassword(
        user.id(), user.login(), user.email(), roles.get(user.id()), uuid, hash, null);
  }

  @Override
  public List<OwnCustomer> customersOf(long userId) {
    return customers.getOrDefault(userId, List.of());
  }

  @Override
  public Optional<Long> findIdByLogin(String login) {
    return findByLogin(login).stream().map(UserWithPassword::id).findFirst();
  }

  @Override
  public boolean existsById(long id) {
    return users.containsKey(id);
  }

  @Override
  public Optional<Long> lock(long id) {
    return Optional.of(id).filter(users::containsKey);
  }

  @Override
  public boolean existsBySlug(String slug) {
    // Slugs are tested with a database.
    return false;
  }

  @Override
  public void addIdToSlug(long id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public AppUser insert(AppUser user) {
    long id = users.size() + 1L;
    users.put(id, user(id, user.login(), user.email(), user.displayName()));
    return users.get(id);
  }

  @Override
  public void addRole(long userId, String role) {
    roles.merge(userId, role, (first, second) -> first + "," + second);
  }

  @Override
  public void adoptCustomer(long userId, String email) {
    adopted.put(userId, email);
  }

  @Override
  public void change(long id, String email, String displayName) {
    users.put(id, user(id, users.get(id).login(), email, displayName));
  }

  @Override
  public void setDisabled(long id, boolean to) {
    if (to) {
      disabled.add(id);
    } else {
      disabled.remove(id);
    }
  }

  @Override
  public void removeRoles(long userId, List<String> removed) {
    List<String> left = new ArrayList<>(UserRepository.roles(roles.remove(userId)));
    left.removeAll(removed);
    left.forEach(role -> addRole(userId, role));
  }

  @Override
  public void removeRoles(long userId) {
    roles.remove(userId);
  }

  @Override
  public void leaveCustomers(long userId) {
    customers.remove(userId);
  }

  @Override
  public void removeWebhooks(long userId) {}

  @Override
  public Optional<String> findEnabledLogin(long id) {
    return Optional.ofNullable(users.get(id))
        .filter(user -> !standIns.contains(id) && !disabled.contains(id))
        .map(AppUser::login);
  }

  @Override
  public void makeStandIn(long id) {
    standIns.add(id);
  }

  @Override
  public long countAssignedTickets(long userId) {
    return 0;
  }

  @Override
  public List<Long> customersToAdopt(String email) {
    return List.of();
  }

  @Override
  public List<UserWithPasswordCount> findAllWithPasswordCount() {
    return users.values().stream()
        .filter(user -> !standIns.contains(user.id()))
        .map(
            user ->
                new UserWithPasswordCount(
                    user.id(),
                    user.login(),
                    user.email(),
                    user.displayName(),
                    roles.get(user.id()),
                    passwords.findByUserIdOrderByCreatedAtAndUuid(user.id()).size(),
                    disabled.contains(user.id())))
        .toList();
  }

  static AppUser user(Long id, String login, String email, String displayName) {
    return new AppUser(id, login, email, displayName, login, LocalDateTime.MIN);
  }
}
