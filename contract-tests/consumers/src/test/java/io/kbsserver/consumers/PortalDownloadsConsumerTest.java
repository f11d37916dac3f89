package io.kbsserver.consumers;

import static io.kbsserver.consumers.RefusedRequest.AS_SCRIPT;
import static io.kbsserver.consumers.RefusedRequest.DAMAGED;
import static io.kbsserver.consumers.RefusedRequest.SWITCHED_OFF;
import static io.kbsserver.consumers.RefusedRequest.TOO_OFTEN;
import static io.kbsserver.consumers.RefusedRequest.UNAVAILABLE;
import static io.kbsserver.consumers.RefusedRequest.WITHOUT_LOGIN;
import static io.kbsserver.consumers.RefusedRequest.WITH_NONCE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kbsserver.client.ApiException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The portal gives customers the files of their own tickets, and nobody else's. */
class PortalDownloadsConsumerTest extends ConsumerTest {

  private static final String TICKET = "/kbs/v1/tickets/${ticketId}";
  private static final String FILE = TICKET + "/files/${fileId}";
  private static final String ANY_FILE = "/kbs/v1/tickets/7/files/9";
  private static final String ROLE = "support_customer";
  private static final String NINA = "nina@example.com";
  private static final String TEXT = "The printer is on fire.";
  private static final String TAG =
      "\"d49cd61df09b1a0ea5ce4a2b5e0ea1c6a0b95a4a7f0b6c1d0e8a3f5b7c9d1e2f\"";
  private static final String ANY_TAG = "\"[0-9a-f]{64}\"";

  PortalDownloadsConsumerTest() {
    super("portal-downloads");
  }

  private Conversation ofNina(String description) {
    return conversation(description)
        .by(ROLE, "email", NINA)
        .given("a ticket has a file", "customer_email", NINA, "content", TEXT);
  }

  @Test
  void aTicketSaysWhereItsFilesAre() {
    ofNina("a ticket with a file")
        .asks("GET", TICKET)
        .isAnswered(
            200,
            ticket ->
                ticket.object(
                    "ticket_data",
                    data ->
                        data.array(
                            "files",
                            files ->
                                files.object(
                                    file ->
                                        file.stringMatcher(
                                            "url",
                                            "https?://.+/wp-json/kbs/v1/tickets/\\d+/files/\\d+",
                                            "https://example.com/wp-json/kbs/v1/tickets/7/files/9")))))
        .when(
            api ->
                assertEquals(
                    List.of("https://example.com/wp-json/kbs/v1/tickets/7/files/9"),
                    new PortalDownloads(api).addresses(7)));
  }

  @Test
  void aFileIsDownloaded() {
    ofNina("a file of a customer's own ticket")
        .asks("GET", FILE)
        .isSent(200, TEXT)
        .with(
            "Content-Disposition",
            "attachment; filename=\"notes.txt\"",
            "attachment; filename=\"notes.txt\"")
        .with("ETag", ANY_TAG, TAG)
        .when(api -> assertEquals(TEXT, new PortalDownloads(api).text(7, 9)));
  }

  @Test
  void aDownloadGoesOnWhereItWasCutOff() {
    ofNina("the rest of a file")
        .asks("GET", FILE)
        .header("Range", "bytes=12-")
        .isSent(206, "is on fire.")
        .with("Content-Range", "bytes 12-22/23", "bytes 12-22/23")
        .when(api -> assertEquals("is on fire.", new PortalDownloads(api).rest(7, 9, 12, null)));
  }

  @Test
  void thereIsNothingBehindTheEnd() {
    ofNina("what is behind the end of a file")
        .asks("GET", FILE)
        .header("Range", "bytes=23-")
        .isRefused(416, "rest_range_not_satisfiable")
        .when(
            api ->
                assertEquals(
                    416, refusal(() -> new PortalDownloads(api).rest(7, 9, 23, null)).status()));
  }

  @Test
  void aFileThatThePortalHasIsNotSentAgain() {
    ofNina("a file that has not changed")
        .asks("GET", FILE)
        .header("If-None-Match", "*")
        .isSent(304, "")
        .with("ETag", ANY_TAG, TAG)
        .when(
            api ->
                assertEquals(
                    304,
                    assertThrows(
                            ApiException.class, () -> new PortalDownloads(api).newer(7, 9, "*"))
                        .getStatus()));
  }

  @Test
  void theFilesOfOthersAreHidden() {
    conversation("a file of somebody else's ticket")
        .by(ROLE, "email", NINA)
        .given("a ticket has a file", "customer_email", "somebody.else@example.com")
        .asks("GET", FILE)
        .isRefused(403, "rest_forbidden")
        .when(
            api -> assertEquals(403, refusal(() -> new PortalDownloads(api).text(7, 9)).status()));
  }

  @Test
  void aFileThatWasNeverCopiedIsSaidSo() {
    conversation("a file whose bytes are not there")
        .by(ROLE, "email", NINA)
        .given("a ticket has a file", "customer_email", NINA, "copied", "no")
        .asks("GET", FILE)
        .isRefused(404, "rest_file_missing")
        .when(
            api ->
                assertEquals(
                    "rest_file_missing",
                    refusal(() -> new PortalDownloads(api).text(7, 9)).code()));
  }

  @TestFactory
  Stream<DynamicTest> refusalsAreUnderstood() {
    return refused(
        new Call(
            "a file",
            ROLE,
            false,
            "GET",
            ANY_FILE,
            null,
            null,
            api -> new PortalDownloads(api).text(7, 9)),
        AS_SCRIPT,
        WITHOUT_LOGIN,
        WITH_NONCE,
        SWITCHED_OFF,
        TOO_OFTEN,
        DAMAGED,
        UNAVAILABLE);
  }

  @Test
  void theRouteOfAFileIsDescribed() {
    conversation("the description of the route of a file")
        .asks("OPTIONS", ANY_FILE)
        .isAnswered(200, route -> route.array("methods", all -> all.stringValue("GET")))
        .when(
            api ->
                assertEquals(List.of("GET"), api.files().describeTicketFile(7L, 9L).getMethods()));
  }

  @TestFactory
  Stream<DynamicTest> refusedDescriptionsAreUnderstood() {
    return refused(
        new Call(
            "the route of a file",
            null,
            false,
            "OPTIONS",
            ANY_FILE,
            null,
            null,
            api -> api.files().describeTicketFile(7L, 9L)),
        AS_SCRIPT,
        WITH_NONCE,
        DAMAGED,
        UNAVAILABLE);
  }
}
