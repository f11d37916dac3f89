package io.kbsserver.generators;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What packages are told of where their source is. */
class SdkRepositoryTest {

  private static Map<String, Object> told(String repository) {
    Map<String, Object> properties = new HashMap<>(Map.of("repository", repository));
    SdkGenerators.checkRepository(properties);
    return properties;
  }

  @Test
  void anAddressIsNamedAndNothingIsNot() {
    String address = "https://git.example.com/kbs-server.git";
    assertEquals(Map.of("repository", address), told(address));
    assertEquals(Map.of(), told(""));
  }

  @Test
  void whatIsNoAddressIsRefused() {
    // Maven says true where there is an option without a value.
    for (String other : List.of("true", " ", "https://", "${sdk.repository}", "https://a b")) {
      String message = assertThrows(IllegalArgumentException.class, () -> told(other)).getMessage();
      assertTrue(message.contains("-Dsdk.repository=") && message.endsWith(other), message);
    }
  }
}
