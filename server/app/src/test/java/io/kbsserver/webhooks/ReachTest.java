package io.kbsserver.webhooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever makes a webhook to which nothing would ever be sent is told so at once. */
class ReachTest {

  private final Reach everywhere = new Reach(null);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://crm.example.com:22/",
        "https://crm.example.com:80/",
        "https://crm.example.com:1023/x",
        "https://localhost/",
        "https://LOCALHOST.:8443/",
        "https://a.localhost/",
        "https://127.0.0.1/",
        "http://crm.example.com/"
      })
  void whatNothingIsSentToIsRefused(String url) {
    assertTrue(everywhere.fault(url).isPresent());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://crm.example.com/",
        "https://crm.example.com:443/",
        "https://crm.example.com:1024/",
        "https://localhost.example.com/",
        "https://notlocalhost/"
      })
  void whatSomethingMayBeSentToIsTaken(String url) {
    assertEquals(Optional.empty(), everywhere.fault(url));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:81/", "https://crm.example.com:22/"})
  void whoeverRunsTheServerMayAllowMore(String url) {
    assertEquals(Optional.empty(), new Reach("127.0.0.1/32").fault(url));
  }
}
