package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.TICKETS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.access.UserAccounts;
import io.kbsserver.contract.Contract;
import io.kbsserver.contract.Operation;
import io.kbsserver.http.TestServer.User;
import io.kbsserver.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How often one address and one application password may ask, where the operator says so. */
@Timeout(120)
class RateLimitsTest {

  private static final Pattern LEFT =
      Pattern.compile("\"address\";r=(\\d+);t=(\\d+)(?:, \"credential\";r=(\\d+);t=(\\d+))?");

  private static TestServer server;

  @BeforeAll
  static void start() {
    server =
        TestServer.on(
            TestDatabase.get().createMigratedSchema("http_rates"),
            Map.of("kbs.rate-limits.address", "12/1h", "kbs.rate-limits.credential", "5/1h"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpApi from(String address, HttpApi api) {
    return api.with("X-Forwarded-For", address);
  }

  /** What is left of the address and of the password; -1 where nothing is said. */
  private static int[] left(Answer answer) {
    Matcher left = LEFT.matcher(answer.header("RateLimit"));
    assertTrue(left.matches(), answer::toString);
    String ofPassword = left.group(3);
    String policy = "\"address\";q=12;w=3600";
    assertEquals(
        ofPassword == null ? policy : policy + ", \"credential\";q=5;w=3600",
        answer.header("RateLimit-Policy"));
    return new int[] {
      Integer.parseInt(left.group(1)), ofPassword == null ? -1 : Integer.parseInt(ofPassword)
    };
  }

  private static void assertRefused(Answer answer, int longest) {
    answer.assertError(429, "rest_too_many_requests");
    int seconds = Integer.parseInt(answer.header("Retry-After"));
    assertTrue(seconds > 0 && seconds <= longest, "Retry-After: " + seconds);
  }

  @Test
  void whatIsOverARateIsRefused() {
    User user = server.user("support_agent");
    HttpApi api = from("203.0.113.1", user.api());
    for (int i = 1; i <= 5; i++) {
      Answer answer = api.get("?per_page=1").assertOk();
      int[] left = left(answer);
      assertEquals(12 - i, left[0]);
      assertEquals(5 - i, left[1]);
      assertTrue(answer.header("Access-Control-Expose-Headers").contains("RateLimit"));
    }
    Answer refused = api.get("?per_page=1");
    assertRefused(refused, 720);
    assertTrue(refused.header("Access-Control-Expose-Headers").endsWith(", Retry-After"));
    assertEquals(0, left(refused)[1]);
    // Neither another address helps, nor does it concern another password of the same user.
    assertRefused(from("203.0.113.2", user.api()).get("?per_page=1"), 720);
    String second = server.bean(UserAccounts.class).addPassword(user.login(), "second").password();
    from("203.0.113.1", server.login(user.login(), second)).get("?per_page=1").assertOk();
  }

  @Test
  void anAddressIsCountedBeforeTheLogin() {
    User user = server.user("support_agent");
    for (int i = 1; i <= 12; i++) {
      HttpApi some = i % 2 == 0 ? server.anonymous() : server.login(user.login(), "wrong" + i);
      Answer answer = from("2001:db8:0:1::" + i, some).get("?per_page=1");
      answer.assertError(401, "rest_forbidden_context");
      assertEquals(12 - i, left(answer)[0]);
    }
    HttpApi same = from("2001:db8:0:1::ffff", user.api());
    assertRefused(same.get("?per_page=1"), 300);
    assertRefused(same.get("?per_page=x"), 300);
    assertRefused(same.post("", HttpApi.ticket("a@example.org")), 300);
    for (String path : new String[] {"/wp-json/", "/wp-json/kbs/v1"}) {
      assertEquals("", same.send("GET", path, null, null).assertOk().header("RateLimit"));
    }
    assertEquals("", same.send("OPTIONS", TICKETS, null, null).assertOk().header("RateLimit"));
    from("2001:db8:0:2::1", user.api()).get("?per_page=1").assertOk();
  }

  @Test
  void everyOperationThatNeedsALoginHasRates() {
    HttpApi spent = server.user("support_manager").api();
    for (int i = 1; i <= 5; i++) {
      from("203.0.113.10", spent).get("?per_page=1").assertOk();
    }
    for (int i = 1; i <= 12; i++) {
      from("203.0.113.11", server.anonymous()).get("?per_page=1");
    }
    HttpApi other = server.user("support_manager").api();
    List<Operation> operations =
        Contract.packaged().operations().stream().filter(Operation::takesLogin).toList();
    for (int i = 0; i < operations.size(); i++) {
      Answer ofPassword =
          OperationRequest.send(from("203.0.113." + (100 + i), spent), operations.get(i), "1");
      assertRefused(ofPassword, 720);
      assertArrayEquals(new int[] {11, 0}, left(ofPassword), ofPassword::toString);
      Answer ofAddress = OperationRequest.send(from("203.0.113.11", other), operations.get(i), "1");
      assertRefused(ofAddress, 300);
      assertArrayEquals(new int[] {0, -1}, left(ofAddress), ofAddress::toString);
    }
  }

  @Test
  void whatIsWrongWithARequestCountsAsWell() {
    User user = server.user("support_agent");
    Answer answer = from("203.0.113.3", user.api()).get("?per_page=x");
    answer.assertError(400, "rest_invalid_param");
    assertEquals(11, left(answer)[0]);
  }

  @Test
  void withoutARateThereAreNoHeaders() {
    Answer answer = TestServer.fresh().user("support_agent").api().get("?per_page=1").assertOk();
    assertEquals("", answer.header("RateLimit") + answer.header("RateLimit-Policy"));
  }
}
