package io.kbsserver.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.kbsserver.access.LoginOutcome.Known;
import io.kbsserver.access.UserRepository.OwnCustomer;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a login and a password belong to. */
class AuthenticatorTest {

  private static final String SECRET = "abcdEFGH1234";

  private final UsersInMemory users = new UsersInMemory();
  private final LoginLimits limits = new LoginLimits(3, 5, Duration.ofMinutes(5), 10);
  private final PasswordHashing hashing = new PasswordHashing(limits);
  private final Authenticator authenticator =
      new Authenticator(new LoginLookup(users), new LoginFailures(limits), hashing);

  @AfterEach
  void stop() {
    hashing.stop();
  }

  @BeforeEach
  void addAnn() {
    users.insert(UsersInMemory.user(null, "ann", "ann@example.com", "Ann"));
    users.addRole(1, "support_customer");
    add("first", "other");
    add("second", SECRET);
    users.customers.put(
        1L, List.of(new OwnCustomer(11, 21L), new OwnCustomer(12, null), new OwnCustomer(13, 21L)));
  }

  private void add(String uuid, String password) {
    users.passwords.insert(
        new ApplicationPassword(
            uuid, 1, "test", PasswordHash.fast(password), LocalDateTime.of(2026, 1, 1, 0, 0), ""));
  }

  private Optional<String> login(String login, String password) {
    return caller(login, password).map(Caller::login);
  }

  private Optional<Caller> caller(String login, String password) {
    return outcome(login, password) instanceof Known known
        ? Optional.of(known.caller())
        : Optional.empty();
  }

  private LoginOutcome outcome(String login, String password) {
    return authenticator.authenticate(login, password, "192.0.2.1").join();
  }

  @Test
  void whoLogsInHasTheirCustomersAndCompanies() {
    Caller ann =
        new Caller(
            1,
            "ann",
            "ann@example.com",
            Set.of("support_customer"),
            List.of(11L, 12L, 13L),
            List.of(21L));
    assertEquals(Optional.of(ann), caller("ann", SECRET));
  }

  @ParameterizedTest
  @ValueSource(strings = {"support_agent", "support_manager"})
  void whoWorksOnTicketsHasNoCustomers(String role) {
    users.addRole(1, role);
    assertEquals(List.of(), caller("ann", SECRET).get().customerIds());
  }

  @ParameterizedTest
  @ValueSource(strings = {"abcd EFGH 1234", " abcdEFGH1234 ", "abcd-EFGH-1234"})
  void whatSeparatesTheGroupsOfAPasswordDoesNotCount(String password) {
    assertEquals(Optional.of("ann"), login("ann", password));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ann@example.com", " ann ", "<b>ann</b>"})
  void aLoginMayBeGivenAsItsAddressOrWithBlanksAndTags(String login) {
    assertEquals(Optional.of("ann"), login(login, SECRET));
  }

  @Test
  void aWrongPasswordOrLoginIsNobody() {
    assertEquals(Optional.empty(), login("ann", "wrong"));
    assertEquals(Optional.empty(), login("ann", ""));
    assertEquals(Optional.empty(), login("ann", "- -"));
    assertEquals(Optional.empty(), login("bob", SECRET));
    assertEquals(Optional.empty(), login("bob@example.com", SECRET));
  }

  @Test
  void whoHasNoPasswordCannotLogIn() {
    users.passwords.deleteByUserId(1);
    assertEquals(Optional.empty(), login("ann", SECRET));
  }

  @Test
  void aPasswordThatIsRememberedWorksUntilItIsRevoked() {
    assertEquals(Optional.of("ann"), login("ann", SECRET));
    assertEquals(Optional.of("ann"), login("ann", SECRET));
    users.passwords.deleteByUserIdAndUuid(1, "second");
    assertEquals(Optional.empty(), login("ann", SECRET));
    add("third", SECRET);
    assertEquals(Optional.of("ann"), login("ann", SECRET));
  }

  @Test
  void thePasswordOfOneIsNotThatOfAnother() {
    users.insert(UsersInMemory.user(null, "bob", "bob@example.com", "Bob"));
    assertEquals(Optional.of("ann"), login("ann", SECRET));
    assertEquals(Optional.empty(), login("bob", SECRET));
  }

  @Test
  void aWrongPasswordIsWrongEvenAfterTheRightOne() {
    assertEquals(Optional.of("ann"), login("ann", SECRET));
    assertEquals(Optional.empty(), login("ann", "wrong"));
  }

  @Test
  void theCredentialIsThePasswordThatFits() {
    assertEquals("second", ((Known) outcome("ann", SECRET)).credential());
  }

  @Test
  void afterTooManyFailuresNoPasswordOfThePairIsLookedAtButWhatIsRemembered() {
    add("third", "third1234");
    assertEquals(Optional.of("ann"), login("ann", "third1234"));
    for (int i = 0; i < 3; i++) {
      assertEquals(new LoginOutcome.Nobody(), outcome("ann", "wrong" + i));
    }
    assertInstanceOf(LoginOutcome.TooManyFailures.class, outcome("ann", SECRET));
    assertInstanceOf(LoginOutcome.TooManyFailures.class, outcome("ann@example.com", SECRET));
    assertEquals(Optional.of("ann"), login("ann", "third1234"));
    assertInstanceOf(Known.class, authenticator.authenticate("ann", SECRET, "192.0.2.2").join());
  }

  @Test
  void afterTooManyFailuresOfAnAddressNoPasswordFromThereIsLookedAt() {
    for (int i = 0; i < 5; i++) {
      assertEquals(Optional.empty(), login("nobody" + i, "wrong"));
    }
    assertInstanceOf(LoginOutcome.TooManyFailures.class, outcome("ann", SECRET));
  }

  /** Not even a login: that would cost the database as much as one that is let in. */
  @Test
  void afterTooManyFailuresOfAnAddressOnlyWhatHasWorkedIsLookedUp() {
    assertEquals(Optional.of("ann"), login("ann", SECRET));
    for (int i = 0; i < 5; i++) {
      assertEquals(Optional.empty(), login("nobody" + i, "wrong"));
    }
    int before = users.lookups;
    assertInstanceOf(LoginOutcome.TooManyFailures.class, outcome("nobody", "wrong"));
    assertInstanceOf(LoginOutcome.TooManyFailures.class, outcome("ann", "wrong"));
    assertEquals(before, users.lookups);
    assertEquals(Optional.of("ann"), login("ann", SECRET));
    users.passwords.deleteByUserIdAndUuid(1, "second");
    assertInstanceOf(LoginOutcome.TooManyFailures.class, outcome("ann", SECRET));
  }

  @Test
  void whatIsTooLongToBeAPasswordIsNotCounted() {
    for (int i = 0; i < 9; i++) {
      assertEquals(Optional.empty(), login("ann", "x".repeat(129)));
    }
    assertEquals(Optional.of("ann"), login("ann", SECRET));
  }
}
