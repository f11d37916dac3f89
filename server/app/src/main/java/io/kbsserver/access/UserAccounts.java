package io.kbsserver.access;

import static java.util.Objects.requireNonNull;

import io.kbsserver.access.UserRepository.Credentials;
import io.kbsserver.access.UserRepository.OwnCustomer;
import io.kbsserver.change.ChangeLog;
import io.kbsserver.change.Subject;
import io.kbsserver.text.PlainText;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes logins and their application passwords without WordPress. */
@Singleton
public class UserAccounts {

  /** A new application password; the only time that it can be read. */
  public record NewPassword(String uuid, String password) {}

  /** A login, with the number of its application passwords. */
  public record Account(
      long id,
      String login,
      String email,
      String displayName,
      List<String> roles,
      int passwords,
      boolean disabled) {}

  /** What depends on a login. */
  public record Dependents(long assignedTickets, List<Long> customers) {}

  /** A login to be made; line says where it was read. */
  public record NewAccount(
      long line, String login, String email, String displayName, String role) {}

  /** An application password, without its secret; created is UTC. */
  public record PasswordInfo(String uuid, String name, LocalDateTime created) {}

  private static final int LONGEST_LOGIN = 60;
  private static final int LONGEST_EMAIL = 254;
  private static final int LONGEST_NAME = 250;
  private static final int LONGEST_SLUG = 50;

  /** The database cannot compare other text with its column. */
  private static final Pattern UUIDS = Pattern.compile("[\\w-]+");

  private final UserRepository users;
  private final ApplicationPasswordRepository passwords;
  private final ChangeLog changes;
  private final Clock clock;

  UserAccounts(
      UserRepository users,
      ApplicationPasswordRepository passwords,
      ChangeLog changes,
      Clock clock) {
    this.users = users;
    this.passwords = passwords;
    this.changes = changes;
    this.clock = clock;
  }

  /** Adds a login and gives its user id. */
  @Transactional
  public long add(String login, String email, String displayName, String role) {
    if (login.isBlank() || length(login) > LONGEST_LOGIN || !login.matches("[^:\\p{Cntrl}]+")) {
      throw new AccountException(
          "A login has 1 to " + LONGEST_LOGIN + " characters and no colon: " + login);
    }
    checkEmail(email);
    checkName(displayName);
    if (users.findCredentials(login).isPresent()) {
      throw new AccountException("There is a user with this login already: " + login);
    }
    if (users.findCredentials(email).isPresent()) {
      throw new AccountException("There is a user with this e-mail address already: " + email);
    }
    AppUser user = new AppUser(null, login, email, displayName, slug(login), now());
    boolean sameSlug = users.existsBySlug(user.slug());
    long id = requireNonNull(users.insert(user).id());
    changes.creates(Subject.USER, id);
    if (sameSlug) {
      users.addIdToSlug(id);
    }
    users.addRole(id, role);
    adoptCustomer(id, email);
    return id;
  }

  /**
   * Adds all, or none: then the message has every line that is wrong.
   *
   * @param passwordName of the first application password of each; null where they get none
   * @return these passwords, in the same order
   */
  @Transactional
  public List<NewPassword> addAll(List<NewAccount> accounts, @Nullable String passwordName) {
    List<String> mistakes = new ArrayList<>();
    for (NewAccount account : accounts) {
      try {
        add(account.login(), account.email(), account.displayName(), account.role());
      } catch (AccountException e) {
        mistakes.add("line " + account.line() + ": " + e.getMessage());
      }
    }
    if (!mistakes.isEmpty()) {
      throw new AccountException(String.join("\n", mistakes));
    }
    return passwordName == null
        ? List.of()
        : accounts.stream().map(account -> addPassword(account.login(), passwordName)).toList();
  }

