package io.kbsserver.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionUrlTest {

  @Test
  void eachHostHasAnUrlOfItsOwn() {
    assertHosts("db:3306", "db:3306");
    assertHosts("a:3306,b,c:3308", "a:3306", "b", "c:3308");
    assertHosts("[::1]:3306,[fd00::2]", "[::1]:3306", "[fd00::2]");
    assertHosts(
        "(host=a,port=3307),(port=3308,host=b)", "(host=a,port=3307)", "(port=3308,host=b)");
    assertHosts("address=(host=a)(port=3307),b", "address=(host=a)(port=3307)", "b");
  }

  @Test
  void whatElseTheUrlSaysIsOfEach() {
    List<ConnectionUrl> each = ConnectionUrl.parse("jdbc:mysql://a,b/kbs?sslMode=REQUIRED").each();
    for (ConnectionUrl url : each) {
      assertEquals("kbs", url.schema());
      assertEquals("REQUIRED", url.options().get("sslMode"));
    }
    assertEquals(2, each.size());
  }

  private static void assertHosts(String hosts, String... each) {
    List<String> found =
        ConnectionUrl.parse("jdbc:mysql://" + hosts + "/kbs").each().stream()
            .map(ConnectionUrl::hosts)
            .toList();
    assertEquals(List.of(each), found);
  }
}
