package io.kbsserver.consumers;

import static io.kbsserver.consumers.RefusedRequest.AS_SCRIPT;
import static io.kbsserver.consumers.RefusedRequest.AS_TEXT;
import static io.kbsserver.consumers.RefusedRequest.DAMAGED;
import static io.kbsserver.consumers.RefusedRequest.TOO_LARGE;
import static io.kbsserver.consumers.RefusedRequest.TOO_OFTEN;
import static io.kbsserver.consumers.RefusedRequest.UNAVAILABLE;
import static io.kbsserver.consumers.RefusedRequest.WITH_NONCE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kbsserver.client.model.Batch;
import io.kbsserver.client.model.BatchMethod;
import io.kbsserver.client.model.BatchPart;
import io.kbsserver.client.model.BatchValidation;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A program tidies up with one request for many changes, and looks what has come of each. */
class QueueCleanerConsumerTest extends ConsumerTest {

  private static final String ROUTE = "/batch/v1";
  private static final String ROLE = "support_manager";
  private static final String TAGS = "/wp/v2/ticket_tag";
  private static final String NOTHING = "/kbs/v1/tickets/999999";

  QueueCleanerConsumerTest() {
    super("queue-cleaner");
  }

  private static Batch batch(BatchValidation validation) {
    return new Batch()
        .validation(validation)
        .requests(
            List.of(
                new BatchPart()
                    .method(BatchMethod.POST)
                    .path(TAGS + "?_fields=name")
                    .body(Map.of("name", "Tidied up")),
                new BatchPart().method(BatchMethod.DELETE).path(NOTHING)));
  }

  @Test
  void changesAreMadeTogether() {
    conversation("two changes, one of nothing")
        .by(ROLE)
        .asks("POST", ROUTE)
        .sends(tree(batch(BatchValidation.NORMAL)).toString(), "application/json")
        .isAnswered(
            207,
            result ->
                result.array(
                    "responses",
                    all ->
                        all.object(
                                made -> {
                                  made.numberValue("status", 201);
                                  made.object("body", tag -> tag.stringValue("name", "Tidied up"));
                                })
                            .object(
                                refused -> {
                                  refused.numberValue("status", 404);
                                  refused.object(
                                      "body", error -> error.stringValue("code", "rest_no_route"));
                                })))
        .when(
            api ->
                assertEquals(
                    List.of(201, 404), new QueueCleaner(api).make(batch(BatchValidation.NORMAL))));
  }

  @Test
  void orNoneIsMade() {
    Batch changes = batch(BatchValidation.REQUIRE_ALL_VALIDATE);
    conversation("two changes or none")
        .by(ROLE)
        .asks("POST", ROUTE)
        .sends(tree(changes).toString(), "application/json")
        .isAnswered(
            207,
            result -> {
              result.stringValue("failed", "validation");
              result.array(
                  "responses",
                  all ->
                      all.nullValue()
                          .object(
                              refused -> {
                                refused.numberValue("status", 404);
                                refused.object(
                                    "body", error -> error.stringValue("code", "rest_no_route"));
                              }));
            })
        .when(api -> assertEquals(List.of(0, 404), new QueueCleaner(api).make(changes)));
  }

  @TestFactory
  Stream<DynamicTest> refusals() {
    return Stream.concat(
        refused(
            call("changes", batch(BatchValidation.NORMAL)),
            AS_SCRIPT,
            TOO_OFTEN,
            WITH_NONCE,
            AS_TEXT,
            DAMAGED,
            UNAVAILABLE),
        refused(
            call("no changes", new Batch().validation(BatchValidation.NORMAL).requests(List.of())),
            TOO_LARGE));
  }

  private static Call call(String what, Batch changes) {
    return new Call(
        what,
        ROLE,
        false,
        "POST",
        ROUTE,
        changes,
        "validation",
        api -> new QueueCleaner(api).make(changes));
  }

  @TestFactory
  Stream<DynamicTest> whatCanBeDoneIsLookedUp() {
    return described(
        "many changes at once", ROUTE, List.of("POST"), api -> new QueueCleaner(api).canBeDone());
  }
}
