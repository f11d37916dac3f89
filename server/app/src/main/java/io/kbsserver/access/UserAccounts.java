package io.kbsserver.access;

import static java.util.Objects.requireNonNull;

import io.kbsserver.text.PlainText;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes logins and their application passwords without WordPress. */
@Singleton
public class UserAccounts {

  /** A new application password; the only time that it can be read. */
  public record NewPassword(String uuid, String password) {}

  /** A login, with the number of its application passwords. */
  public record Account(
      long id, String login, String email, String displayName, List<String> roles, int passwords) {}

  /** An application password, without its secret; created is UTC. */
  public record PasswordInfo(String uuid, String name, LocalDateTime created) {}

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int PASSWORD_LENGTH = 24;
  private static final int LONGEST_LOGIN = 60;

  private final UserRepository users;
  private final ApplicationPasswordRepository passwords;
  private final SecureRandom random = new SecureRandom();
  private final Clock clock;

  UserAccounts(UserRepository users, ApplicationPasswordRepository passwords, Clock clock) {
    this.users = users;
    this.passwords = passwords;
    this.clock = clock;
  }

  /** Adds a login and gives its user id. */
  @Transactional
  public long add(String login, String email, String displayName, String role) {
    if (login.isBlank() || login.length() > LONGEST_LOGIN || login.contains(":")) {
      throw new AccountException(
          "A login has 1 to " + LONGEST_LOGIN + " characters and no colon: " + login);
    }
    if (!PlainText.isEmail(email)) {
      throw new AccountException("Not a valid e-mail address: " + email);
    }
    if (users.findCredentials(login).isPresent()) {
      throw new AccountException("There is a user with this login already: " + login);
    }
    if (users.findCredentials(email).isPresent()) {
      throw new AccountException("There is a user with this e-mail address already: " + email);
    }
    long id = requireNonNull(users.insert(new AppUser(null, login, email, displayName)).id());
    users.addRole(id, role);
    users.adoptCustomer(id, email);
    return id;
  }

  /** Gives a login one more application password. */
  @Transactional
  public NewPassword addPassword(String login, String name) {
    long userId = userId(login);
    StringBuilder password = new StringBuilder();
    for (int i = 0; i < PASSWORD_LENGTH; i++) {
      password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    String uuid = UUID.randomUUID().toString();
    LocalDateTime now =
        LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
    passwords.insert(
        new ApplicationPassword(uuid, userId, name, PasswordHash.fast(password.toString()), now));
    return new NewPassword(uuid, password.toString());
  }

  /** All logins, by id. */
  @Transactional
  public List<Account> list() {
    return users.findAllWithPasswordCount().stream()
        .map(
            user ->
                new Account(
                    user.id(),
                    user.login(),
                    user.email(),
                    user.displayName(),
                    UserRepository.roles(user.roles()),
                    user.passwords()))
        .toList();
  }

  /** Whether there is an application password at all. */
  @Transactional
  public boolean anybodyCanLogIn() {
    return passwords.any();
  }

  /** The application passwords of a login, oldest first. */
  @Transactional
  public List<PasswordInfo> passwords(String login) {
    return passwords.findByUserIdOrderByCreatedAtAndUuid(userId(login)).stream()
        .map(found -> new PasswordInfo(found.uuid(), found.name(), found.createdAt()))
        .toList();
  }

  /** Takes away one application password, or all where uuid is null; tells how many. */
  @Transactional
  public int revoke(String login, @Nullable String uuid) {
    long userId = userId(login);
    return uuid == null
        ? passwords.deleteByUserId(userId)
        : passwords.deleteByUserIdAndUuid(userId, uuid);
  }

  private long userId(String login) {
    return users
        .findIdByLogin(login)
        .orElseThrow(() -> new AccountException("There is no user with the login " + login));
  }
}
