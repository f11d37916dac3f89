package io.kbsserver.consumers;

import static io.kbsserver.consumers.RefusedRequest.AS_SCRIPT;
import static io.kbsserver.consumers.RefusedRequest.AS_TEXT;
import static io.kbsserver.consumers.RefusedRequest.DAMAGED;
import static io.kbsserver.consumers.RefusedRequest.NOT_LOGGED_IN;
import static io.kbsserver.consumers.RefusedRequest.TOO_LARGE;
import static io.kbsserver.consumers.RefusedRequest.TOO_OFTEN;
import static io.kbsserver.consumers.RefusedRequest.UNAVAILABLE;
import static io.kbsserver.consumers.RefusedRequest.WITH_NONCE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import au.com.dius.pact.consumer.dsl.LambdaDsl;
import au.com.dius.pact.consumer.dsl.LambdaDslObject;
import io.kbsserver.client.model.ApplicationPasswordCreate;
import io.kbsserver.client.model.ApplicationPasswordUpdate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A program makes itself a password, finds it again, renames it, and revokes it. */
class PasswordKeeperConsumerTest extends ConsumerTest {

  private static final String UUID = "f7a7eea5-89cf-4d7a-b846-f54165774ea3";
  private static final String ALL = "/wp/v2/users/me/application-passwords";
  private static final String OF_NOBODY = "/wp/v2/users/999999/application-passwords";
  private static final String MINE = ALL + "/introspect";
  private static final String ONE = ALL + "/${passwordUuid}";
  private static final String ROLE = "subscriber";
  private static final String ONE_MORE = "the user has one more application password";
  private static final List<String> METHODS = List.of("POST", "PUT", "PATCH");

  private static final ApplicationPasswordCreate NEW =
      new ApplicationPasswordCreate().name("Billing");
  private static final ApplicationPasswordUpdate OTHER_NAME =
      new ApplicationPasswordUpdate().name("Billing, new server");

  PasswordKeeperConsumerTest() {
    super("password-keeper");
  }

  private static PasswordKeeper mine(Api api) {
    return new PasswordKeeper(api, "me");
  }

  private static PasswordKeeper ofNobody(Api api) {
    return new PasswordKeeper(api, "999999");
  }

  @Test
  void aProgramMakesItselfAPassword() {
    conversation("a password for a program")
        .by(ROLE)
        .asks("POST", ALL)
        .sends(json -> json.stringValue("name", "Billing"))
        .isAnswered(
            201,
            made -> {
              password(made, "Billing");
              made.stringMatcher(
                  "password",
                  "([A-Za-z0-9]{4} ){5}[A-Za-z0-9]{4}",
                  "abcd EFGH 1234 ijkl MNOP 6789");
              made.nullValue("last_used");
            })
        .when(api -> assertTrue(mine(api).make(NEW).startsWith("abcd EFGH")));
  }

  @Test
  void passwordsAreListed() {
    conversation("the passwords of a user")
        .by(ROLE)
        .asks("GET", ALL)
        .isAnswered(
            200, LambdaDsl.newJsonArray(all -> all.object(one -> password(one, "pact"))).build())
        .when(api -> assertEquals(List.of("pact"), mine(api).names()));
  }

  @Test
  void aProgramFindsItsPassword() {
    conversation("the password that is used")
        .by(ROLE)
        .asks("GET", MINE)
        .isAnswered(200, one -> password(one, "pact"))
        .when(api -> assertEquals("pact", mine(api).nameOfMine()));
    conversation("one of the passwords")
        .by(ROLE)
        .given(ONE_MORE)
        .asks("GET", ONE)
        .isAnswered(200, one -> password(one, "Billing"))
        .when(api -> assertEquals("Billing", mine(api).name(UUID)));
  }

  @TestFactory
  Stream<DynamicTest> aPasswordIsRenamed() {
    return METHODS.stream()
        .flatMap(
            method ->
                Stream.of(
                    dynamicTest(method, () -> renamed(method)),
                    dynamicTest(method + " to one that is taken", () -> taken(method))));
  }

