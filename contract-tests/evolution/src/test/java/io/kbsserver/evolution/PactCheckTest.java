package io.kbsserver.evolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.kbsserver.spec.Expectations;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is wrong with a pact is found, with its line; what is fine is not. */
class PactCheckTest {

  private static final Edition WORKING = Edition.read(Edition.WORKING);
  private static final String TICKET = "/components/schemas/Ticket";
  private static final String CREATE = "/components/schemas/TicketCreate";
  private static final String LIST = "/paths/~1kbs~1v1~1tickets/get";

  /** A pact without a finding, of version 3. */
  private static final String PACT =
      """
      {
        "provider": {"name": "kbs-server"},
        "consumer": {"name": "shop"},
        "interactions": [
          {
            "description": "a list",
            "request": {
              "method": "GET",
              "path": "/wp-json/kbs/v1/tickets",
              "headers": {"Authorization": "Basic bG9naW46cGFzcw=="},
              "query": {
                "per_page": ["100"]
              }
            },
            "response": {
              "status": 200,
              "headers": {
                "Content-Type": "application/json; charset=UTF-8",
                "X-WP-Total": "1"
              },
              "body": [
                {
                  "id": 7,
                  "status": "open",
                  "ticket_data": {
                    "number": "KBS1010"
                  }
                }
              ],
              "matchingRules": {
                "body": {"$[*].id": {"matchers": [{"match": "type"}]}}
              }
            }
          },
          {
            "description": "a question",
            "request": {
              "method": "POST",
              "path": "/wp-json/kbs/v1/tickets",
              "headers": {
                "Content-Type": "application/json",
                "Prefer": "handling=strict",
                "Authorization": "Basic bG9naW46cGFzcw=="
              },
              "body": {
                "ticket_title": "Toner",
                "ticket_content": "No pink any more.",
                "customer_email": "nina@example.com",
                "customer_first": "Nina",
                "customer_last": "Newman",
                "department": 8
              }
            },
            "response": {
              "status": 200,
              "body": {
                "replies": 0
              }
            }
          }
        ],
        "metadata": {"pactSpecification": {"version": "3.0.0"}}
      }
      """;

  /** The same in short, of version 2, where queries and rules are written otherwise. */
  private static final String PACT_2 =
      """
      {
        "provider": {"name": "kbs-server"},
        "consumer": {"name": "shop"},
        "interactions": [
          {
            "description": "a list",
            "provider_state": "there are tickets",
            "request": {
              "method": "get",
              "path": "/wp-json/kbs/v1/tickets",
              "headers": {"Authorization": "basic bG9naW46cGFzcw=="},
              "query": "per_page=100&status%5B%5D=open"
            },
            "response": {
              "status": 200,
              "body": [
                {
                  "id": 7
                }
              ],
              "matchingRules": {"$.body[*].id": {"match": "type"}}
            }
          }
        ],
        "metadata": {"pactSpecification": {"version": "2.0.0"}}
      }
      """;

  /** A pact of version 4, where bodies have a type of their own. */
  private static final String PACT_4 =
      """
      {
        "provider": {"name": "kbs-server"},
        "consumer": {"name": "shop"},
        "interactions": [
          {
            "type": "Synchronous/HTTP",
            "key": "1",
            "description": "a ticket to be closed",
            "request": {
              "method": "POST",
              "path": "/wp-json/kbs/v1/tickets/7",
              "headers": {
                "Authorization": ["Basic bG9naW46cGFzcw=="],
                "Content-Type": ["application/json"]
              },
              "body": {
                "contentType": "application/json",
                "encoded": false,
                "content": {
                  "status": "closed"
                }
              }
            },
            "response": {
              "status": 200,
              "headers": {"Content-Type": ["application/json"]},
              "body": {
                "contentType": "application/json",
                "encoded": false,
                "content": {
                  "id": 7,
                  "status": "closed"
                }
              }
            }
          }
        ],
        "metadata": {"pactSpecification": {"version": "4.0"}}
      }
      """;

