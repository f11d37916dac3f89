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
import io.kbsserver.client.model.ReplyCreate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** From the dashboard, agents answer tickets, close them with an answer, and read what was said. */
class ReplyDeskConsumerTest extends ConsumerTest {

  private static final String ROOT = "/kbs/v1/replies";
  private static final String REPLIES = ROOT + "/ticket/${ticketId}";
  private static final String REPLY = ROOT + "/${replyId}";
  private static final String ROLE = "support_agent";
  private static final ReplyCreate LINE = new ReplyCreate().replyContent("On its way.");

  private static final FormSender.SentText LOG =
      new FormSender.SentText("printer.log", "08:15 out of toner\n");
  private static final String FILE_URL = "https://kbs.example/wp-json/kbs/v1/tickets/7/files/9";

  ReplyDeskConsumerTest() {
    super("agents-reply-desk");
  }

  @Test
  void aTicketIsAnswered() {
    conversation("an answer to a ticket")
        .by(ROLE)
        .given("a ticket exists", "status", "open")
        .asks("POST", REPLIES)
        .sends(reply -> reply.stringValue("reply_content", "On its way."))
        .isAnswered(200, reply -> written(reply, "<p>On its way.</p>\n", "open"))
        .with("Location", ".*/kbs/v1/replies/\\d+", "https://kbs.example/wp-json/kbs/v1/replies/9")
        .when(
            api -> {
              ReplyDesk.Written written = new ReplyDesk(api).reply(7, "On its way.");
              assertEquals(7, written.ticket());
              assertEquals("open", written.status());
            });
  }

  @Test
  void aTicketIsAnsweredWithAFile() {
    conversation("an answer with a file")
        .by(ROLE)
        .given("a ticket exists", "status", "open")
        .asks("POST", REPLIES)
        .sends(Map.of("reply_content", "See the log."), LOG)
        .isAnswered(
            200,
            reply -> {
              written(reply, "<p>See the log.</p>\n", "open");
              reply.array("files", all -> all.object(ReplyDeskConsumerTest::log));
            })
        .when(
            api ->
                assertEquals(
                    List.of("printer.log"), new ReplyDesk(api).replyWith(7, "See the log.", LOG)));
  }

  @Test
  void aTicketIsOpenedWithAFile() {
    Map<String, String> ticket = new LinkedHashMap<>();
    ticket.put("customer_first", "Nina");
    ticket.put("customer_last", "Newman");
    ticket.put("customer_email", "nina@example.com");
    ticket.put("ticket_title", "The printer does not answer");
    ticket.put("ticket_content", "She has sent its log.");
    conversation("a new ticket with a file")
        .by(ROLE)
        .asks("POST", "/kbs/v1/tickets")
        .sends(ticket, LOG)
        .isAnswered(
            200,
            made ->
                made.object(
                    "ticket_data",
                    data -> data.array("files", all -> all.object(ReplyDeskConsumerTest::log))))
        .when(api -> assertEquals(List.of(FILE_URL), new ReplyDesk(api).openWith(ticket, LOG)));
  }

  @Test
  void aFileThatTheSiteDoesNotTakeIsRefused() {
    FormSender.SentText page = new FormSender.SentText("page.html", "<script>run()</script>");
    conversation("an answer with a file that runs")
        .by(ROLE)
        .given("a ticket exists")
        .asks("POST", REPLIES)
        .sends(Map.of("reply_content", "See this."), page)
        .isRefused(415, "rest_unsupported_media_type", "files")
        .when(
            api ->
                assertAtFault(
                    "files", refusal(() -> new ReplyDesk(api).replyWith(7, "See this.", page))));
  }

  @Test
  void aTicketWaitsForAnAnswer() {
    conversation("a question that puts a ticket on hold")
        .by(ROLE)
        .given("a ticket exists", "status", "open")
        .asks("POST", REPLIES)
        .sends(
            reply -> {
              reply.stringValue("reply_content", "Which floor?");
              reply.stringValue("ticket_status", "hold");
            })
        .isAnswered(200, reply -> written(reply, "<p>Which floor?</p>\n", "hold"))
        .when(api -> assertEquals("hold", new ReplyDesk(api).ask(7, "Which floor?").status()));
  }

  @Test
  void aTicketIsClosedWithAnAnswer() {
    conversation("an answer that closes a ticket")
        .by(ROLE)
        .given("a ticket exists", "status", "hold")
        .asks("POST", REPLIES)
        .sends(
            reply -> {
              reply.stringValue("reply_content", "It was the cable.");
              reply.booleanValue("close_ticket", true);
            })
        .isAnswered(200, reply -> written(reply, "<p>It was the cable.</p>\n", "closed"))
        .when(
            api ->
                assertEquals(
                    "closed", new ReplyDesk(api).replyAndClose(7, "It was the cable.").status()));
  }

  @Test
  void anAnswerToAClosedTicketOpensItAgain() {
    conversation("an answer to a closed ticket")
        .by(ROLE)
        .given("a ticket exists", "status", "closed")
        .asks("POST", REPLIES)
        .sends(reply -> reply.stringValue("reply_content", "One more thing."))
        .isAnswered(200, reply -> written(reply, "<p>One more thing.</p>\n", "open"))
        .when(api -> assertEquals("open", new ReplyDesk(api).reply(7, "One more thing.").status()));
  }

