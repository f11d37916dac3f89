package io.kbsserver.access;

import java.util.ArrayList;
import java.util.List;
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
  public int deleteByUserIdAndUuid(long userId, String uuid) {
    return delete(password -> password.userId() == userId && password.uuid().equals(uuid));
  }

  @Override
  public int deleteByUserId(long userId) {
    return delete(password -> password.userId() == userId);
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
