package io.kbsserver.consumers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import au.com.dius.pact.consumer.dsl.LambdaDsl;
import au.com.dius.pact.consumer.dsl.LambdaDslObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** In the portal, customers read what was written about their ticket, and answer. */
class CustomerThreadConsumerTest extends ConsumerTest {

  private static final String REPLIES = "/kbs/v1/replies/ticket/${ticketId}";
  private static final String ROLE = "support_customer";
  private static final String NINA = "nina@example.com";
  private static final String OTHER = "somebody.else@example.com";
  private static final String DATE = "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}";
  private static final String ALL = "order=asc&per_page=100";

  private static final String FILE = "/kbs/v1/tickets/${ticketId}/files/${fileId}";
  private static final String TEXT = "Tracking: 7";

  CustomerThreadConsumerTest() {
    super("customer-thread");
  }

  @Test
  void customersReadTheirOwnThread() {
    conversation("what was written about a customer's own ticket")
        .by(ROLE, "email", NINA)
        .given("a ticket exists", "customer_email", NINA)
        .given("the ticket has a reply", "content", "On its way.")
        .asks("GET", REPLIES)
        .query(ALL)
        .isAnswered(
            200,
            LambdaDsl.newJsonArray(all -> all.object(reply -> entry(reply, "On its way."))).build())
        .when(
            api ->
                assertEquals(
                    List.of(
                        new CustomerThread.Entry("<p>On its way.</p>\n", "2026-01-02T03:04:05")),
                    new CustomerThread(api).read(7)));
  }

  @Test
  void theThreadsOfOthersAreHidden() {
    conversation("what was written about somebody else's ticket")
        .by(ROLE, "email", NINA)
        .given("a ticket exists", "customer_email", OTHER)
        .given("the ticket has a reply", "content", "On its way.")
        .asks("GET", REPLIES)
        .query(ALL)
        .isRefused(403, "rest_forbidden_context")
        .when(api -> assertEquals(403, refusal(() -> new CustomerThread(api).read(7)).status()));
  }

  @Test
  void theRepliesToOthersAreHidden() {
    conversation("a reply to somebody else")
        .by(ROLE, "email", NINA)
        .given("a ticket exists", "customer_email", OTHER)
        .given("the ticket has a reply", "content", "On its way.")
        .asks("GET", "/kbs/v1/replies/${replyId}")
        .isRefused(403, "rest_forbidden_context")
        .when(api -> assertEquals(403, refusal(() -> new CustomerThread(api).open(9)).status()));
  }

  @Test
  void customersAnswer() {
    conversation("an answer to a customer's own ticket")
        .by(ROLE, "email", NINA)
        .given("a ticket exists", "customer_email", NINA)
        .asks("POST", REPLIES)
        .sends(reply -> reply.stringValue("reply_content", "Thank you."))
        .isAnswered(200, reply -> entry(reply, "Thank you."))
        .when(
            api ->
                assertEquals(
                    "<p>Thank you.</p>\n", new CustomerThread(api).write(7, "Thank you.").text()));
  }

  @Test
  void customersAnswerWithAFile() {
    FormSender.SentText note = new FormSender.SentText("note.txt", "It says E5.\n");
    conversation("an answer with a file, to a customer's own ticket")
        .by(ROLE, "email", NINA)
        .given("a ticket exists", "customer_email", NINA)
        .asks("POST", REPLIES)
        .sends(Map.of("reply_content", "What it says:"), note)
        .isAnswered(200, reply -> filed(reply, "What it says:", "note.txt"))
        .when(
            api ->
                assertEquals(
                    List.of("note.txt"),
                    new CustomerThread(api).writeWith(7, "What it says:", note)));
  }

  @Test
  void customersDoNotAnswerOthersWithFiles() {
    FormSender.SentText note = new FormSender.SentText("note.txt", "It says E5.\n");
    conversation("an answer with a file, to somebody else's ticket")
        .by(ROLE, "email", NINA)
        .given("a ticket exists", "customer_email", OTHER)
        .asks("POST", REPLIES)
        .sends(Map.of("reply_content", "Me too."), note)
        .isRefused(403, "rest_forbidden_context")
        .when(
            api ->
                assertEquals(
                    403,
                    refusal(() -> new CustomerThread(api).writeWith(7, "Me too.", note)).status()));
  }

