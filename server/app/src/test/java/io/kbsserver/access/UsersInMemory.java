package io.kbsserver.access;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Users, as the database would have them. */
class UsersInMemory implements UserRepository {

  final Map<Long, AppUser> users = new LinkedHashMap<>();
  final Map<Long, String> roles = new HashMap<>();
  final Map<Long, List<OwnCustomer>> customers = new HashMap<>();
  final Map<Long, String> adopted = new HashMap<>();
  final PasswordsInMemory passwords = new PasswordsInMemory();

  @Override
  public List<UserWithPassword> findByLogin(String login) {
    return find(user -> user.login().equals(login));
  }

  @Override
  public List<UserWithPassword> findFirstByEmail(String email) {
    return find(user -> user.email().equals(email));
  }

  private List<UserWithPassword> find(Predicate<AppUser> wanted) {
    List<UserWithPassword> rows = new ArrayList<>();
    users.values().stream().filter(wanted).limit(1).forEach(user -> addRows(user, rows));
    return rows;
  }

  private void addRows(AppUser user, List<UserWithPassword> rows) {
    for (ApplicationPassword password : passwords.findByUserIdOrderByCreatedAtAndUuid(user.id())) {
      rows.add(row(user, password.uuid(), password.hash()));
    }
    if (rows.isEmpty()) {
      rows.add(row(user, null, null));
    }
  }

  private UserWithPassword row(AppUser user, String uuid, String hash) {
    return new UserWithPassword(
        user.id(), user.login(), user.email(), roles.get(user.id()), uuid, hash);
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
  public AppUser insert(AppUser user) {
    long id = users.size() + 1L;
    users.put(id, new AppUser(id, user.login(), user.email(), user.displayName()));
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
  public List<UserWithPasswordCount> findAllWithPasswordCount() {
    return users.values().stream()
        .map(
            user ->
                new UserWithPasswordCount(
                    user.id(),
                    user.login(),
                    user.email(),
                    user.displayName(),
                    roles.get(user.id()),
                    passwords.findByUserIdOrderByCreatedAtAndUuid(user.id()).size()))
        .toList();
  }
}
