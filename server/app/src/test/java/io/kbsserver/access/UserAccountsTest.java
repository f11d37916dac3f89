package io.kbsserver.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.access.UserAccounts.Account;
import io.kbsserver.access.UserAccounts.NewAccount;
import io.kbsserver.access.UserAccounts.NewPassword;
import io.kbsserver.access.UserAccounts.PasswordInfo;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins that are made without WordPress. */
class UserAccountsTest {

  private final UsersInMemory users = new UsersInMemory();
  private final UserAccounts accounts =
      new UserAccounts(
          users,
          users.passwords,
          new UnloggedChanges(),
          Clock.fixed(Instant.parse("2026-01-02T03:04:05.678Z"), ZoneId.of("Europe/Berlin")));

  private long add(String login) {
    return accounts.add(login, login.strip() + "@example.com", "Ann", "support_agent");
  }

  private static String message(Runnable action) {
    return assertThrows(AccountException.class, action::run).getMessage();
  }

  @Test
  void aLoginHasARoleAndTheCustomerWithItsAddress() {
    long id = add("ann");
    assertEquals(1, id);
    assertEquals(
        List.of(
            new Account(1, "ann", "ann@example.com", "Ann", List.of("support_agent"), 0, false)),
        accounts.list());
    assertEquals("ann@example.com", users.adopted.get(id));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a:b"})
  void aLoginIsNeitherBlankNorHasItAColon(String login) {
    assertTrue(
        message(() -> accounts.add(login, "ann@example.com", "", "")).contains("no colon"), login);
  }

  @Test
  void aLoginHasUpToSixtyCharacters() {
    accounts.add("a".repeat(60), "ann@example.com", "", "support_agent");
    String tooLong = "a".repeat(61);
    assertTrue(message(() -> accounts.add(tooLong, "b@example.com", "", "")).contains("1 to 60"));
  }

  @Test
  void anEmailAddressIsOne() {
    assertTrue(message(() -> accounts.add("ann", "ann", "", "")).contains("Not a valid e-mail"));
  }

  @Test
  void neitherLoginNorAddressIsThereTwice() {
    add("ann");
    assertTrue(
        message(() -> accounts.add("ann", "b@example.com", "", "")).contains("with this login"));
    assertTrue(
        message(() -> accounts.add("bob", "ann@example.com", "", "")).contains("e-mail address"));
  }

  @Test
  void aPasswordIsReadOnceAndKeptAsItsHash() {
    add("ann");
    NewPassword made = accounts.addPassword("ann", "curl");
    assertTrue(made.password().matches("[A-Za-z0-9]{24}"), made.password());
    assertTrue(PasswordHash.matches(users.passwords.kept.get(0).hash(), made.password()));
    assertNotEquals(made.password(), accounts.addPassword("ann", "curl").password());
  }

  @Test
  void passwordsAreListedWithTheSecondOfTheirBirthInUtc() {
    add("ann");
    assertFalse(accounts.anybodyCanLogIn());
    NewPassword made = accounts.addPassword("ann", "curl");
    assertTrue(accounts.anybodyCanLogIn());
    LocalDateTime second = LocalDateTime.of(2026, 1, 2, 3, 4, 5);
    assertEquals(List.of(new PasswordInfo(made.uuid(), "curl", second)), accounts.passwords("ann"));
    assertEquals(1, accounts.list().get(0).passwords());
  }

  @Test
  void onePasswordOrAllAreTakenAway() {
    add("ann");
    String first = accounts.addPassword("ann", "1").uuid();
    accounts.addPassword("ann", "2");
    accounts.addPassword("ann", "3");
    assertEquals(1, accounts.revoke("ann", first));
    assertEquals(0, accounts.revoke("ann", first));
    assertEquals(2, accounts.revoke("ann", null));
  }

  @Test
  void whatIsGivenChangesAndTheRestStays() {
    long id = add("ann");
    users.addRole(id, Role.EDITOR);
    accounts.change("ann", null, "Ann B.", null);
    accounts.change("ann", null, null, Role.SUPPORT_MANAGER);
    assertEquals(
        new Account(
            id,
            "ann",
            "ann@example.com",
            "Ann B.",
            List.of(Role.EDITOR, Role.SUPPORT_MANAGER),
            0,
            false),
        accounts.account("ann"));
    accounts.change("ann", "ann@example.org", null, null);
    assertEquals("ann@example.org", accounts.account("ann").email());
    assertEquals("ann@example.org", users.adopted.get(id));
    // One's own address again is nobody else's.
    accounts.change("ann", "ann@example.org", null, null);
  }

  @Test
  void anAddressChangesToOneThatIsFreeOnly() {
    add("ann");
    add("bob");
    assertTrue(
        message(() -> accounts.change("bob", "ann@example.com", null, null))
            .contains("e-mail address already"));
    assertTrue(
        message(() -> accounts.change("bob", "bob", null, null)).contains("Not a valid e-mail"));
    String tooLong = "x".repeat(251);
    assertTrue(message(() -> accounts.change("bob", null, tooLong, null)).contains("up to 250"));
    assertEquals("bob@example.com", accounts.account("bob").email());
  }

  @Test
  void whoIsDeletedIsNobody() {
    add("ann");
    accounts.addPassword("ann", "curl");
    accounts.delete("ann");
    assertEquals(List.of(), accounts.list());
    assertFalse(accounts.anybodyCanLogIn());
    assertTrue(message(() -> accounts.delete("ann")).contains("no user with the login ann"));
  }

  @Test
  void ofManyEveryMistakeIsToldWithItsLine() {
    add("ann");
    List<NewAccount> many =
        List.of(
            new NewAccount(2, "ann", "a@example.com", "A", Role.SUPPORT_AGENT),
            new NewAccount(3, "bob", "b@example.com", "B", Role.SUPPORT_AGENT),
            new NewAccount(5, "cleo", "cleo", "C", Role.SUPPORT_AGENT));
    assertEquals(
        "line 2: There is a user with this login already: ann\n"
            + "line 5: Not a valid e-mail address: cleo",
        message(() -> accounts.addAll(many, "first")));
  }

  @Test
  void manyGetTheirPasswordsWithThem() {
    NewAccount ann = new NewAccount(2, "ann", "a@example.com", "A", Role.SUPPORT_AGENT);
    NewAccount bob = new NewAccount(3, "bob", "b@example.com", "B", Role.SUPPORT_AGENT);
    NewPassword made = accounts.addAll(List.of(ann, bob), "first").get(1);
    assertTrue(accounts.isPassword("bob", made.password()));
    assertEquals("first", accounts.passwords("bob").get(0).name());
    NewAccount cleo = new NewAccount(2, "cleo", "c@example.com", "C", Role.SUPPORT_AGENT);
    assertEquals(List.of(), accounts.addAll(List.of(cleo), null));
    assertEquals(List.of(), accounts.passwords("cleo"));
  }

  @Test
  void whoIsNotThereHasNoPasswords() {
    assertTrue(message(() -> accounts.passwords("bob")).contains("no user with the login bob"));
  }
}
