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
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import au.com.dius.pact.consumer.dsl.LambdaDsl;
import au.com.dius.pact.consumer.dsl.LambdaDslObject;
import io.kbsserver.client.model.WebhookCreate;
import io.kbsserver.client.model.WebhookDeliveryCreate;
import io.kbsserver.client.model.WebhookSecretCreate;
import io.kbsserver.client.model.WebhookUpdate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** An integration makes itself a webhook, tries it, gives it a new secret, and removes it. */
class WebhookKeeperConsumerTest extends ConsumerTest {

  private static final String ALL = "/kbs/v1/webhooks";
  private static final String ONE = ALL + "/${webhookId}";
  private static final String SOME = ALL + "/5";
  private static final String NONE = ALL + "/999999";
  private static final String ROLE = "support_agent";
  private static final String HAS_ONE = "the user has a webhook";
  private static final String URL = "https://receiver.invalid/hook";
  private static final String SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
  private static final List<String> METHODS = List.of("POST", "PUT", "PATCH");

  private static final WebhookCreate NEW = new WebhookCreate().url(URL);
  private static final WebhookUpdate CHANGE = new WebhookUpdate().description("CRM");
  private static final WebhookSecretCreate RENEWAL = new WebhookSecretCreate().keepHours(24);
  private static final WebhookDeliveryCreate TEST = new WebhookDeliveryCreate().test(true);

  WebhookKeeperConsumerTest() {
    super("webhook-keeper");
  }

  private static WebhookKeeper on(Api api) {
    return new WebhookKeeper(api);
  }

  @Test
  void aWebhookIsMade() {
    conversation("a new webhook")
        .by(ROLE)
        .asks("POST", ALL)
        .sends(json -> json.stringValue("url", URL))
        .isAnswered(
            201,
            made -> {
              made.integerType("id", 5);
              webhook(made, "active");
              made.stringMatcher("secret", "whsec_.{20,}", SECRET);
            })
        .with("Location", ".*/kbs/v1/webhooks/\\d+", "https://example.com/wp-json" + SOME)
        .when(api -> assertEquals(SECRET, on(api).make(NEW)));
  }

  @Test
  void aWebhookOfNewTicketsIsMade() {
    conversation("a new webhook for tickets that are new")
        .by(ROLE)
        .asks("POST", ALL)
        .sends(
            json -> {
              json.stringValue("url", URL);
              json.stringValue("description", "Intake");
              json.array("types", types -> types.stringValue("ticket.created"));
              json.array("statuses", statuses -> statuses.stringValue("new"));
            })
        .isAnswered(
            201,
            made -> {
              made.stringValue("description", "Intake");
              made.array("types", types -> types.stringValue("ticket.created"));
              made.array("statuses", statuses -> statuses.stringValue("new"));
              made.stringMatcher("secret", "whsec_.{20,}", SECRET);
            })
        .when(
            api ->
                assertEquals(
                    SECRET,
                    on(api)
                        .make(
                            new WebhookCreate()
                                .url(URL)
                                .description("Intake")
                                .types(List.of("ticket.created"))
                                .statuses(List.of("new")))));
  }

  @Test
  void thereAreNotTooMany() {
    conversation("one webhook too many")
        .by(ROLE)
        .given("the user has as many webhooks as one can have")
        .asks("POST", ALL)
        .sends(json -> json.stringValue("url", URL))
        .isRefused(409, "webhook_too_many")
        .when(api -> assertEquals(409, refusal(() -> on(api).make(NEW)).status()));
  }

  @Test
  void anAddressInsideIsRefused() {
    WebhookCreate inside = new WebhookCreate().url("https://10.0.0.1/");
    conversation("a webhook that leads inside")
        .by(ROLE)
        .asks("POST", ALL)
        .sends(json -> json.stringValue("url", inside.getUrl()))
        .isRefused(400, "rest_invalid_param", "url")
        .when(api -> assertAtFault("url", refusal(() -> on(api).make(inside))));
  }

  @Test
  void webhooksAreListedAndRead() {
    conversation("the webhooks of a user")
        .by(ROLE)
        .given(HAS_ONE)
        .asks("GET", ALL)
        .isAnswered(
            200, LambdaDsl.newJsonArray(all -> all.object(WebhookKeeperConsumerTest::kept)).build())
        .when(api -> assertEquals(List.of(URL), on(api).addresses()));
    conversation("a webhook")
        .by(ROLE)
        .given(HAS_ONE)
        .asks("GET", ONE)
        .isAnswered(200, WebhookKeeperConsumerTest::kept)
        .when(api -> assertEquals("active", on(api).status(5)));
  }

