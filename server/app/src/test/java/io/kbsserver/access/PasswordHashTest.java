package io.kbsserver.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Known pairs of hash and password. */
class PasswordHashTest {

  @Test
  void portableHashesOfPhpassMatchTheirPassword() {
    // The pair that phpass publishes with its own test program.
    assertTrue(PasswordHash.matches("$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0", "test12345"));
    assertFalse(PasswordHash.matches("$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0", "test12346"));
    assertFalse(PasswordHash.matches("$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L1", "test12345"));
    assertTrue(PasswordHash.matches("$H$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0", "test12345"));
  }

  @ParameterizedTest
  @CsvSource({
    "$P$4saltsaltTtQ3uOaoVng2lkDM2ItyK., false",
    "$P$5saltsaltln7tVOqGZvSRNFNCDAV8B1, true",
    "$P$GsaltsaltyzkVtB.ZId3wu17NKWhpB., true",
    "$P$Hsaltsalt7ss5KREFgV9VnCSSyRsIK0, false"
  })
  void aHashThatIsTooCheapOrTooCostlyIsNone(String hash, boolean matches) {
    assertEquals(matches, PasswordHash.matches(hash, "secret"));
  }

  @Test
  void onlyHashesOfPhpassTakeTime() {
    assertTrue(PasswordHash.isSlow("$P$B"));
    assertTrue(PasswordHash.isSlow("$H$B"));
    assertFalse(PasswordHash.isSlow(PasswordHash.fast("secret")));
  }

  @Test
  void theFastHashIsMadeAsWordPressMakesIt() {
    String hash = PasswordHash.fast("abcdEFGH1234abcdEFGH1234");
    assertEquals("$generic$up-A_HhotQlaOcx3_p4zjSOpulaImcfNEMCjCiDD", hash);
    assertTrue(PasswordHash.matches(hash, "abcdEFGH1234abcdEFGH1234"));
    assertFalse(PasswordHash.matches(hash, "abcdEFGH1234abcdEFGH1235"));
  }

  @Test
  void whatIsNoHashMatchesNothing() {
    for (String hash : new String[] {"", "x", "$P$", "$P$B", "$generic$", "$2y$10$abc", "plain"}) {
      for (String password : new String[] {"", "x", "plain", hash}) {
        assertFalse(PasswordHash.matches(hash, password), hash + " / " + password);
      }
    }
  }

  @Test
  void nobodysHashCostsAsMuchAsARealOneAndFitsNothing() {
    // A hash of another length or cost would be refused without being computed.
    assertEquals(34, PasswordHash.OF_NOBODY.length());
    assertTrue(PasswordHash.OF_NOBODY.startsWith("$P$B"));
    for (String password : new String[] {"", "nobody", "nobodys", "S", "secret"}) {
      assertFalse(PasswordHash.matches(PasswordHash.OF_NOBODY, password));
    }
  }
}
