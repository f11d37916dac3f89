package io.kbsserver.consumers;

import static io.kbsserver.consumers.RefusedRequest.AS_SCRIPT;
import static io.kbsserver.consumers.RefusedRequest.DAMAGED;
import static io.kbsserver.consumers.RefusedRequest.NOT_LOGGED_IN;
import static io.kbsserver.consumers.RefusedRequest.TOO_OFTEN;
import static io.kbsserver.consumers.RefusedRequest.UNAVAILABLE;
import static io.kbsserver.consumers.RefusedRequest.WITH_NONCE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import au.com.dius.pact.consumer.dsl.DslPart;
import au.com.dius.pact.consumer.dsl.LambdaDsl;
import au.com.dius.pact.consumer.dsl.LambdaDslObject;
import io.kbsserver.client.ApiException;
import io.kbsserver.client.UsersApi.APIGetCurrentUserRequest;
import io.kbsserver.client.UsersApi.APIListUsersRequest;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A client of WordPress finds out what there is, tests its login, and shows people. */
class WordPressClientConsumerTest extends ConsumerTest {

  private static final String NAMESPACE = "/wp/v2";
  private static final String USERS = "/wp/v2/users";
  private static final String ME = USERS + "/me";
  private static final String AGENT = USERS + "/${agentId}";
  private static final String ROLE = "administrator";

  WordPressClientConsumerTest() {
    super("wordpress-client");
  }

  @Test
  void whatThereIsIsLookedUp() {
    conversation("the routes of WordPress")
        .asks("GET", NAMESPACE)
        .isAnswered(
            200,
            index -> {
              index.stringValue("namespace", "wp/v2");
              index.object(
                  "routes",
                  routes ->
                      routes.object(
                          ME, route -> route.array("methods", all -> all.stringValue("GET"))));
            })
        .when(api -> assertTrue(new WordPressClient(api).routes().contains(ME)));
  }

  @Test
  void aLoginIsTested() {
    conversation("who has logged in")
        .by(ROLE)
        .asks("GET", ME)
        .query("context=edit")
        .isAnswered(
            200,
            me -> {
              me.numberType("id", 3);
              me.stringType("username", "anna");
              me.stringType("email", "anna@example.com");
              me.array("roles", roles -> roles.stringValue(ROLE));
              person(me);
            })
        .when(
            api -> {
              WordPressClient.Account me = new WordPressClient(api).whoAmI();
              assertEquals(List.of(ROLE), me.roles());
              assertEquals("anna", me.login());
            });
  }

  @Test
  void peopleAreListed() {
    conversation("the people whose slug is known")
        .by(ROLE)
        .given("an agent works here", "email", "anna@example.com")
        .asks("GET", USERS)
        .query("include=${agentId}")
        .isAnswered(200, list())
        .with("X-WP-Total", "1", "1")
        .with("X-WP-TotalPages", "1", "1")
        .when(
            api -> {
              APIListUsersRequest wanted =
                  APIListUsersRequest.newBuilder().include(List.of(3L)).build();
              assertEquals(1, new WordPressClient(api).people(wanted).total());
            });
  }

  @Test
  void aPersonIsRead() {
    conversation("a person")
        .by(ROLE)
        .given("an agent works here", "email", "anna@example.com")
        .asks("GET", AGENT)
        .isAnswered(
            200,
            user -> {
              user.valueFromProviderState("id", "${agentId}", 3);
              person(user);
            })
        .when(api -> assertEquals(3, new WordPressClient(api).person(3).id()));
  }

  @Test
  void whoIsGoneIsNotFound() {
    conversation("a person who is gone")
        .by(ROLE)
        .asks("GET", USERS + "/999999")
        .isRefused(404, "rest_user_invalid_id")
        .when(
            api ->
                assertEquals(
                    404, refusal(() -> new WordPressClient(api).person(999_999)).status()));
  }

  @Test
  void whoHasPublishedNothingIsNotForEverybody() {
    conversation("a person who has published nothing, without a login")
        .given("an agent works here", "email", "anna@example.com")
        .asks("GET", AGENT)
        .isRefused(401, "rest_user_cannot_view")
        .when(api -> assertEquals(401, refusal(() -> new WordPressClient(api).person(3)).status()));
    conversation("a person who has published nothing, as a customer")
        .by("support_customer")
        .given("an agent works here", "email", "anna@example.com")
        .asks("GET", AGENT)
        .isRefused(403, "rest_user_cannot_view")
        .when(api -> assertEquals(403, refusal(() -> new WordPressClient(api).person(3)).status()));
  }

