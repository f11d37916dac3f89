package io.kbsserver.rest.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicUrlTest {

  @ParameterizedTest
  @CsvSource({
    "https://help.example, https://help.example",
    "https://help.example:443/, https://help.example",
    "http://help.example:80/desk/, http://help.example/desk",
    "http://help.example:443, http://help.example:443",
    "https://help.example:80, https://help.example:80",
    "HTTPS://help.example:8443/desk, https://help.example:8443/desk"
  })
  void onlyThePortOfTheSchemeItselfIsLeftOut(String written, String meant) {
    assertEquals(meant, PublicUrl.parse(written).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "help.example",
        "ftp://help.example",
        "https://",
        "https://a b",
        "https://help.example/?a=b",
        "https://help.example/a/../b",
        "https://help.example/wp-json",
        "https://help.example/wp-json/"
      })
  void whatIsNoAddressOfASiteIsRefused(String written) {
    assertThrows(IllegalArgumentException.class, () -> PublicUrl.parse(written));
  }

  @Test
  void aPathHasUpTo255Characters() {
    String longest = "/" + "a".repeat(254);
    assertEquals(Optional.of(longest), PublicUrl.path(longest));
    assertEquals(Optional.empty(), PublicUrl.path(longest + "a"));
    assertEquals(Optional.of(""), PublicUrl.path("///"));
    assertEquals(Optional.empty(), PublicUrl.path("a"));
  }
}
