package io.kbsserver.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The watch sees what it is there for. */
class SpecWatchTest {

  private static final String TICKET = "/wp-json/kbs/v1/tickets/7";

  private final Spec spec = Spec.packaged();
  private final SpecCoverage coverage = new SpecCoverage(spec);
  private final SpecWatch watch = new SpecWatch(spec, coverage);

  @Test
  void anAnswerThatIsInTheContractIsNoFinding() {
    assertFinds("", TICKET, ticket -> {});
    assertFinds("", TICKET, ticket -> ticket.putNull("form_data"));
    assertFinds("", TICKET + "?_embed", ticket -> ticket.putObject("_embedded"));
    assertFinds("", TICKET + "?_fields=id", ticket -> ticket.retain("id"));
    assertFinds("", "/?rest_route=/KBS/v1/tickets/7/", ticket -> {});
    assertTrue(coverage.reached().contains("getTicket: 200 as application/json"));
    assertTrue(coverage.reached().contains("getTicket: parameter _fields (query)"));
  }

  @Test
  void whatTheContractDoesNotSayIsAFinding() {
    assertFinds("'secret' is not defined", TICKET, ticket -> ticket.put("secret", 1));
    assertFinds(
        "'x' is not defined", TICKET, ticket -> ticket.withObject("/ticket_data").put("x", 1));
    assertFinds("'_embedded' is not", TICKET, ticket -> ticket.putObject("_embedded"));
    assertFinds("'date' not found", TICKET, ticket -> ticket.remove("date"));
    assertFinds("null found", TICKET, ticket -> ticket.putNull("date"));
    assertFinds("integer expected", TICKET, ticket -> ticket.put("id", "7"));
    assertFinds("pattern", TICKET, ticket -> ticket.put("date", "2026-01-02 03:04:05"));
    assertFinds("null found", TICKET + "?_fields=date", ticket -> ticket.putNull("date"));
    assertFinds("array expected", "/wp-json/kbs/v1/tickets", ticket -> {});
  }

  @Test
  void statusTypeAndHeadersAreHeldAgainstTheContract() {
    String body = ticket(ticket -> {});
    assertFinds("getTicket has no response 201", get(TICKET, 201, Map.of(), body));
    assertFinds("has no 200 of type text/html", get(TICKET, 200, type("text/html"), body));
    assertFinds(
        "has no header X-Debug", get(TICKET, 200, Map.of("X-Debug", List.of("secret")), body));
    assertFinds(
        "integer expected",
        get("/wp-json/kbs/v1/tickets", 200, Map.of("X-WP-Total", List.of("many")), "[]"));
    assertFinds("no such operation", get("/wp-json/kbs/v1/nothing", 200, Map.of(), "{}"));
    assertFinds("no JSON", get(TICKET, 200, Map.of(), "<html>"));
    assertFinds("'message' not found", get("/wp-json/x", 404, Map.of(), "{\"code\":\"x\"}"));
  }

  @Test
  void aFileIsToldFromWhateverElseMayBeSent() {
    String file = TICKET + "/files/8";
    Map<String, List<String>> headers =
        new HashMap<>(
            Map.of(
                "Content-Disposition", List.of("attachment; filename=\"a.txt\""),
                "ETag", List.of("\"a\""),
                "Content-Type", List.of("text/plain")));
    assertFinds("", get(file, 200, headers, "A text"));
    headers.put("Content-Type", List.of("application/json"));
    assertFinds("downloadTicketFile 200 is JSON", get(file, 200, headers, "{}"));
    headers.put("Content-Type", List.of("text/plain"));
    for (String needed : List.of("Content-Disposition", "ETag")) {
      List<String> value = headers.remove(needed);
      assertFinds("downloadTicketFile 200 has no " + needed, get(file, 200, headers, "A text"));
      headers.put(needed, value);
    }
  }

