package io.kbsserver.consumers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.client.ApiClient;
import io.kbsserver.client.ApiException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** What the tests of all consumers have in common. */
abstract class ConsumerTest {

  private final String name;

  /** Names the consumer, which is also the name of its pact file. */
  ConsumerTest(String name) {
    this.name = name;
  }

  /** A conversation of this consumer; what it does in it is described in a few words. */
  Conversation conversation(String description) {
    return new Conversation(name, description);
  }

  /**
   * A request that can be refused.
   *
   * @param what it asks for, in a few words
   * @param role who asks; null where everybody may
   * @param needsTicket whether {@code ${ticketId}} is in the route
   * @param model the body; null where there is none
   * @param field a field of the body that takes text; null where there is no body
   * @param part how the SDK asks so
   */
  record Call(
      String what,
      String role,
      boolean needsTicket,
      String method,
      String route,
      Object model,
      String field,
      Conversation.Part part) {

    /** What is read at a route that names its ticket by an id, or none. */
    static Call read(String what, String role, String route, Conversation.Part part) {
      return new Call(what, role, false, "GET", route, null, null, part);
    }
  }

  /** The consumer is refused in each of these ways, and understands why. */
  Stream<DynamicTest> refused(Call call, RefusedRequest... refusals) {
    return refused(call, List.of(refusals));
  }

  /** The same. */
  Stream<DynamicTest> refused(Call call, List<RefusedRequest> refusals) {
    return refusals.stream()
        .map(
            refusal ->
                dynamicTest(
                    call.what() + " " + refusal.circumstance(), () -> refused(call, refusal)));
  }

  private void refused(Call call, RefusedRequest refusal) {
    Conversation conversation =
        conversation(call.what() + " " + refusal.circumstance()).asks(call.method(), call.route());
    if (call.role() != null && refusal.withLogin()) {
      conversation.by(call.role());
    }
    if (call.needsTicket()) {
      conversation.given("a ticket exists");
    }
    if (call.model() != null) {
      switch (refusal) {
        case TOO_LARGE -> conversation.sends(RefusedRequest.huge(tree(call.model()), call.field()));
        case AS_TEXT -> conversation.sends(tree(call.model()).toString(), "text/plain");
        default -> conversation.sends(tree(call.model()).toString(), "application/json");
      }
    }
    refusal.in(conversation);
    conversation.when(
        refusal.made(),
        api -> {
          Refused refused = refusal(() -> call.part().run(api));
          assertEquals(refusal.status(), refused.status());
          assertEquals(refusal.code(), refused.code());
          assertEquals(refusal.isForLater(), refused.retryAfter() > 0);
        });
  }

  /** The consumer looks what can be done at a route, which is to read, and is refused. */
  Stream<DynamicTest> described(String what, String route, Look look) {
    return described(what, route, List.of("GET"), look);
  }

  /** The consumer looks what can be done at a route, and is refused in the ways that there are. */
  Stream<DynamicTest> described(String what, String route, List<String> methods, Look look) {
    String asked = "what can be done with " + what;
    DynamicTest told =
        dynamicTest(
            asked,
            () ->
                conversation(asked)
                    .asks("OPTIONS", route)
                    .isAnswered(
                        200,
                        answer -> answer.array("methods", all -> methods.forEach(all::stringValue)))
                    .when(api -> assertEquals(Set.copyOf(methods), look.at(api))));
    Call call = new Call(asked, null, false, "OPTIONS", route, null, null, look::at);
    return Stream.concat(
        Stream.of(told),
        refused(
            call,
            RefusedRequest.AS_SCRIPT,
            RefusedRequest.WITH_NONCE,
            RefusedRequest.DAMAGED,
            RefusedRequest.UNAVAILABLE));
  }

  /** How the SDK asks what can be done. */
  interface Look {
    Set<String> at(Api api) throws Exception;
  }

  /** Something that is done with the SDK. */
  interface Attempt {
    void run() throws Exception;
  }

  /** Why something is refused. */
  static Refused refusal(Attempt attempt) {
    return Refused.of(assertThrows(ApiException.class, attempt::run));
  }

  /** The only parameter at fault. */
  static void assertAtFault(String parameter, Refused refused) {
    assertTrue(refused.fields().containsKey(parameter), refused::toString);
  }

  static JsonNode tree(Object model) {
    return ApiClient.createDefaultObjectMapper().valueToTree(model);
  }
}
