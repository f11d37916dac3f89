package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.FORM;
import static io.kbsserver.http.HttpApi.JSON;
import static io.kbsserver.http.HttpApi.TICKETS;
import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.http.TestServer.User;
import io.kbsserver.mock.MockServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server refuses of a request, the mock refuses in the same words. */
class MockRefusalsTest {

  private static MockServer mock;
  private static HttpApi mocked;
  private static HttpApi server;
  private static long id;

  @BeforeAll
  static void start() {
    User manager = TestServer.fresh().user("support_manager");
    server = manager.api();
    id = server.post("", ticket("refusals@example.org")).assertOk().id();
    mock = MockServer.start("localhost", 0);
    mocked = new HttpApi("http://localhost:" + mock.port(), "any", "login");
  }

  @AfterAll
  static void stop() {
    mock.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?per_page=500&order=up&status[]=open",
        "?order=up&orderby=colour&status=sold",
        "?include=1,x&agent=-1",
        "?page=0",
        "?per_pge=5&_locale=user&foo=",
        "?search[]=x",
        "?after=yesterday",
        "?page=1&page=2",
        "?_jsonp=f",
        "/1%002?context[]=edit",
        "/FOO",
        "/KBS1DE",
        "/HH-1001",
        "/0",
        "/9999999999999999999",
        "?%FF=1"
      })
  void aQuery(String query) {
    assertSame("GET", TICKETS + query, null, null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PUT|/ID|" + JSON + "|{'department': 'sales', 'titel': 'x'}",
        "PATCH|/ID|" + JSON + "|{'titel': 'x', 'status': 'open', 'id': 7}",
        "POST|/ID|" + JSON + "|{'status': ['open']}",
        "POST|/ID|" + JSON + "|{'status':",
        "POST|/ID|" + JSON + "|[1, 2]",
        "POST|/ID|text/plain|x",
        "POST|/ID|" + FORM + "|status=%FF",
        "POST|/ID|" + FORM + "|company=x&status=open&status=hold",
        "POST||" + JSON + "|{}",
        "POST||" + FORM + "|ticket_title=a&ticket_content=b&customer_first=c&customer_last=d",
        "DELETE|/ID|" + JSON + "|",
        "PUT||" + JSON + "|{}",
        "PATCH|/FOO|" + JSON + "|{'status': 'open'}",
      })
  void aBody(String method, String path, String type, String body) {
    String address = TICKETS + (path == null ? "" : path.replace("ID", Long.toString(id)));
    assertSame(method, address, type, body == null ? null : body.replace('\'', '"'));
  }

  @Test
  void aStranger() {
    HttpApi nobody = new HttpApi("http://localhost:" + mock.port(), null, null);
    for (String path : new String[] {"", "?per_page=x", "/7", "/a.b"}) {
      Answer refusal = TestServer.fresh().anonymous().get(path);
      assertEquals(refusal.json(), nobody.get(path).json());
      assertTrue(refusal.status() >= 400, refusal::toString);
    }
  }

  private static void assertSame(String method, String address, String type, String body) {
    Answer refusal = server.send(method, address, type, body);
    Answer mocks = mocked.send(method, address, type, body);
    assertTrue(refusal.status() >= 400, refusal::toString);
    assertEquals(refusal.status(), mocks.status(), mocks::toString);
    assertEquals(refusal.json(), mocks.json());
  }
}
