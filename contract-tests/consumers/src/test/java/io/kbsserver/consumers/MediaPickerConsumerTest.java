package io.kbsserver.consumers;

import static io.kbsserver.consumers.RefusedRequest.AS_SCRIPT;
import static io.kbsserver.consumers.RefusedRequest.DAMAGED;
import static io.kbsserver.consumers.RefusedRequest.NOT_LOGGED_IN;
import static io.kbsserver.consumers.RefusedRequest.SWITCHED_OFF;
import static io.kbsserver.consumers.RefusedRequest.TOO_OFTEN;
import static io.kbsserver.consumers.RefusedRequest.UNAVAILABLE;
import static io.kbsserver.consumers.RefusedRequest.WITH_NONCE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import au.com.dius.pact.consumer.dsl.LambdaDsl;
import au.com.dius.pact.consumer.dsl.LambdaDslObject;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.kbsserver.client.MediaApi.APIListMediaRequest;
import io.kbsserver.consumers.MediaPicker.Shown;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A client of WordPress's media, which shows the files of tickets, and adds some. */
class MediaPickerConsumerTest extends ConsumerTest {

  private static final String MEDIA = "/wp/v2/media";
  private static final String FILE = MEDIA + "/${fileId}";
  private static final String OF_TICKET = "parent=${ticketId}&per_page=5";
  private static final String AGENT = "support_agent";
  private static final String CUSTOMER = "support_customer";
  private static final String NINA = "nina@example.com";
  private static final String CALLED = "attachment; filename=notes.txt";
  private static final String BYTES = "application/octet-stream";
  private static final String TEXT = "The printer is on fire.";
  private static final String ADDRESS = "https://example.com/wp-json/kbs/v1/tickets/7/files/9";
  private static final Shown NOTES = new Shown(9, "notes", ADDRESS);

  MediaPickerConsumerTest() {
    super("media-picker");
  }

  @Test
  void theFilesOfATicketAreShown() {
    conversation("the media of a customer's own ticket")
        .by(CUSTOMER, "email", NINA)
        .given("a ticket has a file", "customer_email", NINA)
        .asks("GET", MEDIA)
        .query(OF_TICKET)
        .isAnswered(
            200, LambdaDsl.newJsonArray(all -> all.object(MediaPickerConsumerTest::kept)).build())
        .with("X-WP-Total", "1", "1")
        .with("X-WP-TotalPages", "1", "1")
        .when(api -> assertEquals(List.of(NOTES), new MediaPicker(api).of(7).files()));
  }

  @Test
  void theFilesOfOthersAreNotEvenCounted() {
    conversation("the media of somebody else's ticket")
        .by(CUSTOMER, "email", NINA)
        .given("a ticket has a file", "customer_email", "somebody.else@example.com")
        .asks("GET", MEDIA)
        .query(OF_TICKET)
        .isAnswered(200, LambdaDsl.newJsonArray(none -> {}).build())
        .with("X-WP-Total", "0", "0")
        .with("X-WP-TotalPages", "0", "0")
        .when(api -> assertEquals(0, new MediaPicker(api).of(7).total()));
    conversation("a medium of somebody else's ticket")
        .by(CUSTOMER, "email", NINA)
        .given("a ticket has a file", "customer_email", "somebody.else@example.com")
        .asks("GET", FILE)
        .isRefused(403, "rest_forbidden")
        .when(api -> assertEquals(403, refusal(() -> new MediaPicker(api).read(9)).status()));
  }

  @Test
  void aFileIsDescribed() {
    conversation("a medium")
        .by(AGENT)
        .given("a ticket has a file")
        .asks("GET", FILE)
        .isAnswered(200, MediaPickerConsumerTest::kept)
        .when(api -> assertEquals(NOTES, new MediaPicker(api).read(9)));
  }

  @Test
  void whatIsGoneIsNotFound() {
    conversation("a medium that is gone")
        .by(AGENT)
        .asks("GET", MEDIA + "/999999")
        .isRefused(404, "rest_post_invalid_id")
        .when(api -> assertEquals(404, refusal(() -> new MediaPicker(api).read(999_999)).status()));
  }

  @Test
  void aFileIsAddedToATicket() {
    toAdd("a new medium for a ticket", AGENT, TEXT)
        .header("Content-Disposition", CALLED)
        .isAnswered(
            201,
            file -> {
              file.integerType("id", 9);
              described(file);
            })
        .with("Location", "https?://.+/wp-json/wp/v2/media/\\d+", "https://example.com/wp-json/x/9")
        .when(api -> assertEquals(NOTES, new MediaPicker(api).add(7L, CALLED, TEXT)));
  }