  @Test
  void rolesAreForAdministrators() {
    APIListUsersRequest wanted =
        APIListUsersRequest.newBuilder().roles(List.of("administrator")).build();
    conversation("the administrators, without a login")
        .asks("GET", USERS)
        .query("roles=administrator")
        .isRefused(401, "rest_user_cannot_view")
        .when(
            api ->
                assertEquals(401, refusal(() -> new WordPressClient(api).people(wanted)).status()));
    conversation("the administrators, as a customer")
        .by("support_customer")
        .asks("GET", USERS)
        .query("roles=administrator")
        .isRefused(403, "rest_user_cannot_view")
        .when(
            api ->
                assertEquals(403, refusal(() -> new WordPressClient(api).people(wanted)).status()));
  }

  @TestFactory
  Stream<DynamicTest> whatCanBeDoneIsLookedUp() {
    return Stream.of(
            describe("the namespace", NAMESPACE, api -> new WordPressClient(api).withRoutes()),
            describe("people", USERS, api -> new WordPressClient(api).withPeople()),
            describe("a person", USERS + "/3", api -> new WordPressClient(api).withPerson(3)),
            describe("oneself", ME, api -> new WordPressClient(api).withMyself()))
        .flatMap(tests -> tests);
  }

  private Stream<DynamicTest> describe(String what, String route, Look look) {
    String asked = "what can be done with " + what;
    DynamicTest told =
        DynamicTest.dynamicTest(
            asked,
            () ->
                conversation(asked)
                    .asks("OPTIONS", route)
                    .isAnswered(
                        200, described -> described.array("methods", all -> all.stringValue("GET")))
                    .when(api -> assertEquals(Set.of("GET"), look.at(api))));
    Call call = new Call(asked, null, false, "OPTIONS", route, null, null, look::at);
    return Stream.concat(
        Stream.of(told), refused(call, AS_SCRIPT, WITH_NONCE, DAMAGED, UNAVAILABLE));
  }

  /** How the SDK asks what can be done. */
  private interface Look {
    Set<String> at(Api api) throws Exception;
  }

  @TestFactory
  Stream<DynamicTest> refusals() {
    APIListUsersRequest all = APIListUsersRequest.newBuilder().build();
    return Stream.of(
            refused(
                new Call(
                    "the routes of WordPress",
                    null,
                    false,
                    "GET",
                    NAMESPACE,
                    null,
                    null,
                    api -> new WordPressClient(api).routes()),
                AS_SCRIPT,
                WITH_NONCE,
                DAMAGED,
                UNAVAILABLE),
            refused(
                read("people", USERS, api -> new WordPressClient(api).people(all)),
                AS_SCRIPT,
                TOO_OFTEN,
                WITH_NONCE,
                DAMAGED,
                UNAVAILABLE),
            refused(
                read("one person", USERS + "/3", api -> new WordPressClient(api).person(3)),
                AS_SCRIPT,
                TOO_OFTEN,
                WITH_NONCE,
                DAMAGED,
                UNAVAILABLE),
            refused(
                read("oneself", ME, WordPressClientConsumerTest::login),
                AS_SCRIPT,
                NOT_LOGGED_IN,
                TOO_OFTEN,
                WITH_NONCE,
                DAMAGED,
                UNAVAILABLE))
        .flatMap(tests -> tests);
  }

  private static void login(Api api) throws ApiException {
    api.users().getCurrentUser(APIGetCurrentUserRequest.newBuilder().build());
  }

  private static Call read(String what, String route, Conversation.Part part) {
    return new Call(what, ROLE, false, "GET", route, null, null, part);
  }

  private static DslPart list() {
    return LambdaDsl.newJsonArray(
            items ->
                items.object(
                    user -> {
                      user.valueFromProviderState("id", "${agentId}", 3);
                      person(user);
                    }))
        .build();
  }

  private static void person(LambdaDslObject user) {
    user.stringType("name", "Anna Agent");
    user.stringType("url", "");
    user.stringType("description", "");
    user.stringType("link", "https://example.com/author/anna/");
    user.stringType("slug", "anna");
    user.object("avatar_urls", urls -> urls.stringType("48", "https://example.com/picture"));
    user.object(
        "_links",
        links -> {
          links.eachLike("self", link -> link.stringType("href", "https://example.com/3"));
          links.eachLike("collection", link -> link.stringType("href", "https://example.com"));
        });
  }
}