  /** A pact of messages, of version 3. */
  private static final String MESSAGES =
      """
      {
        "provider": {"name": "kbs-server"},
        "consumer": {"name": "shop"},
        "messages": [
          {
            "description": "a new ticket",
            "contents": {
              "type": "ticket.created",
              "data": {
                "id": 42,
                "ticket": {
                  "status": "new"
                }
              }
            },
            "metaData": {
              "contentType": "application/json",
              "webhook-id": "msg_5_4711"
            },
            "matchingRules": {"body": {"$.data.id": {"matchers": [{"match": "type"}]}}}
          }
        ],
        "metadata": {"pactSpecification": {"version": "3.0.0"}}
      }
      """;

  /** The same in short, of version 4. */
  private static final String MESSAGES_4 =
      """
      {
        "provider": {"name": "kbs-server"},
        "consumer": {"name": "shop"},
        "interactions": [
          {
            "type": "Asynchronous/Messages",
            "key": "1",
            "description": "a new ticket",
            "contents": {
              "contentType": "application/json",
              "encoded": false,
              "content": {
                "data": {
                  "id": 42
                }
              }
            },
            "metadata": {
              "webhook-id": "msg_5_4711"
            }
          }
        ],
        "metadata": {"pactSpecification": {"version": "4.0"}}
      }
      """;

  /**
   * A change of a pact.
   *
   * @param to what takes the place of {@code from}; the finding is on the line where it begins
   * @param message what has to be said; empty where nothing has
   */
  private record Mutation(String pact, String from, String to, String message) {

