package io.kbsserver.consumers;

import static io.kbsserver.consumers.RefusedRequest.AS_SCRIPT;
import static io.kbsserver.consumers.RefusedRequest.AS_TEXT;
import static io.kbsserver.consumers.RefusedRequest.DAMAGED;
import static io.kbsserver.consumers.RefusedRequest.SWITCHED_OFF;
import static io.kbsserver.consumers.RefusedRequest.TOO_LARGE;
import static io.kbsserver.consumers.RefusedRequest.TOO_OFTEN;
import static io.kbsserver.consumers.RefusedRequest.UNAVAILABLE;
import static io.kbsserver.consumers.RefusedRequest.WITHOUT_LOGIN;
import static io.kbsserver.consumers.RefusedRequest.WITH_NONCE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import au.com.dius.pact.consumer.dsl.LambdaDsl;
import au.com.dius.pact.consumer.dsl.LambdaDslObject;
import io.kbsserver.client.model.TicketNoteCreate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Agents read and write notes on a ticket; its customer, in the portal, does not see any. */
class NoteTakerConsumerTest extends ConsumerTest {

  private static final String NOTES = "/kbs/v1/tickets/${ticketId}/notes";
  private static final String NOTE = NOTES + "/${noteId}";
  private static final String SOME_NOTES = "/kbs/v1/tickets/7/notes";
  private static final String SOME_NOTE = SOME_NOTES + "/17";
  private static final String OF_NO_TICKET = "/kbs/v1/tickets/999999/notes";
  private static final String ROLE = "support_agent";
  private static final String NINA = "nina@example.com";
  private static final String TEXT = "He called twice.";
  private static final TicketNoteCreate NEW = new TicketNoteCreate().noteContent(TEXT);
  private static final String DATE = "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}";

  NoteTakerConsumerTest() {
    super("note-taker");
  }

  private static NoteTaker on(Api api) {
    return new NoteTaker(api, 7);
  }

  @Test
  void theNewestNotesAreRead() {
    conversation("the newest notes on a ticket")
        .by(ROLE)
        .given("a ticket exists")
        .given("there is a note on the ticket", "content", TEXT)
        .asks("GET", NOTES)
        .query("per_page=5")
        .isAnswered(
            200, LambdaDsl.newJsonArray(all -> all.object(NoteTakerConsumerTest::kept)).build())
        .with("X-WP-Total", "1", "1")
        .when(
            api -> {
              NoteTaker.Margin margin = on(api).newest(5);
              assertEquals(1, margin.total());
              assertEquals("<p>He called twice.</p>\n", margin.remarks().get(0).text());
            });
  }

  @Test
  void aNoteIsRead() {
    conversation("a note on a ticket")
        .by(ROLE)
        .given("a ticket exists")
        .given("there is a note on the ticket", "content", TEXT)
        .asks("GET", NOTE)
        .isAnswered(200, NoteTakerConsumerTest::kept)
        .when(api -> assertEquals("<p>He called twice.</p>\n", on(api).read(17).text()));
  }

  @Test
  void aNoteIsWritten() {
    conversation("a new note on a ticket")
        .by(ROLE)
        .given("a ticket exists")
        .asks("POST", NOTES)
        .sends(json -> json.stringValue("note_content", TEXT))
        .isAnswered(
            201,
            note -> {
              note.integerType("id", 17);
              note(note);
            })
        .with(
            "Location",
            ".*/kbs/v1/tickets/\\d+/notes/\\d+",
            "https://example.com/wp-json" + SOME_NOTE)
        .when(api -> assertEquals(17, on(api).write(TEXT).id()));
  }

  @Test
  void aNoteHasAText() {
    conversation("a new note without a text")
        .by(ROLE)
        .given("a ticket exists")
        .asks("POST", NOTES)
        .sends(json -> json.stringValue("note_content", ""))
        .isRefused(400, "required_fields", "note_content")
        .when(api -> assertAtFault("note_content", refusal(() -> on(api).write(""))));
  }

