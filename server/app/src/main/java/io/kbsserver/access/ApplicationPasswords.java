package io.kbsserver.access;

import io.kbsserver.access.PasswordUses.Use;
import io.kbsserver.change.ChangeLog;
import io.kbsserver.change.Subject;
import io.kbsserver.refusal.Conflict;
import io.kbsserver.refusal.NotFound;
import io.kbsserver.storage.RetriedOnConflict;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The application passwords of users, by their ids. Whether somebody may is asked before. */
@Singleton
public class ApplicationPasswords {

  /**
   * An application password, without its secret.
   *
   * @param appId which program it is for; empty where none has said
   * @param created in UTC
   * @param lastUse null where it was never used
   */
  public record Info(
      long userId,
      String uuid,
      String appId,
      String name,
      LocalDateTime created,
      @Nullable Use lastUse) {}

  /** A new application password; the only time that it can be read. */
  public record NewPassword(Info info, String password) {}

  /** Each is compared at every login of its user that is new. */
  private static final int MOST = 100;

  private final ApplicationPasswordRepository passwords;
  private final UserRepository users;
  private final PasswordUses uses;
  private final ChangeLog changes;
  private final Clock clock;

  ApplicationPasswords(
      ApplicationPasswordRepository passwords,
      UserRepository users,
      PasswordUses uses,
      ChangeLog changes,
      Clock clock) {
    this.passwords = passwords;
    this.users = users;
    this.uses = uses;
    this.changes = changes;
    this.clock = clock;
  }

  /** Whether there is a user with this id. */
  @Connectable
  public boolean isOfSomebody(long userId) {
    return users.existsById(userId);
  }

  /** Those of a user, oldest first. */
  @Connectable
  public List<Info> of(long userId) {
    return infos(passwords.findByUserIdOrderByCreatedAtAndUuid(userId));
  }

  /** One of a user. */
  @Connectable
  public Optional<Info> find(long userId, String uuid) {
    List<ApplicationPassword> found = passwords.findByUserIdAndUuid(userId, uuid).stream().toList();
    return infos(found).stream().findFirst();
  }

  /** Gives a user one more. */
  @RetriedOnConflict
  @Transactional
  public NewPassword create(long userId, String name, String appId) {
    lock(userId);
    if (passwords.countByUserId(userId) >= MOST) {
      throw Conflict.tooManyPasswords(MOST);
    }
    if (passwords.existsByUserIdAndName(userId, name)) {
      throw Conflict.passwordName();
    }
    String password = RandomPassword.next();
    LocalDateTime now =
        LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
    ApplicationPassword made =
        new ApplicationPassword(
            UUID.randomUUID().toString(), userId, name, PasswordHash.fast(password), now, appId);
    passwords.insert(made);
    return new NewPassword(info(made, Map.of()), password);
  }

  /** Gives one another name. */
  @RetriedOnConflict
  @Transactional
  public void rename(long userId, String uuid, String name) {
    lock(userId);
    if (passwords.existsByUserIdAndNameAndUuidNotEqual(userId, name, uuid)) {
      throw Conflict.passwordName();
    }
    passwords.rename(userId, uuid, name);
  }

  /** Takes one away. */
  @RetriedOnConflict
  @Transactional
  public void revoke(long userId, String uuid) {
    changes.changes(Subject.USER, userId);
    passwords.revoke(userId, uuid);
  }

  /** Takes all away; tells how many. */
  @RetriedOnConflict
  @Transactional
  public int revokeAll(long userId) {
    lock(userId);
    return passwords.revokeAll(userId);
  }

  private void lock(long userId) {
    users.lock(userId).orElseThrow(NotFound::user);
    changes.changes(Subject.USER, userId);
  }

  private List<Info> infos(List<ApplicationPassword> found) {
    Map<String, Use> known = uses.of(found.stream().map(ApplicationPassword::uuid).toList());
    return found.stream().map(password -> info(password, known)).toList();
  }

  private static Info info(ApplicationPassword password, Map<String, Use> uses) {
    return new Info(
        password.userId(),
        password.uuid(),
        password.appId(),
        password.name(),
        password.createdAt(),
        uses.get(password.uuid()));
  }
}