  @Test
  void aFileHasAName() {
    toAdd("a new medium without a name", AGENT, TEXT)
        .isRefused(400, "rest_upload_no_content_disposition")
        .when(
            api ->
                assertEquals(
                    "rest_upload_no_content_disposition",
                    refusal(() -> new MediaPicker(api).add(7L, null, TEXT)).code()));
  }

  @Test
  void notEveryTypeIsTaken() {
    String page = "<!DOCTYPE html><html><body>Fire</body></html>";
    String name = "attachment; filename=fire.html";
    toAdd("a new medium of a type that is not taken", AGENT, page)
        .header("Content-Disposition", name)
        .isRefused(415, "rest_unsupported_media_type")
        .when(
            api ->
                assertEquals(
                    415, refusal(() -> new MediaPicker(api).add(7L, name, page)).status()));
  }

  @Test
  void nothingIsAddedToTheTicketsOfOthers() {
    toAdd("a new medium for somebody else's ticket", CUSTOMER, TEXT)
        .header("Content-Disposition", CALLED)
        .isRefused(403, "rest_forbidden")
        .when(
            api ->
                assertEquals(
                    403, refusal(() -> new MediaPicker(api).add(7L, CALLED, TEXT)).status()));
  }

  @TestFactory
  Stream<DynamicTest> refusedFiles() {
    return Stream.of(NOT_LOGGED_IN, WITH_NONCE, SWITCHED_OFF, TOO_OFTEN, DAMAGED, UNAVAILABLE)
        .map(refusal -> dynamicTest(refusal.circumstance(), () -> refuseToAdd(refusal)));
  }

  private void refuseToAdd(RefusedRequest refusal) {
    Conversation asked =
        toAdd("a new medium " + refusal.circumstance(), refusal.withLogin() ? AGENT : null, TEXT)
            .header("Content-Disposition", CALLED);
    refusal.in(asked);
    asked.when(
        refusal.made(),
        api -> {
          Refused refused = refusal(() -> new MediaPicker(api).add(7L, CALLED, TEXT));
          assertEquals(refusal.code(), refused.code());
          assertEquals(refusal.isForLater(), refused.retryAfter() > 0);
        });
  }

  @Test
  void parametersHaveALimitAsEverywhere() {
    String json = "{\"post\":\"7\"}";
    RefusedRequest.givenLongText(conversation("a new medium with more text than the server takes"))
        .by(AGENT)
        .asks("POST", MEDIA)
        .sends(RefusedRequest.huge(JsonNodeFactory.instance.objectNode().put("post", "7"), "post"))
        .isRefused(413, "rest_content_too_large")
        .when(
            request -> request.setHeader("Content-Type", "application/json"),
            api ->
                assertEquals(
                    413, refusal(() -> new MediaPicker(api).add(null, null, json)).status()));
  }

  private Conversation toAdd(String description, String role, String content) {
    Conversation conversation = conversation(description);
    if (role != null) {
      conversation.by(role);
    }
    return conversation
        .given("a ticket exists")
        .asks("POST", MEDIA)
        .query("post=${ticketId}")
        .sends(content, BYTES);
  }

  @TestFactory
  Stream<DynamicTest> whatCanBeDoneIsLookedUp() {
    return Stream.of(
            described(
                "media", MEDIA, List.of("GET", "POST"), api -> new MediaPicker(api).withAll()),
            described("a medium", MEDIA + "/9", api -> new MediaPicker(api).withOne(9)))
        .flatMap(tests -> tests);
  }

  @TestFactory
  Stream<DynamicTest> refusals() {
    APIListMediaRequest all = APIListMediaRequest.newBuilder().build();
    return Stream.of(
            read("media", MEDIA, api -> new MediaPicker(api).found(all)),
            read("one medium", MEDIA + "/9", api -> new MediaPicker(api).read(9)))
        .flatMap(
            call ->
                refused(
                    call,
                    AS_SCRIPT,
                    NOT_LOGGED_IN,
                    WITH_NONCE,
                    SWITCHED_OFF,
                    TOO_OFTEN,
                    DAMAGED,
                    UNAVAILABLE));
  }

  private static Call read(String what, String route, Conversation.Part part) {
    return new Call(what, AGENT, false, "GET", route, null, null, part);
  }

  private static void kept(LambdaDslObject file) {
    file.valueFromProviderState("id", "${fileId}", 9);
    described(file);
  }

  private static void described(LambdaDslObject file) {
    file.object("title", title -> title.stringValue("rendered", "notes"));
    file.stringMatcher("source_url", "https?://.+/wp-json/kbs/v1/tickets/\\d+/files/\\d+", ADDRESS);
  }
}