  private void renamed(String method) {
    conversation("another name for a password, by " + method)
        .by(ROLE)
        .given(ONE_MORE)
        .asks(method, ONE)
        .sends(json -> json.stringValue("name", OTHER_NAME.getName()))
        .isAnswered(200, one -> password(one, OTHER_NAME.getName()))
        .when(
            api -> assertEquals(OTHER_NAME.getName(), mine(api).rename(method, UUID, OTHER_NAME)));
  }

  private void taken(String method) {
    ApplicationPasswordUpdate wanted = new ApplicationPasswordUpdate().name("pact");
    conversation("a name for a password that is taken, by " + method)
        .by(ROLE)
        .given(ONE_MORE)
        .asks(method, ONE)
        .sends(json -> json.stringValue("name", "pact"))
        .isRefused(409, "application_password_duplicate_name")
        .when(
            api ->
                assertEquals(409, refusal(() -> mine(api).rename(method, UUID, wanted)).status()));
  }

  @Test
  void aPasswordIsRevoked() {
    conversation("a password that is not needed any more")
        .by(ROLE)
        .given(ONE_MORE)
        .asks("DELETE", ONE)
        .isAnswered(
            200,
            gone -> {
              gone.booleanValue("deleted", true);
              gone.object("previous", one -> password(one, "Billing"));
            })
        .when(api -> assertEquals("Billing", mine(api).revoke(UUID)));
    conversation("all passwords, which are not needed any more")
        .by(ROLE)
        .given(ONE_MORE)
        .asks("DELETE", ALL)
        .isAnswered(
            200,
            gone -> {
              gone.booleanValue("deleted", true);
              gone.numberValue("count", 2);
            })
        .when(api -> assertEquals(2, mine(api).revokeAll()));
  }

  @Test
  void aNameIsThereOnce() {
    conversation("a password of a name that there is")
        .by(ROLE)
        .given(ONE_MORE)
        .asks("POST", ALL)
        .sends(json -> json.stringValue("name", "Billing"))
        .isRefused(409, "application_password_duplicate_name")
        .when(api -> assertEquals(409, refusal(() -> mine(api).make(NEW)).status()));
  }

  @Test
  void passwordsOfOthersAreNotShown() {
    conversation("the passwords of somebody else")
        .by(ROLE)
        .given("an agent works here")
        .asks("GET", "/wp/v2/users/${agentId}/application-passwords")
        .isRefused(403, "rest_cannot_list_application_passwords")
        .when(
            api -> assertEquals(403, refusal(() -> new PasswordKeeper(api, "3").names()).status()));
  }

  @TestFactory
  Stream<DynamicTest> whoIsNobodyHasNone() {
    String one = OF_NOBODY + "/" + UUID;
    return Stream.concat(
        Stream.of(
            nobody("GET", OF_NOBODY, null, api -> ofNobody(api).names()),
            nobody("POST", OF_NOBODY, "Billing", api -> ofNobody(api).make(NEW)),
            nobody("DELETE", OF_NOBODY, null, api -> ofNobody(api).revokeAll()),
            nobody("GET", OF_NOBODY + "/introspect", null, api -> ofNobody(api).nameOfMine()),
            nobody("GET", one, null, api -> ofNobody(api).name(UUID)),
            nobody("DELETE", one, null, api -> ofNobody(api).revoke(UUID))),
        METHODS.stream()
            .map(
                method ->
                    nobody(
                        method,
                        one,
                        OTHER_NAME.getName(),
                        api -> ofNobody(api).rename(method, UUID, OTHER_NAME))));
  }

  private DynamicTest nobody(String method, String route, String name, Conversation.Part part) {
    String what = "passwords of nobody, by " + method + " " + route.replaceFirst(".*/", "");
    return dynamicTest(
        what,
        () -> {
          Conversation asked = conversation(what).by("administrator").asks(method, route);
          if (name != null) {
            asked.sends(json -> json.stringValue("name", name));
          }
          asked
              .isRefused(404, "rest_user_invalid_id")
              .when(api -> assertEquals(404, refusal(() -> part.run(api)).status()));
        });
  }