  @Test
  void whatTheContractDoesNotAllowMustNotBeAccepted() {
    String list = "/wp-json/kbs/v1/tickets";
    for (String query :
        List.of("page=0", "per_page=101", "order=up", "include=1,x", "user=x", "offset=x")) {
      String name = query.split("=")[0];
      assertFinds(name + " is not allowed", get(list + "?" + query, 200, Map.of(), "[]"));
    }
    for (String query :
        List.of("page=2", "include=1,+2", "status=", "include[]=x", "offset=5.0", "other=x")) {
      assertFinds("", get(list + "?" + query, 200, Map.of(), "[]"));
    }
    assertFinds("idOrNumber is not", "/wp-json/kbs/v1/tickets/" + "1".repeat(16_385), ticket -> {});
    assertFinds("department is not", post("{\"department\":\"sales\"}", Map.of()));
    assertFinds("customer_phone1 is not", post("{\"customer_phone1\":[7]}", Map.of()));
    assertFinds("department is not", post("department=sales", Map.of()));
    Map<String, List<String>> ignored = Map.of("Kbs-Ignored-Parameters", List.of("department"));
    assertFinds("", post("{\"department\":\"sales\"}", ignored));
    assertFinds("", post("{\"department\":\"7\",\"customer_phone1\":7}", Map.of()));
    assertFinds("", post("{\"department\":0,\"other\":[]}", Map.of()));
  }

  @Test
  void anEnvelopeIsOpened() {
    String wrapped = "{\"status\":418,\"headers\":{},\"body\":" + ticket(ticket -> {}) + "}";
    assertFinds("no response 418", get(TICKET + "?_envelope", 200, Map.of(), wrapped));
    assertFinds("", get(TICKET + "?_envelope", 200, Map.of(), wrapped.replace("418", "200")));
    assertFinds("not defined", get(TICKET, 200, Map.of(), wrapped));
  }

  @Test
  void whatWasRefusedWasNotReached() {
    String error = error("rest_invalid_param", 400, "rest_out_of_bounds");
    assertFinds("", get("/wp-json/kbs/v1/tickets?page=0", 400, Map.of(), error));
    assertTrue(coverage.reached().contains("listTickets: 400 as application/json"));
    assertFalse(coverage.reached().contains("listTickets: parameter page (query)"));
  }

  @Test
  void codesAreExplainedWithTheirStatus() {
    String list = "/wp-json/kbs/v1/tickets?page=0";
    assertFinds(
        "explains no rest_invalid_param with 403",
        get(list, 403, Map.of(), error("rest_invalid_param", 403, "rest_out_of_bounds")));
    assertFinds(
        "explains no rest_made_up with 400",
        get(list, 400, Map.of(), error("rest_made_up", 400, "rest_out_of_bounds")));
    assertFinds(
        "explains no rest_no_route of one parameter",
        get(list, 400, Map.of(), error("rest_invalid_param", 400, "rest_no_route")));
    assertFinds(
        "explains no rest_forbidden with 404",
        get("/wp-json/x", 404, Map.of(), error("rest_forbidden", 404, "rest_out_of_bounds")));
  }

  private static String error(String code, int status, String detail) {
    return """
        {"code": "%s", "message": "x", "data": {"status": %d, "params": {"page": "x"},
         "details": {"page": {"code": "%s", "message": "x", "data": null}}}}"""
        .formatted(code, status, detail);
  }

  private void assertFinds(String finding, String target, Consumer<ObjectNode> change) {
    assertFinds(finding, get(target, 200, Map.of(), ticket(change)));
  }

  private void assertFinds(String finding, Exchange exchange) {
    List<String> findings = watch.findings(exchange);
    assertEquals(finding.isEmpty(), findings.isEmpty(), findings::toString);
    assertTrue(findings.toString().contains(finding), findings::toString);
  }

  private String ticket(Consumer<ObjectNode> change) {
    ObjectNode ticket = spec.root().at("/components/examples/Ticket/value").deepCopy();
    change.accept(ticket);
    return ticket.toString();
  }

  private Exchange post(String body, Map<String, List<String>> more) {
    Map<String, List<String>> headers = new HashMap<>(type("application/json"));
    headers.putAll(more);
    String type = body.startsWith("{") ? "application/json" : "application/x-www-form-urlencoded";
    return new Exchange(
        "POST", "/wp-json/kbs/v1/tickets", type(type), body, 200, headers, ticket(ticket -> {}));
  }

  private static Map<String, List<String>> type(String type) {
    return Map.of("Content-Type", List.of(type));
  }

  private static Exchange get(
      String target, int status, Map<String, List<String>> more, String body) {
    Map<String, List<String>> headers = new HashMap<>(type("application/json; charset=UTF-8"));
    headers.putAll(more);
    return new Exchange("GET", target, Map.of(), null, status, headers, body);
  }
}
