package io.kbsserver.rest.address;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
