package io.kbsserver.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Application passwords, as the database would have them. */
class PasswordsInMemory implements ApplicationPasswordRepository {

  final List<ApplicationPassword> kept = new ArrayList<>();

  @Override
  public void insert(ApplicationPassword password) {
    kept.add(password);
  }

  @Override
  public List<ApplicationPassword> findByUserIdOrderByCreatedAtAndUuid(long userId) {
    return kept.stream().filter(password -> password.userId() == userId).toList();
  }

  @Override
  public Optional<ApplicationPassword> findByUserIdAndUuid(long userId, String uuid) {
    return findByUserIdOrderByCreatedAtAndUuid(userId).stream()
        .filter(password -> password.uuid().equals(uuid))
        .findFirst();
  }

  @Override
  public boolean existsByUserIdAndName(long userId, String name) {
    return findByUserIdOrderByCreatedAtAndUuid(userId).stream()
        .anyMatch(password -> password.name().equalsIgnoreCase(name));
  }

  @Override
  public boolean existsByUserIdAndNameAndUuidNotEqual(long userId, String name, String uuid) {
    return findByUserIdOrderByCreatedAtAndUuid(userId).stream()
        .filter(password -> !password.uuid().equals(uuid))
        .anyMatch(password -> password.name().equalsIgnoreCase(name));
  }

  @Override
  public int countByUserId(long userId) {
    return findByUserIdOrderByCreatedAtAndUuid(userId).size();
  }

  @Override
  public void rename(long userId, String uuid, String name) {
    kept.replaceAll(
        old ->
            old.userId() == userId && old.uuid().equals(uuid)
                ? new ApplicationPassword(
                    uuid, userId, name, old.hash(), old.createdAt(), old.appId())
                : old);
  }

  @Override
  public int deleteByUserIdAndUuid(long userId, String uuid) {
    return delete(password -> password.userId() == userId && password.uuid().equals(uuid));
  }

  @Override
  public int deleteByUserId(long userId) {
    return delete(password -> password.userId() == userId);
  }

  @Override
  public void forgetUses(List<String> uuids) {
    // None are kept.
  }

  private int delete(Predicate<ApplicationPassword> wanted) {
    int before = kept.size();
    kept.removeIf(wanted);
    return before - kept.size();
  }

  @Override
  public boolean any() {
    return !kept.isEmpty();
  }
}
