package io.kbsserver.rest.address;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The host of an address, with its port. */
class AuthorityTest {

  @ParameterizedTest
  @CsvSource({
    "help.example, help.example, 0",
    "help.example:, help.example, 0",
    "help.example:8443, help.example, 8443",
    "help.example:1, help.example, 1",
    "help.example:65535, help.example, 65535",
    "192.0.2.1:80, 192.0.2.1, 80",
    "[2001:db8::1], [2001:db8::1], 0",
    "[::1]:8080, [::1], 8080"
  })
  void aHostMayHaveAPort(String text, String host, int port) {
    assertEquals(Optional.of(new Authority(host, port)), Authority.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a b",
        "a/b",
        "user@help.example",
        "help.example:0",
        "help.example:65536",
        "help.example:123456",
        "help.example:x",
        "[::g]",
        "[1:2]",
        "::1"
      })
  void whatNamesNoServerIsNone(String text) {
    assertEquals(Optional.empty(), Authority.parse(text));
  }

  @Test
  void aPortStandsOnItsOwnAsWell() {
    assertEquals(Optional.of(8080), Authority.port("8080"));
    assertEquals(Optional.empty(), Authority.port(""));
    assertEquals(Optional.empty(), Authority.port("70000"));
  }

  @Test
  void thePortOfAHostGoesBeforeAnotherUnlessItIsReplaced() {
    assertEquals(new Authority("a", 1), new Authority("a", 1).orAt(2));
    assertEquals(new Authority("a", 2), new Authority("a", 0).orAt(2));
    assertEquals(new Authority("a", 2), new Authority("a", 1).at(2));
  }

  @ParameterizedTest
  @CsvSource({"0, https://a", "80, https://a", "443, https://a", "8443, https://a:8443"})
  void theUsualPortsAreLeftOut(int port, String start) {
    assertEquals(start, new Authority("a", port).with("https"));
  }
}