  @TestFactory
  Stream<DynamicTest> aWebhookIsChanged() {
    return METHODS.stream()
        .map(
            method ->
                dynamicTest(
                    method,
                    () ->
                        conversation("another description of a webhook, by " + method)
                            .by(ROLE)
                            .given(HAS_ONE)
                            .asks(method, ONE)
                            .sends(json -> json.stringValue("description", "CRM"))
                            .isAnswered(
                                200,
                                one -> {
                                  kept(one);
                                  one.stringValue("description", "CRM");
                                })
                            .when(api -> assertEquals("CRM", on(api).change(method, 5, CHANGE)))));
  }

  @Test
  void aWebhookIsRemoved() {
    conversation("a webhook that is not needed any more")
        .by(ROLE)
        .given(HAS_ONE)
        .asks("DELETE", ONE)
        .isAnswered(
            200,
            gone -> {
              gone.booleanValue("deleted", true);
              gone.object("previous", WebhookKeeperConsumerTest::kept);
            })
        .when(api -> assertEquals(URL, on(api).remove(5)));
  }

  @Test
  void aSecretIsRenewed() {
    conversation("the secrets of a webhook")
        .by(ROLE)
        .given(HAS_ONE)
        .asks("GET", ONE + "/secrets")
        .isAnswered(
            200,
            LambdaDsl.newJsonArray(all -> all.object(WebhookKeeperConsumerTest::secret)).build())
        .when(api -> assertEquals(1, on(api).secrets(5)));
    conversation("a new secret of a webhook")
        .by(ROLE)
        .given(HAS_ONE)
        .asks("POST", ONE + "/secrets")
        .sends(json -> json.numberValue("keep_hours", 24))
        .isAnswered(
            201,
            made -> {
              secret(made);
              made.stringMatcher("secret", "whsec_.{20,}", SECRET);
            })
        .when(api -> assertEquals(SECRET, on(api).renew(5, RENEWAL)));
  }

  @Test
  void aTestIsSent() {
    conversation("a test of a webhook")
        .by(ROLE)
        .given(HAS_ONE)
        .asks("POST", ONE + "/deliveries")
        .sends(json -> json.booleanValue("test", true))
        .isAnswered(
            202,
            sent -> {
              sent.integerType("delivery", 93);
              sent.integerType("position", 4711);
            })
        .when(api -> assertNotNull(on(api).send(5, TEST)));
    conversation("what was sent to a webhook")
        .by(ROLE)
        .given(HAS_ONE)
        .given("a test of the webhook waits")
        .asks("GET", ONE + "/deliveries")
        .isAnswered(
            200,
            LambdaDsl.newJsonArray(
                    all ->
                        all.object(
                            one -> {
                              one.integerType("id", 93);
                              one.stringValue("type", "webhook.test");
                              one.stringValue("status", "waiting");
                              one.stringMatcher(
                                  "message_id", "msg_\\d+_test_\\d+", "msg_5_test_93");
                              one.numberValue("position", 0);
                              one.numberValue("ticket", 0);
                              one.numberValue("attempts", 0);
                              one.nullValue("answer");
                            }))
                .build())
        .with("X-WP-Total", "1", "1")
        .when(api -> assertEquals(List.of("webhook.test"), on(api).deliveries(5)));
  }

  @TestFactory
  Stream<DynamicTest> whatIsNotThereIsNotFound() {
    return Stream.concat(
        Stream.of(
            missing("GET", NONE, null, api -> on(api).status(999_999)),
            missing("DELETE", NONE, null, api -> on(api).remove(999_999)),
            missing("GET", NONE + "/secrets", null, api -> on(api).secrets(999_999)),
            missing("GET", NONE + "/deliveries", null, api -> on(api).deliveries(999_999)),
            missing(
                "POST",
                NONE + "/secrets",
                json -> json.numberValue("keep_hours", 24),
                api -> on(api).renew(999_999, RENEWAL)),
            missing(
                "POST",
                NONE + "/deliveries",
                json -> json.booleanValue("test", true),
                api -> on(api).send(999_999, TEST))),
        METHODS.stream()
            .map(
                method ->
                    missing(
                        method,
                        NONE,
                        json -> json.stringValue("description", "CRM"),
                        api -> on(api).change(method, 999_999, CHANGE))));
  }

