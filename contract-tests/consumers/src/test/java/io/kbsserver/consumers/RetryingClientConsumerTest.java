package io.kbsserver.consumers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import au.com.dius.pact.consumer.dsl.LambdaDslObject;
import io.kbsserver.consumers.RetryingClient.Outcome;
import io.kbsserver.consumers.RetryingClient.Seen;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A program that edits what it has seen, and sends again what it does not know the end of. */
class RetryingClientConsumerTest extends ConsumerTest {

  private static final String KEY = "8e03978e-40d5-43e8-bc93-6894a57f9324";
  private static final String TICKET = "/kbs/v1/tickets/${ticketId}";
  private static final String PASSWORDS = "/wp/v2/users/me/application-passwords";
  private static final String WEBHOOKS = "/kbs/v1/webhooks";
  private static final String URL = "{\"url\":\"https://receiver.example.com/\"}";
  private static final String JSON = "application/json";
  private static final String HOLD = "{\"status\":\"hold\"}";
  private static final String NAME = "{\"name\":\"Printers\"}";
  private static final String TAG = "\"[A-Za-z0-9_-]+\"";
  private static final String OLD = "\"AAAAAAAAAAAAAAAAAAAAAA\"";
  private static final String SEEN = "\"Zk3mC0X6lH2vUoJc1yQbTg\"";

  /**
   * Something that is to be done once.
   *
   * @param what in a few words
   * @param state what it is done to; null where that is nothing
   */
  private record Deed(
      String what, String state, String method, String route, String type, String body) {}

  RetryingClientConsumerTest() {
    super("retrying-client");
  }

  private static List<Deed> deeds() {
    String ticket = "a ticket exists";
    String category = "a category exists";
    String password = "the user has one more application password";
    String onePassword = PASSWORDS + "/${passwordUuid}";
    String webhook = "the user has a webhook";
    String oneWebhook = WEBHOOKS + "/${webhookId}";
    String oneCategory = "/wp/v2/ticket_categories/${categoryId}";
    return List.of(
        new Deed("a new ticket", null, "POST", "/kbs/v1/tickets", JSON, newTicket()),
        new Deed("a change of a ticket by POST", ticket, "POST", TICKET, JSON, HOLD),
        new Deed("a change of a ticket by PUT", ticket, "PUT", TICKET, JSON, HOLD),
        new Deed("a change of a ticket by PATCH", ticket, "PATCH", TICKET, JSON, HOLD),
        new Deed(
            "a reply",
            ticket,
            "POST",
            "/kbs/v1/replies/ticket/${ticketId}",
            JSON,
            "{\"reply_content\":\"Done.\"}"),
        new Deed("a note", ticket, "POST", TICKET + "/notes", JSON, "{\"note_content\":\"Done.\"}"),
        new Deed("a file", ticket, "POST", "/wp/v2/media", "text/plain", "A log"),
        new Deed("a batch", null, "POST", "/batch/v1", JSON, "{\"requests\":[]}"),
        new Deed("a new webhook", null, "POST", WEBHOOKS, JSON, URL),
        new Deed("another address by POST", webhook, "POST", oneWebhook, JSON, URL),
        new Deed("another address by PUT", webhook, "PUT", oneWebhook, JSON, URL),
        new Deed("another address by PATCH", webhook, "PATCH", oneWebhook, JSON, URL),
        new Deed("one webhook less", webhook, "DELETE", oneWebhook, null, null),
        new Deed("a new secret", webhook, "POST", oneWebhook + "/secrets", JSON, "{}"),
        new Deed("a test", webhook, "POST", oneWebhook + "/deliveries", JSON, "{\"test\":true}"),
        new Deed("a new password", null, "POST", PASSWORDS, JSON, NAME),
        new Deed("no passwords any more", null, "DELETE", PASSWORDS, null, null),
        new Deed("a password's name by POST", password, "POST", onePassword, JSON, NAME),
        new Deed("a password's name by PUT", password, "PUT", onePassword, JSON, NAME),
        new Deed("a password's name by PATCH", password, "PATCH", onePassword, JSON, NAME),
        new Deed("one password less", password, "DELETE", onePassword, null, null),
        new Deed("a new category", null, "POST", "/wp/v2/ticket_categories", JSON, NAME),
        new Deed("a category's name by POST", category, "POST", oneCategory, JSON, NAME),
        new Deed("a category's name by PUT", category, "PUT", oneCategory, JSON, NAME),
        new Deed("a category's name by PATCH", category, "PATCH", oneCategory, JSON, NAME),
        new Deed("one category less", category, "DELETE", oneCategory, null, null));
  }

  private static String newTicket() {
    return "{\"ticket_title\":\"No paper\",\"ticket_content\":\"None at all.\","
        + "\"customer_email\":\"nina@example.com\",\"customer_first\":\"Nina\","
        + "\"customer_last\":\"Newman\"}";
  }

  @TestFactory
  Stream<DynamicTest> whatIsUnderWayIsWaitedFor() {
    return deeds().stream()
        .map(
            refused(
                " that is being carried out",
                "a request with a key is being carried out",
                409,
                "idempotency_in_progress",
                Outcome.WAIT_AND_SEND_AGAIN));
  }

  @TestFactory
  Stream<DynamicTest> aKeyIsUsedForOneThing() {
    return deeds().stream()
        .map(
            refused(
                " with the key of something else",
                "a key was used for another request",
                422,
                "idempotency_key_reused",
                Outcome.MAKE_A_NEW_KEY));
  }