  @TestFactory
  Stream<DynamicTest> theCustomerSeesNoNoteOnTheOwnTicket() {
    return Stream.of(
        ofTheCustomer("the notes on the own ticket", "GET", NOTES, api -> on(api).newest(null)),
        ofTheCustomer("a note on the own ticket", "GET", NOTE, api -> on(api).read(17)),
        ofTheCustomer("a new note on the own ticket", "POST", NOTES, api -> on(api).write(TEXT)));
  }

  private DynamicTest ofTheCustomer(
      String what, String method, String route, Conversation.Part part) {
    return DynamicTest.dynamicTest(
        what,
        () -> {
          Conversation asked =
              conversation(what + ", for its customer")
                  .by("support_customer", "email", NINA)
                  .given("a ticket exists", "customer_email", NINA)
                  .given("there is a note on the ticket")
                  .asks(method, route);
          if (method.equals("POST")) {
            asked.sends(json -> json.stringValue("note_content", TEXT));
          }
          asked
              .isRefused(403, "rest_forbidden")
              .when(api -> assertEquals(403, refusal(() -> part.run(api)).status()));
        });
  }

  @TestFactory
  Stream<DynamicTest> whatIsNotThereIsNotFound() {
    return Stream.of(
        missing(
            "notes on a ticket that is gone",
            "GET",
            OF_NO_TICKET,
            "rest_post_invalid_id",
            api -> new NoteTaker(api, 999_999).newest(null)),
        missing(
            "a new note on a ticket that is gone",
            "POST",
            OF_NO_TICKET,
            "rest_post_invalid_id",
            api -> new NoteTaker(api, 999_999).write(TEXT)),
        missing(
            "a note that is gone",
            "GET",
            NOTES + "/999999",
            "rest_note_invalid_id",
            api -> on(api).read(999_999)));
  }

  private DynamicTest missing(
      String what, String method, String route, String code, Conversation.Part part) {
    return DynamicTest.dynamicTest(
        what,
        () -> {
          Conversation asked =
              conversation(what).by(ROLE).given("a ticket exists").asks(method, route);
          if (method.equals("POST")) {
            asked.sends(json -> json.stringValue("note_content", TEXT));
          }
          asked
              .isRefused(404, code)
              .when(api -> assertEquals(code, refusal(() -> part.run(api)).code()));
        });
  }

  @TestFactory
  Stream<DynamicTest> whatCanBeDoneIsLookedUp() {
    return Stream.of(
            described("notes", SOME_NOTES, List.of("GET", "POST"), api -> on(api).withAll()),
            described("a note", SOME_NOTE, api -> on(api).withOne(17)))
        .flatMap(tests -> tests);
  }

  @TestFactory
  Stream<DynamicTest> refusals() {
    Call write =
        new Call(
            "a note to write",
            ROLE,
            false,
            "POST",
            SOME_NOTES,
            NEW,
            "note_content",
            api -> on(api).write(NEW));
    return Stream.of(
            refused(
                read("all notes", SOME_NOTES, api -> on(api).newest(null)),
                RefusedRequest.OF_READING),
            refused(
                read("one note", SOME_NOTE, api -> on(api).read(17)), RefusedRequest.OF_READING),
            refused(
                write,
                AS_SCRIPT,
                WITHOUT_LOGIN,
                TOO_OFTEN,
                WITH_NONCE,
                SWITCHED_OFF,
                TOO_LARGE,
                AS_TEXT,
                DAMAGED,
                UNAVAILABLE))
        .flatMap(tests -> tests);
  }

  private static Call read(String what, String route, Conversation.Part part) {
    return Call.read(what, ROLE, route, part);
  }

  private static void kept(LambdaDslObject note) {
    note.valueFromProviderState("id", "${noteId}", 17);
    note(note);
  }

  private static void note(LambdaDslObject note) {
    note.stringType("author_name", "Anna Agent");
    note.stringMatcher("date", DATE, "2026-01-02T03:04:05");
    note.object("content", text -> text.stringValue("rendered", "<p>He called twice.</p>\n"));
  }
}