  private DynamicTest missing(
      String method,
      String route,
      java.util.function.Consumer<LambdaDslObject> body,
      Conversation.Part part) {
    String what = "a webhook that is gone, by " + method + " " + route.replaceFirst(".*/", "");
    return dynamicTest(
        what,
        () -> {
          Conversation asked = conversation(what).by(ROLE).asks(method, route);
          if (body != null) {
            asked.sends(body);
          }
          asked
              .isRefused(404, "rest_webhook_invalid_id")
              .when(
                  api ->
                      assertEquals("rest_webhook_invalid_id", refusal(() -> part.run(api)).code()));
        });
  }

  @TestFactory
  Stream<DynamicTest> whatCanBeDoneIsLookedUp() {
    return Stream.of(
            described("webhooks", ALL, List.of("GET", "POST"), api -> on(api).withAll()),
            described(
                "a webhook",
                SOME,
                List.of("GET", "DELETE", "POST", "PUT", "PATCH"),
                api -> on(api).withOne(5)),
            described(
                "the secrets of a webhook",
                SOME + "/secrets",
                List.of("GET", "POST"),
                api -> on(api).withSecrets(5)),
            described(
                "the deliveries of a webhook",
                SOME + "/deliveries",
                List.of("GET", "POST"),
                api -> on(api).withDeliveries(5)))
        .flatMap(tests -> tests);
  }

  @TestFactory
  Stream<DynamicTest> refusals() {
    Stream<Call> reads =
        Stream.of(
            call("all webhooks", "GET", ALL, null, null, api -> on(api).addresses()),
            call("one webhook", "GET", SOME, null, null, api -> on(api).status(5)),
            call("a webhook to remove", "DELETE", SOME, null, null, api -> on(api).remove(5)),
            call("secrets", "GET", SOME + "/secrets", null, null, api -> on(api).secrets(5)),
            call(
                "deliveries",
                "GET",
                SOME + "/deliveries",
                null,
                null,
                api -> on(api).deliveries(5)));
    Stream<Call> writes =
        Stream.concat(
            Stream.of(
                call("a webhook to make", "POST", ALL, NEW, "url", api -> on(api).make(NEW)),
                call(
                    "a secret to make",
                    "POST",
                    SOME + "/secrets",
                    RENEWAL,
                    "keep_hours",
                    api -> on(api).renew(5, RENEWAL)),
                call(
                    "a delivery to make",
                    "POST",
                    SOME + "/deliveries",
                    TEST,
                    "test",
                    api -> on(api).send(5, TEST))),
            METHODS.stream()
                .map(
                    method ->
                        call(
                            "a webhook to change by " + method,
                            method,
                            SOME,
                            CHANGE,
                            "description",
                            api -> on(api).change(method, 5, CHANGE))));
    return Stream.concat(
        reads.flatMap(
            call ->
                refused(
                    call,
                    AS_SCRIPT,
                    WITHOUT_LOGIN,
                    TOO_OFTEN,
                    WITH_NONCE,
                    SWITCHED_OFF,
                    DAMAGED,
                    UNAVAILABLE)),
        writes.flatMap(
            call ->
                refused(
                    call,
                    AS_SCRIPT,
                    WITHOUT_LOGIN,
                    TOO_OFTEN,
                    WITH_NONCE,
                    SWITCHED_OFF,
                    TOO_LARGE,
                    AS_TEXT,
                    DAMAGED,
                    UNAVAILABLE)));
  }

  private static Call call(
      String what,
      String method,
      String route,
      Object model,
      String field,
      Conversation.Part part) {
    return new Call(what, ROLE, false, method, route, model, field, part);
  }

  private static void kept(LambdaDslObject one) {
    one.valueFromProviderState("id", "${webhookId}", 5);
    webhook(one, "active");
  }

  private static void webhook(LambdaDslObject one, String status) {
    one.stringValue("url", URL);
    one.stringType("description", "");
    one.stringValue("payload", "thin");
    one.stringValue("signature", "hmac");
    one.stringValue("status", status);
    one.array("types", types -> {});
    one.nullValue("reason");
  }

  private static void secret(LambdaDslObject one) {
    one.integerType("id", 8);
    one.nullValue("public_key");
    one.nullValue("valid_until");
    one.stringMatcher(
        "created", "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ", "2026-01-02T03:04:05Z");
  }
}