  private Function<Deed, DynamicTest> refused(
      String circumstance, String state, int status, String code, Outcome outcome) {
    return deed ->
        dynamicTest(
            deed.what(),
            () -> refused(deed, deed.what() + circumstance, state, status, code, outcome));
  }

  private void refused(
      Deed deed, String what, String state, int status, String code, Outcome outcome) {
    Conversation conversation = of(deed, what);
    conversation
        .given(state, "key", KEY)
        .header("Idempotency-Key", KEY)
        .isRefused(status, code)
        .when(
            request -> keyed(deed, request),
            api -> assertEquals(outcome, done(api, deed).outcome()));
  }

  private Conversation of(Deed deed, String what) {
    Conversation conversation = conversation(what).by("administrator");
    if (deed.state() != null) {
      conversation.given(deed.state());
    }
    conversation.asks(deed.method(), deed.route());
    if (deed.body() != null) {
      conversation.sends(deed.body(), deed.type());
    }
    if (JSON.equals(deed.type()) || deed.body() == null) {
      return conversation;
    }
    return conversation
        .header("Content-Disposition", "attachment; filename=\"a.log\"")
        .query("post=${ticketId}");
  }

  private static void keyed(Deed deed, HttpRequest.Builder request) {
    request.header("Idempotency-Key", KEY);
    if (deed.body() != null && !JSON.equals(deed.type())) {
      request.header("Content-Disposition", "attachment; filename=\"a.log\"");
      Api.ask(request, "post=7");
    }
  }

  /** As it is in the pact, where no provider says what the names stand for. */
  private static Seen done(Api api, Deed deed) throws Exception {
    return new RetryingClient(api.sender().root(), api.sender().always())
        .send(deed.method(), Conversation.example(deed.route()), deed.type(), deed.body());
  }

  private static Deed edit(String method) {
    return new Deed("an edit by " + method, "a ticket exists", method, TICKET, JSON, HOLD);
  }

  @Test
  void aNewTicketIsSentWithAKey() {
    Deed deed = deeds().get(0);
    of(deed, "a new ticket with a key")
        .header("Idempotency-Key", KEY)
        .isAnswered(200, ticket -> ticket.stringValue("status", "new"))
        .with("ETag", TAG, SEEN)
        .when(
            request -> request.header("Idempotency-Key", KEY),
            api -> assertEquals(new Seen(Outcome.DONE, SEEN, "new"), done(api, deed)));
  }

  @TestFactory
  Stream<DynamicTest> anEditOfWhatWasSeenIsMade() {
    return Stream.of("POST", "PUT", "PATCH")
        .map(method -> dynamicTest(method, () -> edited(method)));
  }

  private void edited(String method) {
    Deed deed = edit(method);
    of(deed, deed.what() + " of a ticket as it was seen")
        .given("the client has read the ticket")
        .header("If-Match", "${ticketTag}")
        .header("Idempotency-Key", KEY)
        .isAnswered(200, ticket -> ticket.stringValue("status", "hold"))
        .with("ETag", TAG, SEEN)
        .when(
            request -> request.header("If-Match", SEEN).header("Idempotency-Key", KEY),
            api -> assertEquals(Outcome.DONE, done(api, deed).outcome()));
  }

  @TestFactory
  Stream<DynamicTest> anEditOfWhatIsNoLongerSoIsLookedAtAgain() {
    return Stream.of("POST", "PUT", "PATCH").map(method -> dynamicTest(method, () -> late(method)));
  }

  private void late(String method) {
    Deed deed = edit(method);
    Consumer<LambdaDslObject> outdated =
        json -> {
          json.stringValue("code", "rest_precondition_failed");
          json.stringType("message", "Why");
          json.object(
              "data",
              data -> {
                data.numberValue("status", 412);
                data.object("ticket", ticket -> ticket.stringValue("status", "new"));
              });
        };
    of(deed, deed.what() + " of a ticket that is no longer as it was seen")
        .header("If-Match", OLD)
        .isAnswered(412, outdated)
        .with("ETag", TAG, SEEN)
        .when(
            request -> request.header("If-Match", OLD),
            api -> assertEquals(new Seen(Outcome.LOOK_AGAIN, SEEN, "new"), done(api, deed)));
  }

  @Test
  void whatIsKnownIsNotReadAgain() {
    Deed look = new Deed("a look", "a ticket exists", "GET", TICKET, null, null);
    of(look, "a look at a ticket that is as it was seen")
        .given("the client has read the ticket")
        .header("If-None-Match", "${ticketTag}")
        .isSent(304, "")
        .with("ETag", TAG, SEEN)
        .when(
            request -> request.header("If-None-Match", SEEN),
            api -> assertEquals(Outcome.KNOWN_ALREADY, done(api, look).outcome()));
  }

  @Test
  void aListThatIsKnownIsNotReadAgain() {
    Deed look = new Deed("a look", "a ticket exists", "GET", "/kbs/v1/tickets", null, null);
    of(look, "a look at a list of tickets that is as it was seen")
        .given("the client has read the list of tickets")
        .header("If-None-Match", "${listTag}")
        .isSent(304, "")
        .with("ETag", "W/" + TAG, "W/" + SEEN)
        .when(
            request -> request.header("If-None-Match", "W/" + SEEN),
            api -> assertEquals(Outcome.KNOWN_ALREADY, done(api, look).outcome()));
  }
}