  @Test
  void theLatestRepliesAreRead() {
    conversation("the latest replies to a ticket")
        .by(ROLE)
        .given("a ticket exists", "status", "open")
        .given("the ticket has a reply", "content", "First.")
        .given("the ticket has a reply", "content", "Second.")
        .asks("GET", REPLIES)
        .query("per_page=1")
        .isAnswered(
            200,
            LambdaDsl.newJsonArray(
                    all -> all.object(reply -> written(reply, "<p>Second.</p>\n", "open")))
                .build())
        .with("X-WP-Total", "2", "2")
        .with("X-WP-TotalPages", "2", "2")
        .when(
            api ->
                assertEquals(
                    List.of(new ReplyDesk.Written(9, "<p>Second.</p>\n", 7, "open")),
                    new ReplyDesk(api).latest(7, 1)));
  }

  @Test
  void oneReplyIsRead() {
    conversation("a reply")
        .by(ROLE)
        .given("a ticket exists", "status", "open")
        .given("the ticket has a reply", "content", "First.")
        .asks("GET", REPLY)
        .isAnswered(200, reply -> written(reply, "<p>First.</p>\n", "open"))
        .when(api -> assertEquals("<p>First.</p>\n", new ReplyDesk(api).read(9).text()));
  }

  @Test
  void aReplyWithoutTextIsRefused() {
    conversation("an answer without a text")
        .by(ROLE)
        .given("a ticket exists")
        .asks("POST", REPLIES)
        .sends(reply -> reply.stringValue("reply_content", ""))
        .isRefused(400, "required_fields", "reply_content")
        .when(
            api -> assertAtFault("reply_content", refusal(() -> new ReplyDesk(api).reply(7, ""))));
  }

  @Test
  void aReplyInTheNameOfAColleagueIsRefused() {
    conversation("an answer in the name of a colleague")
        .by(ROLE)
        .given("an agent works here", "email", "anna@example.com")
        .given("a ticket exists")
        .asks("POST", REPLIES)
        .sends(
            reply -> {
              reply.stringValue("reply_content", "Mine.");
              reply.stringValue("reply_author", "anna@example.com");
            })
        .isRefused(403, "rest_forbidden_context")
        .when(
            api ->
                assertEquals(
                    403,
                    refusal(() -> new ReplyDesk(api).replyFor(7, "Mine.", "anna@example.com"))
                        .status()));
  }

  @Test
  void aTicketThatIsGoneIsNotAnswered() {
    conversation("an answer to a ticket that is gone")
        .by(ROLE)
        .asks("POST", ROOT + "/ticket/999999")
        .sends(reply -> reply.stringValue("reply_content", "Hello?"))
        .isRefused(404, "rest_post_invalid_id")
        .when(
            api ->
                assertEquals(
                    404, refusal(() -> new ReplyDesk(api).reply(999_999, "Hello?")).status()));
  }

  @TestFactory
  Stream<DynamicTest> whatCanBeDoneIsLookedUp() {
    return Stream.concat(
        describe(
            "the replies to a ticket",
            ROOT + "/ticket/7",
            List.of("GET", "POST"),
            api -> new ReplyDesk(api).withReplies(7)),
        describe("a reply", ROOT + "/9", List.of("GET"), api -> new ReplyDesk(api).withReply(9)));
  }

  private Stream<DynamicTest> describe(
      String what, String route, List<String> methods, CrmSyncConsumerTest.Look look) {
    String asked = "what can be done with " + what;
    DynamicTest told =
        DynamicTest.dynamicTest(
            asked,
            () ->
                conversation(asked)
                    .asks("OPTIONS", route)
                    .isAnswered(
                        200,
                        described ->
                            described.array("methods", all -> methods.forEach(all::stringValue)))
                    .when(api -> assertEquals(Set.copyOf(methods), new TreeSet<>(look.at(api)))));
    Call call = new Call(asked, null, false, "OPTIONS", route, null, null, look::at);
    return Stream.concat(
        Stream.of(told), refused(call, AS_SCRIPT, WITH_NONCE, DAMAGED, UNAVAILABLE));
  }

  @TestFactory
  Stream<DynamicTest> refusals() {
    Call write =
        new Call(
            "an answer to a ticket",
            ROLE,
            true,
            "POST",
            REPLIES,
            LINE,
            "reply_content",
            api -> new ReplyDesk(api).write(7, LINE));
    Call list =
        new Call(
            "the latest replies",
            ROLE,
            false,
            "GET",
            ROOT + "/ticket/7",
            null,
            null,
            api -> new ReplyDesk(api).all(7));
    Call read =
        new Call(
            "one of the replies",
            ROLE,
            false,
            "GET",
            ROOT + "/9",
            null,
            null,
            api -> new ReplyDesk(api).read(9));
    return Stream.of(
            refused(
                write,
                WITHOUT_LOGIN,
                WITH_NONCE,
                SWITCHED_OFF,
                TOO_LARGE,
                AS_TEXT,
                TOO_OFTEN,
                DAMAGED,
                UNAVAILABLE),
            refused(
                list,
                AS_SCRIPT,
                WITHOUT_LOGIN,
                WITH_NONCE,
                SWITCHED_OFF,
                TOO_OFTEN,
                DAMAGED,
                UNAVAILABLE),
            refused(
                read,
                AS_SCRIPT,
                WITHOUT_LOGIN,
                WITH_NONCE,
                SWITCHED_OFF,
                TOO_OFTEN,
                DAMAGED,
                UNAVAILABLE))
        .flatMap(tests -> tests);
  }

  private static void log(LambdaDslObject file) {
    file.stringValue("filename", LOG.name());
    file.stringMatcher("url", ".+/wp-json/kbs/v1/tickets/\\d+/files/\\d+", FILE_URL);
  }

  private static void written(LambdaDslObject reply, String text, String status) {
    reply.integerType("id", 9);
    reply.object("content", content -> content.stringValue("rendered", text));
    reply.object(
        "ticket_data",
        ticket -> {
          ticket.valueFromProviderState("ID", "${ticketId}", 7);
          ticket.stringValue("status", status);
        });
  }
}