  @TestFactory
  Stream<DynamicTest> whatCanBeDoneIsLookedUp() {
    String one = ALL + "/" + UUID;
    Set<String> read = Set.of("GET");
    return Stream.of(
            describe(
                "all passwords", ALL, Set.of("GET", "POST", "DELETE"), api -> mine(api).withAll()),
            describe("the password that is used", MINE, read, api -> mine(api).withMine()),
            describe(
                "a password",
                one,
                Set.of("GET", "POST", "PUT", "PATCH", "DELETE"),
                api -> mine(api).withOne(UUID)))
        .flatMap(tests -> tests);
  }

  private Stream<DynamicTest> describe(String what, String route, Set<String> methods, Look look) {
    String asked = "what can be done with " + what;
    DynamicTest told =
        dynamicTest(
            asked,
            () ->
                conversation(asked)
                    .asks("OPTIONS", route)
                    .isAnswered(
                        200,
                        described ->
                            described.array(
                                "methods",
                                all ->
                                    METHODS_IN_ORDER.stream()
                                        .filter(methods::contains)
                                        .forEach(all::stringValue)))
                    .when(api -> assertEquals(methods, look.at(api))));
    Call call = new Call(asked, null, false, "OPTIONS", route, null, null, look::at);
    return Stream.concat(
        Stream.of(told), refused(call, AS_SCRIPT, WITH_NONCE, DAMAGED, UNAVAILABLE));
  }

  private static final List<String> METHODS_IN_ORDER =
      List.of("GET", "DELETE", "POST", "PUT", "PATCH");

  /** How the SDK asks what can be done. */
  private interface Look {
    Set<String> at(Api api) throws Exception;
  }

  @TestFactory
  Stream<DynamicTest> refusals() {
    String one = ALL + "/" + UUID;
    Stream<Call> reads =
        Stream.of(
            call("all passwords", "GET", ALL, null, api -> mine(api).names()),
            call("my password", "GET", MINE, null, api -> mine(api).nameOfMine()),
            call("a password", "GET", one, null, api -> mine(api).name(UUID)),
            call("a password to revoke", "DELETE", one, null, api -> mine(api).revoke(UUID)),
            call("all to revoke", "DELETE", ALL, null, api -> mine(api).revokeAll()));
    Stream<Call> writes =
        Stream.concat(
            Stream.of(call("a new password", "POST", ALL, NEW, api -> mine(api).make(NEW))),
            METHODS.stream()
                .map(
                    method ->
                        call(
                            "a password to rename by " + method,
                            method,
                            one,
                            OTHER_NAME,
                            api -> mine(api).rename(method, UUID, OTHER_NAME))));
    return Stream.concat(
        reads.flatMap(
            call ->
                refused(
                    call, AS_SCRIPT, NOT_LOGGED_IN, TOO_OFTEN, WITH_NONCE, DAMAGED, UNAVAILABLE)),
        writes.flatMap(
            call ->
                refused(
                    call,
                    AS_SCRIPT,
                    NOT_LOGGED_IN,
                    TOO_OFTEN,
                    WITH_NONCE,
                    TOO_LARGE,
                    AS_TEXT,
                    DAMAGED,
                    UNAVAILABLE)));
  }

  private static Call call(
      String what, String method, String route, Object model, Conversation.Part part) {
    return new Call(what, ROLE, false, method, route, model, model == null ? null : "name", part);
  }

  private static void password(LambdaDslObject one, String name) {
    one.uuid("uuid", java.util.UUID.fromString(UUID));
    one.stringValue("app_id", "");
    one.stringValue("name", name);
    one.stringMatcher(
        "created", "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d", "2026-01-02T03:04:05");
    one.object(
        "_links",
        links ->
            links.eachLike(
                "self", link -> link.stringType("href", "https://example.com/wp-json/wp/v2")));
  }
}
