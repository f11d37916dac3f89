package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.FORM;
import static io.kbsserver.http.HttpApi.JSON;
import static io.kbsserver.http.HttpApi.TICKETS;
import static io.kbsserver.http.HttpApi.fields;
import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kbsserver.contract.ContractFile;
import io.kbsserver.http.TestServer.User;
import io.kbsserver.rest.ChangedContract;
import io.kbsserver.testing.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Marking something in the contract is enough for its answers to say so. */
class DeprecationTest {

  private static final String ROUTE = "/paths/~1kbs~1v1~1tickets";

  private static TestServer server;
  private static HttpApi api;
  private static String path;

  @BeforeAll
  static void start() {
    JsonNode contract = ContractFile.read(ChangedContract.packaged());
    // Whatever the contract marks itself is not what is tested here.
    contract.findParents("deprecated").forEach(place -> ((ObjectNode) place).remove("deprecated"));
    mark(contract.at(ROUTE + "~1{idOrNumber}/put"), "2026-01-02", "2027-01-02");
    for (JsonNode parameter : contract.at(ROUTE + "/get/parameters")) {
      if (parameter.path("name").asText().equals("company")) {
        mark(parameter, "2026-03-04", "2026-11-30");
      }
    }
    mark(
        contract.at("/components/schemas/TicketUpdate/properties/delete_category"),
        "2025-12-31",
        "2028-02-29");
    server =
        TestServer.on(
            TestDatabase.get().createMigratedSchema("http_deprecation"),
            Map.of(ChangedContract.TEXT, contract.toString()));
    User manager = server.user("support_manager");
    api = manager.api();
    path = TICKETS + "/" + api.post("", ticket("deprecation@example.org")).assertOk().id();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void mark(JsonNode place, String since, String sunset) {
    ((ObjectNode) place)
        .put("deprecated", true)
        .put("x-deprecated-since", since)
        .put("x-sunset", sunset);
  }

  @Test
  void everyAnswerOfAnOperationSaysThatItIsDeprecated() {
    assertDeprecatedPut(api.send("PUT", path, JSON, "{}").assertOk());
    assertDeprecatedPut(api.send("PUT", path, JSON, "{"));
    assertDeprecatedPut(api.send("PUT", path, JSON, "{\"agent\": \"nobody\"}"));
    assertDeprecatedPut(api.send("PUT", path + "?_envelope", JSON, "{}").assertOk());
    assertDeprecatedPut(api.send("POST", path + "?_method=PUT", JSON, "{}").assertOk());
    assertDeprecatedPut(api.send("PUT", TICKETS + "/99999999", JSON, "{}"));
    assertDeprecatedPut(server.anonymous().send("PUT", path, JSON, "{}"));
    assertDeprecatedPut(server.user("support_customer").api().send("PUT", path, JSON, "{}"));
  }

  private static void assertDeprecatedPut(Answer answer) {
    assertDeprecated(answer, "@1767312000", "Sat, 02 Jan 2027 00:00:00 GMT");
  }

  @Test
  void otherOperationsSayNothing() {
    assertSilent(api.send("GET", path, null, null).assertOk());
    assertSilent(api.send("PATCH", path, JSON, "{}").assertOk());
    assertSilent(api.send("POST", path, JSON, "{}").assertOk());
    assertSilent(api.send("OPTIONS", path, null, null).assertOk());
    assertSilent(api.send("GET", "/wp-json/nowhere", null, null));
  }

  @Test
  void aParameterIsDeprecatedWhereItIsUsed() {
    for (String query : new String[] {"?company=12", "?company=x", "?company="}) {
      Answer answer = api.get(query);
      assertDeprecated(answer, "@1772582400", "Mon, 30 Nov 2026 00:00:00 GMT");
    }
    assertSilent(api.get("").assertOk());
    assertSilent(api.get("?agent=12").assertOk());
    assertSilent(api.preferring("lenient").get("?x=company").assertOk());
    // The same name, but a field of another operation.
    assertSilent(api.send("PATCH", path + "?company=12", JSON, "{}"));
  }

  @Test
  void aFieldOfTheBodyIsDeprecatedWhereItIsUsed() {
    String since = "@1767139200";
    String sunset = "Tue, 29 Feb 2028 00:00:00 GMT";
    String json = HttpApi.json(fields("delete_category", 1));
    assertDeprecated(api.send("PATCH", path, JSON, json), since, sunset);
    assertDeprecated(api.send("POST", path, FORM, "delete_category=1"), since, sunset);
    assertDeprecated(api.send("POST", path + "?delete_category=1", null, null), since, sunset);
    assertSilent(api.json("PATCH", path.substring(TICKETS.length()), fields("status", "hold")));
    assertSilent(
        api.preferring("lenient")
            .post("", ticket("unused@example.org", "delete_category", 1))
            .assertOk());
  }

  @Test
  void theEarliestDatesWin() {
    String json = HttpApi.json(fields("delete_category", 1));
    Answer answer = api.send("PUT", path, JSON, json);
    assertDeprecated(answer, "@1767139200", "Sat, 02 Jan 2027 00:00:00 GMT");
  }

  @Test
  void nothingIsSaidWhereNothingIsDeprecated() {
    assertSilent(api.get("?customer=12").assertOk());
    assertSilent(api.send("POST", path, JSON, "{}").assertOk());
  }

  @Test
  void theContractThatIsServedHasTheMarks() {
    Answer contract = server.anonymous().send("GET", "/openapi.json", null, null).assertOk();
    String put = "/paths/~1kbs~1v1~1tickets~1{idOrNumber}/put";
    assertEquals("2027-01-02", contract.json().at(put + "/x-sunset").asText());
  }

  private static void assertDeprecated(Answer answer, String since, String sunset) {
    assertEquals(since, answer.header("Deprecation"), answer::toString);
    assertEquals(sunset, answer.header("Sunset"), answer::toString);
    assertTrue(exposed(answer).endsWith(", Deprecation, Sunset"), answer::toString);
  }

  private static void assertSilent(Answer answer) {
    assertEquals("", answer.header("Deprecation"), answer::toString);
    assertEquals("", answer.header("Sunset"), answer::toString);
    assertFalse(exposed(answer).contains("Deprecation"), answer::toString);
  }

  private static String exposed(Answer answer) {
    return answer.header("Access-Control-Expose-Headers");
  }
}