  @Test
  void theFilesOfTheThreadAreDownloaded() {
    withFile("a reply with a file", NINA)
        .asks("GET", "/kbs/v1/replies/${replyId}")
        .isAnswered(200, reply -> filed(reply, "See the file.", "notes.txt"))
        .when(api -> assertEquals(List.of("notes.txt"), new CustomerThread(api).files(9)));
    withFile("the file of a reply", NINA)
        .asks("GET", FILE)
        .isSent(200, TEXT)
        .when(api -> assertEquals(TEXT, new PortalDownloads(api).text(7, 9)));
    withFile("the end of the file of a reply", NINA)
        .asks("GET", FILE)
        .header("Range", "bytes=4-")
        .isSent(206, TEXT.substring(4))
        .with("Content-Range", "bytes 4-10/11", "bytes 4-10/11")
        .when(api -> assertEquals(TEXT.substring(4), new PortalDownloads(api).rest(7, 9, 4, null)));
  }

  @Test
  void theFilesInThreadsOfOthersAreHidden() {
    withFile("the file of a reply to somebody else", OTHER)
        .asks("GET", FILE)
        .isRefused(403, "rest_forbidden")
        .when(
            api -> assertEquals(403, refusal(() -> new PortalDownloads(api).text(7, 9)).status()));
  }

  /** A note is nothing that was written to the customer. */
  @Test
  void theThreadHasNoNotes() {
    conversation("what was written about a customer's own ticket, which agents have noted on")
        .by(ROLE, "email", NINA)
        .given("a ticket exists", "customer_email", NINA)
        .given("the ticket has a reply", "content", "On its way.")
        .given("there is a note on the ticket")
        .asks("GET", REPLIES)
        .query(ALL)
        .isAnswered(
            200,
            LambdaDsl.newJsonArray(all -> all.object(reply -> entry(reply, "On its way."))).build())
        .with("X-WP-Total", "1", "1")
        .when(api -> assertEquals(1, new CustomerThread(api).read(7).size()));
  }

  /** A ticket of this customer, with a reply that has a file. */
  private Conversation withFile(String description, String customer) {
    return conversation(description)
        .by(ROLE, "email", NINA)
        .given("a ticket exists", "customer_email", customer)
        .given("the ticket has a reply with a file", "content", TEXT);
  }

  @Test
  void customersDoNotAnswerOthers() {
    conversation("an answer to somebody else's ticket")
        .by(ROLE, "email", NINA)
        .given("a ticket exists", "customer_email", OTHER)
        .asks("POST", REPLIES)
        .sends(reply -> reply.stringValue("reply_content", "Me too."))
        .isRefused(403, "rest_forbidden_context")
        .when(
            api ->
                assertEquals(
                    403, refusal(() -> new CustomerThread(api).write(7, "Me too.")).status()));
  }

  @Test
  void customersDoNotAnswerWhereTheSiteDoesNotLetThem() {
    conversation("an answer where customers may not reply")
        .by(ROLE, "email", NINA)
        .given("the site has a setting", "name", "customers_may_reply", "value", "off")
        .given("a ticket exists", "customer_email", NINA)
        .asks("POST", REPLIES)
        .sends(reply -> reply.stringValue("reply_content", "Thank you."))
        .isRefused(403, "rest_forbidden_context")
        .when(
            api ->
                assertEquals(
                    403, refusal(() -> new CustomerThread(api).write(7, "Thank you.")).status()));
  }

  private static void entry(LambdaDslObject reply, String text) {
    reply.stringMatcher("date", DATE, "2026-01-02T03:04:05");
    reply.object("content", content -> content.stringValue("rendered", "<p>" + text + "</p>\n"));
  }

  private static void filed(LambdaDslObject reply, String text, String name) {
    entry(reply, text);
    reply.array(
        "files",
        all ->
            all.object(
                file -> {
                  file.stringValue("filename", name);
                  file.stringMatcher(
                      "url",
                      ".+/wp-json/kbs/v1/tickets/\\d+/files/\\d+",
                      "https://kbs.example/wp-json/kbs/v1/tickets/7/files/9");
                }));
  }
}