  /** Changes what is given; a role takes the place of those of the help desk. */
  @Transactional
  public void change(
      String login, @Nullable String email, @Nullable String displayName, @Nullable String role) {
    Account account = account(login);
    if (email != null) {
      checkEmail(email);
      Optional<Credentials> other = users.findCredentials(email);
      if (other.isPresent() && other.get().userId() != account.id()) {
        throw new AccountException("There is a user with this e-mail address already: " + email);
      }
    }
    if (displayName != null) {
      checkName(displayName);
    }
    changes.changes(Subject.USER, account.id());
    users.change(
        account.id(),
        email == null ? account.email() : email,
        displayName == null ? account.displayName() : displayName);
    if (email != null) {
      adoptCustomer(account.id(), email);
    }
    if (role != null) {
      users.removeRoles(account.id(), Role.OF_THE_HELP_DESK);
      users.addRole(account.id(), role);
    }
  }

  /** Lets a login in no more, or again; its application passwords stay. */
  @Transactional
  public void setDisabled(String login, boolean disabled) {
    long userId = userId(login);
    changes.changes(Subject.USER, userId);
    users.setDisabled(userId, disabled);
  }

  /**
   * Deletes a login with its roles, passwords and webhooks. Tickets and replies that name it keep
   * its id, for which a row stands that is nobody; its customers stay, without a login.
   */
  @Transactional
  public void delete(String login) {
    long userId = userId(login);
    changes.changes(Subject.USER, userId);
    changes.changes(
        Subject.CUSTOMER, users.customersOf(userId).stream().map(OwnCustomer::id).toArray());
    passwords.revokeAll(userId);
    users.removeRoles(userId);
    users.removeWebhooks(userId);
    users.leaveCustomers(userId);
    users.makeStandIn(userId);
  }

  /** The login of this name. */
  @Transactional
  public Account account(String login) {
    long userId = userId(login);
    return list().stream().filter(account -> account.id() == userId).findFirst().orElseThrow();
  }

  /** What depends on a login. */
  @Transactional
  public Dependents dependents(String login) {
    long userId = userId(login);
    return new Dependents(
        users.countAssignedTickets(userId),
        users.customersOf(userId).stream().map(OwnCustomer::id).toList());
  }

  /** Gives a login one more application password. */
  @Transactional
  public NewPassword addPassword(String login, String name) {
    return addPassword(login, name, RandomPassword.next());
  }

  /** Gives a login an application password that somebody has chosen: letters and digits. */
  @Transactional
  public NewPassword addPassword(String login, String name, String password) {
    long userId = userId(login);
    changes.changes(Subject.USER, userId);
    String uuid = UUID.randomUUID().toString();
    passwords.insert(
        new ApplicationPassword(uuid, userId, name, PasswordHash.fast(password), now(), ""));
    return new NewPassword(uuid, password);
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
                    user.passwords(),
                    user.disabled()))
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

  /** Whether this is one of a login's application passwords that were made here. */
  @Transactional
  public boolean isPassword(String login, String password) {
    return passwords.findByUserIdOrderByCreatedAtAndUuid(userId(login)).stream()
        .anyMatch(kept -> PasswordHash.matches(kept.hash(), password));
  }

  /** Takes away one application password, or all where uuid is null; tells how many. */
  @Transactional
  public int revoke(String login, @Nullable String uuid) {
    long userId = userId(login);
    changes.changes(Subject.USER, userId);
    if (uuid == null) {
      return passwords.revokeAll(userId);
    }
    return UUIDS.matcher(uuid).matches() && passwords.revoke(userId, uuid) ? 1 : 0;
  }

  private void adoptCustomer(long userId, String email) {
    changes.changes(Subject.CUSTOMER, users.customersToAdopt(email).toArray());
    users.adoptCustomer(userId, email);
  }

  private LocalDateTime now() {
    return LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
  }

  /** A login as it can stand in addresses. */
  private static String slug(String login) {
    String slug = login.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]+", "-");
    return slug.substring(0, Math.min(slug.length(), LONGEST_SLUG));
  }

  private static void checkEmail(String email) {
    if (!PlainText.isEmail(email) || length(email) > LONGEST_EMAIL) {
      throw new AccountException("Not a valid e-mail address: " + email);
    }
  }

  private static void checkName(String name) {
    if (length(name) > LONGEST_NAME) {
      throw new AccountException("A name has up to " + LONGEST_NAME + " characters: " + name);
    }
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private long userId(String login) {
    return users
        .findIdByLogin(login)
        .orElseThrow(() -> new AccountException("There is no user with the login " + login));
  }
}
