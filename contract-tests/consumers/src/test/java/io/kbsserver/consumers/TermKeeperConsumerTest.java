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
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import au.com.dius.pact.consumer.dsl.LambdaDsl;
import au.com.dius.pact.consumer.dsl.LambdaDslObject;
import io.kbsserver.client.model.TermContext;
import io.kbsserver.client.model.TermCreate;
import io.kbsserver.client.model.TermUpdate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A manager lists, makes, renames and deletes categories and tags; an agent may not. */
class TermKeeperConsumerTest extends ConsumerTest {

  private static final String CATEGORIES = "/wp/v2/ticket_categories";
  private static final String TAGS = "/wp/v2/ticket_tag";
  private static final String DEPARTMENTS = "/wp/v2/ticket_departments";
  private static final String ONE = CATEGORIES + "/${categoryId}";
  private static final String NONE = CATEGORIES + "/999999";
  private static final long ID = 10;
  private static final long NOBODYS = 999_999;
  private static final String MANAGER = "support_manager";
  private static final String AGENT = "support_agent";
  private static final String THERE = "a category exists";
  private static final String NO_DEPARTMENTS = "departments are switched off";
  private static final List<String> METHODS = List.of("POST", "PUT", "PATCH");

  private static final TermCreate NEW = new TermCreate().name("On Site");
  private static final TermUpdate OTHER_NAME = new TermUpdate().name("Hardware and cables");

  TermKeeperConsumerTest() {
    super("term-keeper");
  }

  private static TermKeeper categories(Api api) {
    return new TermKeeper(api, "ticket_categories");
  }

  private static TermKeeper tags(Api api) {
    return new TermKeeper(api, "ticket_tag");
  }

  private static TermKeeper departments(Api api) {
    return new TermKeeper(api, "ticket_departments");
  }

  @Test
  void categoriesAreListedForEverybody() {
    conversation("the categories")
        .given(THERE)
        .asks("GET", CATEGORIES)
        .query("context=view")
        .isAnswered(
            200, LambdaDsl.newJsonArray(all -> all.object(one -> term(one, "Hardware"))).build())
        .when(api -> assertEquals(List.of("Hardware"), categories(api).names(TermContext.VIEW)));
    conversation("a category")
        .given(THERE)
        .asks("GET", ONE)
        .query("context=view")
        .isAnswered(200, one -> term(one, "Hardware"))
        .when(api -> assertEquals("Hardware", categories(api).name(ID, TermContext.VIEW)));
  }

  @Test
  void aTagIsMade() {
    conversation("a new tag")
        .by(MANAGER)
        .asks("POST", TAGS)
        .sends(json -> json.stringValue("name", "On Site"))
        .isAnswered(
            201,
            made -> {
              term(made, "On Site");
              made.stringValue("slug", "on-site");
              made.stringValue("taxonomy", "ticket_tag");
            })
        .with(
            "Location",
            "https?://.+/wp-json/wp/v2/ticket_tag/\\d+",
            "https://e.com/wp-json/wp/v2/ticket_tag/4")
        .when(api -> assertEquals("on-site", tags(api).make(NEW)));
  }

  @Test
  void thereIsOneCategoryOfAName() {
    conversation("a category of a name that there is")
        .by(MANAGER)
        .given(THERE)
        .asks("POST", CATEGORIES)
        .sends(json -> json.stringValue("name", "Hardware"))
        .isRefused(400, "term_exists", "name")
        .when(
            api ->
                assertAtFault(
                    "name",
                    refusal(() -> categories(api).make(new TermCreate().name("Hardware")))));
  }

  @TestFactory
  Stream<DynamicTest> aCategoryIsRenamed() {
    return METHODS.stream().map(method -> dynamicTest(method, () -> renamed(method)));
  }

  private void renamed(String method) {
    conversation("another name for a category, by " + method)
        .by(MANAGER)
        .given(THERE)
        .asks(method, ONE)
        .sends(json -> json.stringValue("name", OTHER_NAME.getName()))
        .isAnswered(200, one -> term(one, OTHER_NAME.getName()))
        .when(
            api ->
                assertEquals(OTHER_NAME.getName(), categories(api).rename(method, ID, OTHER_NAME)));
  }

  @Test
  void aCategoryIsDeletedForGood() {
    conversation("a category that is not needed any more")
        .by(MANAGER)
        .given(THERE)
        .asks("DELETE", ONE)
        .query("force=true")
        .isAnswered(
            200,
            gone -> {
              gone.booleanValue("deleted", true);
              gone.object("previous", one -> term(one, "Hardware"));
            })
        .when(api -> assertEquals("Hardware", categories(api).delete(ID, true)));
    conversation("a category for the trash")
        .by(MANAGER)
        .given(THERE)
        .asks("DELETE", ONE)
        .query("force=false")
        .isRefused(501, "rest_trash_not_supported")
        .when(api -> assertEquals(501, refusal(() -> categories(api).delete(ID, false)).status()));
  }

  @TestFactory
  Stream<DynamicTest> anAgentKeepsNoTerms() {
    return Stream.concat(
        Stream.of(
            refusedTo(
                AGENT,
                "POST",
                CATEGORIES,
                NEW.getName(),
                403,
                "rest_cannot_create",
                api -> categories(api).make(NEW)),
            refusedTo(
                AGENT,
                "DELETE",
                ONE,
                null,
                403,
                "rest_cannot_delete",
                api -> categories(api).delete(ID, true))),
        METHODS.stream()
            .map(
                method ->
                    refusedTo(
                        AGENT,
                        method,
                        ONE,
                        OTHER_NAME.getName(),
                        403,
                        "rest_cannot_update",
                        api -> categories(api).rename(method, ID, OTHER_NAME))));
  }