    void check() {
      int start = pact.indexOf(from);
      assertTrue(start >= 0, from);
      String changed = pact.substring(0, start) + to + pact.substring(start + from.length());
      long line = pact.substring(0, start).lines().count();
      List<String> findings = findings(WORKING, changed);
      assertEquals(message.isEmpty() ? 0 : 1, findings.size(), findings::toString);
      if (!message.isEmpty()) {
        String finding = findings.get(0);
        assertTrue(finding.startsWith("shop.json:" + line + ": shop in \"a "), finding);
        assertTrue(finding.contains(message), finding);
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> whatTheContractDoesNotPromiseIsFound() {
    return Stream.of(
            wrong("\"replies\": 0", "\"answers\": 0", "expects answers, which the contract does"),
            wrong("\"number\": \"KBS1010\"", "\"colour\": 1", "expects [0].ticket_data.colour, "),
            wrong("\"id\": 7", "\"id\": \"7\"", "[0].id = \"7\", and the contract says: string fo"),
            wrong("\"replies\": 0", "\"replies\": null", "null found, integer expected"),
            wrong("\"per_page\": [\"100\"]", "\"colour\": [\"x\"]", "sends colour, which the"),
            wrong("\"per_page\": [\"100\"]", "\"per_page\": [\"101\"]", "maximum value of 100"),
            wrong("\"per_page\": [\"100\"]", "\"order\": [\"up\"]", "sends order = \"up\", and"),
            wrong("\"department\": 8", "\"colour\": 8", "sends colour, which the contract"),
            wrong("\"department\": 8", "\"department\": \"sales\"", "sends department = \"sales\""),
            wrong("\"X-WP-Total\"", "\"X-Colour\"", "expects the header X-Colour, which"),
            wrong("\"X-WP-Total\": \"1\"", "\"X-WP-Total\": \"x\"", "X-WP-Total = \"x\", and the"),
            wrong("\"application/json; charset=UTF-8\"", "\"text/html\"", "expects text/html, and"),
            wrong("\"application/json\",", "\"text/plain\",", "sends text/plain, and createTicket"),
            wrong(
                "\"Authorization\": \"Basic bG9naW46cGFzcw==\"}",
                "\"Authorization\": \"Bearer t0ken\"}",
                "logs in with Bearer, and listTickets asks for basic"),
            of(PACT_2, "\"per_page=100", "\"colour=1", "sends colour, which the contract"),
            of(PACT_2, "\"id\": 7", "\"colour\": 7", "expects [0].colour, which the contract"),
            of(PACT_2, "\"status\": 200", "\"status\": 418", "expects 418, which listTickets does"),
            of(PACT_2, "\"path\": \"/wp-json/kbs/v1/t", "\"path\": \"/wp-json/x", "asks GET /wp-"),
            of(PACT_4, "\"id\": 7", "\"colour\": 7", "expects colour, which the contract does"),
            of(PACT_4, "\"status\": \"closed\"\n", "\"colour\": 7\n", "sends colour, which"),
            of(PACT_4, "\"path\": \"/wp-json/kbs/v1/tickets/7\"", longPath(), "16,384 characters"),
            of(PACT_4, "\"Synchronous/HTTP\"", "\"Asynchronous/Messages\"", "no exchange over"),
            of(PACT_4, "\"Synchronous/HTTP\"", "\"Synchronous/Messages\"", "no exchange over"),
            of(MESSAGES, "\"id\": 42", "\"colour\": 7", "expects data.colour, which the contract"),
            of(MESSAGES, "\"id\": 42", "\"id\": \"42\"", "data.id = \"42\", and the contract says"),
            of(MESSAGES, "\"status\": \"new\"", "\"status\": 7", "data.ticket.status = 7, and the"),
            of(MESSAGES, "\"webhook-id\"", "\"webhook-colour\"", "expects the header webhook-col"),
            of(MESSAGES, "\"application/json\"", "\"text/html\"", "expects text/html, and the"),
            of(
                MESSAGES_4,
                "\"id\": 42",
                "\"colour\": 7",
                "expects data.colour, which the contract"),
            of(MESSAGES_4, "\"webhook-id\"", "\"webhook-colour\"", "expects the header webhook-"))
        .map(mutation -> dynamicTest(mutation.from() + " > " + mutation.to(), mutation::check));
  }

  @TestFactory
  Stream<DynamicTest> whatItPromisesIsNot() {
    return Stream.of(
            fine("\"per_page\": [\"100\"]", "\"per_page\": [\"\"]"),
            fine("\"per_page\": [\"100\"]", "\"_embed\": [\"agent\"]"),
            fine("\"per_page\": [\"100\"]", "\"status[]\": [\"open\", \"hold\"]"),
            fine("\"per_page\": [\"100\"]", "\"include\": [\"1,2\"]"),
            fine("\"department\": 8", "\"department\": \"8\""),
            fine("\"department\": 8", "\"department\": null"),
            fine("\"X-WP-Total\"", "\"x-wp-total\""),
            fine("\"X-WP-Total\": \"1\"", "\"Link\": \"<http://example.com>; rel=next\""),
            fine("\"status\": \"open\",", " "),
            fine("/wp-json/kbs/v1/tickets\"", "/wp-json/KBS/v1/tickets/\""),
            of(PACT_2, "\"method\": \"get\"", "\"method\": \"GET\"", ""),
            of(MESSAGES, "\"id\": 42", "\"webhook\": 5", ""),
            of(MESSAGES_4, "\"id\": 42", "\"webhook\": 5", ""),
            of(PACT_4, "\"id\": 7", "\"ticket_data\": {\"resolved_date\": null}", ""))
        .map(mutation -> dynamicTest(mutation.from() + " > " + mutation.to(), mutation::check));
  }

  @Test
  void whatIsRefusedMayBeWrong() {
    String refused =
        PACT.replace("[\"100\"]", "[\"500\"]")
            .replaceFirst("\"status\": 200", "\"status\": 400")
            .replaceFirst("(?s)\"body\": \\[.*?],", "\"body\": {\"code\": \"rest_invalid_param\"},")
            .replace("\"X-WP-Total\": \"1\"", "\"Allow\": \"GET\"");
    assertEquals(List.of(), findings(WORKING, refused));
    assertFinds("expects codes, which", WORKING, refused.replace("\"code\"", "\"codes\""));
  }

  @Test
  void whatIsPendingBreaksNobody() {
    String wrong = PACT_4.replace("\"id\": 7", "\"colour\": 7");
    assertEquals(List.of("shop"), consequences(wrong).victims());
    String pending = wrong.replace("\"key\": \"1\"", "\"pending\": true");
    Consequences consequences = consequences(pending);
    assertEquals(List.of(), consequences.victims());
    String finding = "shop.json:31: shop in \"a ticket to be closed\" expects colour, which";
    assertTrue(consequences.pending().get("shop").get(0).startsWith(finding));
    assertTrue(consequences.text().contains("shop: not affected\n    pending: " + finding));
    PactCoverage coverage =
        PactCoverage.ofAnswers(
            WORKING.expectations(), List.of(PactFile.parse("shop.json", pending)));
    assertEquals(coverage.consumers().size(), coverage.missing().size());
  }

  private static Consequences consequences(String pact) {
    Gate gate = new Gate(List.of(WORKING), "", LocalDate.of(2026, 6, 1));
    return Consequences.of(WORKING, List.of(PactFile.parse("shop.json", pact)), gate);
  }

  @Test
  void whatIsNoPactIsNamed() {
    for (String text : List.of("[]", "\"pact\"", PACT.replace("3.0.0", "three"))) {
      Unjudgeable why =
          assertThrows(Unjudgeable.class, () -> PactFile.parse("shop.json", text), text);
      assertEquals("shop.json is no pact", why.getMessage());
    }
  }

  @Test
  void whoDoesNotLogInIsNotAnswered() {
    String pact = PACT_2.replaceFirst("\"headers\": .*", "");
    assertFinds(
        "shop.json:8: shop in \"a list\" does not log in, and listTickets asks for basic",
        WORKING,
        pact);
    String refused =
        pact.replace("\"status\": 200", "\"status\": 401")
            .replaceFirst("(?s)\"body\": \\[.*?],", "\"body\": {\"code\": \"rest_forbidden\"},");
    assertEquals(List.of(), findings(WORKING, refused));
    Edition open = Edit.of(WORKING, Edit.add(LIST + "/security", "[]"));
    assertEquals(List.of(), findings(open, pact));
    assertFinds("expects 401 without a login, and listTickets is open to everybody", open, refused);
    Edition free = Edit.of(WORKING, Edit.set("/security", "[{}]"));
    assertEquals(List.of(), findings(free, pact));
    assertFinds("expects 401 without a login, and listTickets is open to everybody", free, refused);
  }

  @Test
  void anotherLoginIsFound() {
    String schemes = "/components/securitySchemes";
    String scheme = schemes + "/applicationPassword";
    Edit key = Edit.add(schemes + "/key", "{type: apiKey, in: header, name: X-Key}");
    String asked = "with basic, and listTickets asks for ";
    assertFinds(asked + "bearer", Edit.of(WORKING, Edit.set(scheme + "/scheme", "bearer")), PACT_2);
    assertFinds(
        asked + "oauth2", Edit.of(WORKING, Edit.set(scheme, "{type: oauth2, flows: {}}")), PACT_2);
    for (String in : List.of("header", "query", "cookie")) {
      Edit asks = Edit.set(scheme, "{type: apiKey, in: %s, name: search}".formatted(in));
      assertFinds(asked + "the " + in + " search", Edit.of(WORKING, asks), PACT_2);
    }
    Edit both = Edit.set("/security", "[{applicationPassword: [], key: []}]");
    assertFinds(asked + "basic and the header X-Key", Edit.of(WORKING, key, both), PACT_2);
    Edit either = Edit.append("/security", "{key: []}");
    assertEquals(List.of(), findings(Edit.of(WORKING, key, either), PACT_2));
    String given = PACT_2.replaceFirst("\"headers\": .*", "\"headers\": {\"x-key\": \"k\"},");
    assertEquals(List.of(), findings(Edit.of(WORKING, key, either), given));
    Edit cookie = Edit.set(scheme, "{type: apiKey, in: cookie, name: session}");
    String cookies =
        PACT_2.replaceFirst("\"headers\": .*", "\"headers\": {\"Cookie\": \"a=b; session=c\"},");
    assertEquals(List.of(), findings(Edit.of(WORKING, cookie), cookies));
    Edit query = Edit.set(scheme, "{type: apiKey, in: query, name: per_page}");
    assertEquals(List.of(), findings(Edit.of(WORKING, query), PACT_2));
  }

  @Test
  void anotherBasePathIsFound() {
    for (String servers :
        List.of(
            "[{url: /wp-json/}]",
            "[{url: 'https://desk.example.com/wp-json'}, {url: /api}]",
            "[{url: '{host}/{base}', variables: {host: {default: 'https://example.com'}, base:"
                + " {default: wp-json}}}]")) {
      assertEquals(List.of(), findings(Edit.of(WORKING, Edit.set("/servers", servers)), PACT));
    }
    String message = "asks /wp-json/kbs/v1/tickets, and the contract says: below /api";
    assertFinds(message, Edit.of(WORKING, Edit.set("/servers", "[{url: /api}]")), PACT_2);
    assertFinds(message, Edit.of(WORKING, Edit.add(LIST + "/servers", "[{url: /api}]")), PACT);
    Edit none = Edit.set("/servers", "[{url: 'localhost:8080/wp-json'}]");
    assertFinds("says: below localhost:8080/wp-json", Edit.of(WORKING, none), PACT_2);
    String path = "/paths/~1kbs~1v1~1tickets/servers";
    assertFinds(message, Edit.of(WORKING, Edit.add(path, "[{url: /api/}]")), PACT_2);
    assertEquals(
        List.of(), findings(Edit.of(WORKING, Edit.set("/servers", "[{url: /api}]")), MESSAGES));
  }

  @Test
  void oneAnswerForManyStatusesIsOne() {
    String responses = LIST + "/responses";
    String refused =
        PACT_2
            .replace("\"status\": 200", "\"status\": 404")
            .replaceFirst("(?s)\"body\": \\[.*?],", "\"body\": {\"code\": \"rest_no_route\"},");
    for (String general : List.of("4XX", "default")) {
      Edit edit = Edit.rename(responses + "/404", general);
      assertEquals(List.of(), findings(Edit.of(WORKING, edit), refused));
      assertFinds(
          "expects codes, which", Edit.of(WORKING, edit), refused.replace("\"code\"", "\"codes\""));
    }
    Edit others = Edit.rename(responses + "/404", "5XX");
    assertFinds("expects 404, which", Edit.of(WORKING, others), refused);
  }

  @Test
  void aRequiredFieldIsSent() {
    String changed = PACT.replace("\"customer_last\": \"Newman\",", "");
    assertFinds(
        "shop.json:45: shop in \"a question\" sends no customer_last, which", WORKING, changed);
  }

  @Test
  void aBodyOfVersionFourHasATypeOfItsOwn() {
    String type = "\"contentType\": \"application/json\"";
    String bare =
        PACT_4
            .replaceFirst(",\\s+\"Content-Type\": \\[\"application/json\"]", "")
            .replaceFirst("\"headers\": \\{\"Content-Type\": \\[\"application/json\"]},", "");
    assertEquals(List.of(), findings(WORKING, bare));
    String plain = type.replace("json", "xml");
    assertFinds("sends application/xml, and", WORKING, bare.replaceFirst(type, plain));
    int last = bare.lastIndexOf(type);
    assertFinds(
        "expects application/xml, and",
        WORKING,
        bare.substring(0, last) + plain + bare.substring(last + type.length()));
  }

  @Test
  void aTextStandsInForWhatAProviderStateGives() {
    String generators =
        """
        "generators": {
          "body": {"$[0].id": {"type": "ProviderState", "expression": "${ticketId}"}}
        },
        "matchingRules\"""";
    String standIn = PACT.replace("\"id\": 7", "\"id\": \"seven\"");
    assertFinds("string found", WORKING, standIn);
    assertEquals(List.of(), findings(WORKING, standIn.replace("\"matchingRules\"", generators)));
  }

  @Test
  void aProviderStateMayBringTheLogin() {
    String login =
        """
        "generators": {
          "header": {"Authorization": {"type": "ProviderState", "expression": "${authorization}"}}
        },
        "query\"""";
    String standIn = PACT.replaceFirst("Basic bG9naW46cGFzcw==", "a login");
    assertFinds("logs in with a, and", WORKING, standIn);
    assertEquals(List.of(), findings(WORKING, standIn.replace("\"query\"", login)));
  }

  @Test
  void aTextStandsInForWhatAProviderStateGivesInAMessage() {
    String generators =
        """
        "generators": {
          "body": {"$.data.id": {"type": "ProviderState", "expression": "${ticketId}"}}
        },
        "matchingRules\"""";
    String standIn = MESSAGES.replace("\"id\": 42", "\"id\": \"the id\"");
    assertFinds("string found", WORKING, standIn);
    assertEquals(List.of(), findings(WORKING, standIn.replace("\"matchingRules\"", generators)));
  }

  @Test
  void aChangeOfAMessageIsFound() {
    String data = "/components/schemas/WebhookMessageData/properties";
    String sent = "/x-webhooks/change/post/";
    for (Edit edit :
        List.of(
            Edit.remove(data + "/id"),
            Edit.rename(data + "/ticket", "case"),
            Edit.remove(TICKET + "/properties/status"),
            Edit.set(data + "/id/type", "string"),
            Edit.remove("/x-webhooks"),
            contract -> ((ArrayNode) contract.at(sent + "parameters")).remove(0),
            Edit.rename(sent + "requestBody/content/application~1json", "text/xml"))) {
      assertEquals(1, findings(Edit.of(WORKING, edit), MESSAGES).size());
    }
    assertEquals(List.of(), findings(Edit.of(WORKING, Edit.remove(data + "/position")), MESSAGES));
  }

  @Test
  void aChangeOfTheContractIsFound() {
    assertBreaks("expects [0].status, which", Edit.remove(TICKET + "/properties/status"));
    assertBreaks("expects replies", Edit.rename(TICKET + "/properties/replies", "answers"));
    assertBreaks(
        "string expected", Edit.set(TICKET + "/properties/id", "{type: string, description: Id.}"));
    assertBreaks(
        "not have a value in the enumeration",
        Edit.add(TICKET + "/properties/status/enum", "[new, closed]"));
    assertBreaks("sends no colour, which", Edit.append(CREATE + "/required", "colour"));
    assertBreaks("sends department", Edit.remove(CREATE + "/properties/department"));
    assertBreaks(
        "sends no site, which the contract requires",
        Edit.append(
            LIST + "/parameters",
            "{name: site, in: query, required: true, schema: {type: string}}"));
    assertBreaks("expects 200, which list", Edit.remove(LIST + "/responses/200"));
    assertBreaks("header X-WP-Total", Edit.remove(LIST + "/responses/200/headers/X-WP-Total"));
    assertBreaks("asks GET /wp-json/kbs/v1/tickets, which", Edit.remove(LIST));
    assertBreaks(
        "sends per_page = 100, and the contract says",
        Edit.set("/components/parameters/PerPage/schema/maximum", "50"));
  }

  @Test
  void aChangeThatNobodyNoticesIsNot() {
    for (Edit edit :
        List.of(
            Edit.remove(TICKET + "/properties/form_data"),
            Edit.add(TICKET + "/properties/colour", "{type: string}"),
            Edit.drop(TICKET + "/required", "status"),
            Edit.remove(CREATE + "/properties/customer_phone1"),
            Edit.reverseKeys())) {
      assertEquals(List.of(), findings(Edit.of(WORKING, edit), PACT));
    }
  }

  @Test
  void whatMayBeMissingIsNamed() {
    Edition changed = Edit.of(WORKING, Edit.drop(TICKET + "/required", "status"));
    assertEquals(List.of(), notAlwaysThere(WORKING));
    assertEquals(List.of("[].status (may be missing)"), notAlwaysThere(changed));
  }

  private static List<String> notAlwaysThere(Edition contract) {
    Expectations expectations = contract.expectations();
    return PactFile.parse("shop.json", PACT)
        .said()
        .flatMap(said -> said.notAlwaysThere(expectations).stream())
        .toList();
  }

  private static void assertBreaks(String message, Edit edit) {
    assertFinds(message, Edit.of(WORKING, edit), PACT);
  }

  private static void assertFinds(String message, Edition contract, String pact) {
    List<String> findings = findings(contract, pact);
    assertEquals(1, findings.size(), findings::toString);
    assertTrue(findings.get(0).contains(message), findings::toString);
  }

  private static List<String> findings(Edition contract, String pact) {
    Expectations expectations = contract.expectations();
    return PactFile.parse("shop.json", pact)
        .said()
        .flatMap(said -> said.findings(expectations).stream())
        .toList();
  }

  private static Mutation wrong(String from, String to, String message) {
    return new Mutation(PACT, from, to, message);
  }

  private static Mutation fine(String from, String to) {
    return new Mutation(PACT, from, to, "");
  }

  private static Mutation of(String pact, String from, String to, String message) {
    return new Mutation(pact, from, to, message);
  }

  private static String longPath() {
    return "\"path\": \"/wp-json/kbs/v1/tickets/%s\"".formatted("1".repeat(16_385));
  }
}