  @TestFactory
  Stream<DynamicTest> whatIsNoCategoryIsNotFound() {
    return Stream.concat(
        Stream.of(
            refusedTo(
                MANAGER,
                "GET",
                NONE,
                null,
                404,
                "rest_term_invalid",
                api -> categories(api).name(NOBODYS, TermContext.VIEW)),
            refusedTo(
                MANAGER,
                "DELETE",
                NONE,
                null,
                404,
                "rest_term_invalid",
                api -> categories(api).delete(NOBODYS, true))),
        METHODS.stream()
            .map(
                method ->
                    refusedTo(
                        MANAGER,
                        method,
                        NONE,
                        OTHER_NAME.getName(),
                        404,
                        "rest_term_invalid",
                        api -> categories(api).rename(method, NOBODYS, OTHER_NAME))));
  }

  private DynamicTest refusedTo(
      String role,
      String method,
      String route,
      String name,
      int status,
      String code,
      Conversation.Part part) {
    String what = "%s %s as %s".formatted(method, route.replaceAll("[${}]", ""), role);
    return dynamicTest(
        what,
        () -> {
          Conversation asked = conversation(what).by(role).given(THERE).asks(method, route);
          if (name != null) {
            asked.sends(json -> json.stringValue("name", name));
          } else {
            asked.query(method.equals("DELETE") ? "force=true" : "context=view");
          }
          asked
              .isRefused(status, code)
              .when(api -> assertEquals(status, refusal(() -> part.run(api)).status()));
        });
  }

  @Test
  void departmentsCanBeSwitchedOff() {
    conversation("the departments of a site without")
        .given(NO_DEPARTMENTS)
        .asks("GET", DEPARTMENTS)
        .query("context=view")
        .isRefused(404, "rest_no_route")
        .when(
            api ->
                assertEquals(
                    404, refusal(() -> departments(api).names(TermContext.VIEW)).status()));
    conversation("a new department on a site without")
        .by(MANAGER)
        .given(NO_DEPARTMENTS)
        .asks("POST", DEPARTMENTS)
        .sends(json -> json.stringValue("name", "On Site"))
        .isRefused(404, "rest_no_route")
        .when(api -> assertEquals(404, refusal(() -> departments(api).make(NEW)).status()));
  }

  @Test
  void onlyManagersReadTermsInOrderToChangeThem() {
    conversation("the categories to edit, without a login")
        .given(THERE)
        .asks("GET", CATEGORIES)
        .query("context=edit")
        .isRefused(401, "rest_forbidden_context")
        .when(
            api ->
                assertEquals(401, refusal(() -> categories(api).names(TermContext.EDIT)).status()));
    conversation("a category to edit, without a login")
        .given(THERE)
        .asks("GET", ONE)
        .query("context=edit")
        .isRefused(401, "rest_forbidden_context")
        .when(
            api ->
                assertEquals(
                    401, refusal(() -> categories(api).name(ID, TermContext.EDIT)).status()));
  }

  @TestFactory
  Stream<DynamicTest> whatCanBeDoneIsLookedUp() {
    return Stream.concat(
        described(
            "categories", CATEGORIES, List.of("GET", "POST"), api -> categories(api).withAll()),
        described(
            "a category",
            NONE,
            List.of("GET", "DELETE", "POST", "PUT", "PATCH"),
            api -> categories(api).withOne(NOBODYS)));
  }

  @TestFactory
  Stream<DynamicTest> refusals() {
    String one = CATEGORIES + "/" + ID;
    Stream<Call> reads =
        Stream.of(
            call("categories", "GET", CATEGORIES, null, api -> categories(api).names(null)),
            call("a category by its id", "GET", one, null, api -> categories(api).name(ID, null)));
    Stream<Call> deletions =
        Stream.of(
            call(
                "a category to delete",
                "DELETE",
                one,
                null,
                api -> categories(api).delete(ID, null)));
    Stream<Call> writes =
        Stream.concat(
            Stream.of(call("a new tag", "POST", TAGS, NEW, api -> tags(api).make(NEW))),
            METHODS.stream()
                .map(
                    method ->
                        call(
                            "a category to rename by " + method,
                            method,
                            one,
                            OTHER_NAME,
                            api -> categories(api).rename(method, ID, OTHER_NAME))));
    return Stream.of(
            reads.flatMap(
                call -> refused(call, AS_SCRIPT, TOO_OFTEN, WITH_NONCE, DAMAGED, UNAVAILABLE)),
            deletions.flatMap(
                call ->
                    refused(
                        call,
                        AS_SCRIPT,
                        NOT_LOGGED_IN,
                        TOO_OFTEN,
                        WITH_NONCE,
                        DAMAGED,
                        UNAVAILABLE)),
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
                        UNAVAILABLE)))
        .flatMap(tests -> tests);
  }

  private static Call call(
      String what, String method, String route, Object model, Conversation.Part part) {
    return new Call(
        what, MANAGER, false, method, route, model, model == null ? null : "name", part);
  }

  private static void term(LambdaDslObject one, String name) {
    one.integerType("id", (int) ID);
    one.stringValue("name", name);
    one.integerType("count", 0);
    one.object(
        "_links",
        links ->
            links.eachLike(
                "self", link -> link.stringType("href", "https://example.com/wp-json/wp/v2")));
  }
}
