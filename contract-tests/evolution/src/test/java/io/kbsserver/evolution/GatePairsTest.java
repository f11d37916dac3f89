package io.kbsserver.evolution;

import static io.kbsserver.evolution.Edit.add;
import static io.kbsserver.evolution.Edit.append;
import static io.kbsserver.evolution.Edit.drop;
import static io.kbsserver.evolution.Edit.parameter;
import static io.kbsserver.evolution.Edit.remove;
import static io.kbsserver.evolution.Edit.rename;
import static io.kbsserver.evolution.Edit.reverseKeys;
import static io.kbsserver.evolution.Edit.set;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.openapitools.openapidiff.core.model.ChangedOpenApi;
import org.openapitools.openapidiff.core.model.DiffResult;

/**
 * The gate itself, with pairs of contracts of which it is known whether clients break: the first
 * release, and the same with a small change.
 */
class GatePairsTest {

  private static final Edition RELEASED = Edition.read(Edition.RELEASED.resolve("1.0.0.yaml"));
  private static final LocalDate TODAY = LocalDate.of(2026, 6, 1);
  private static final String EVERY_NAME = "\n- Contract 1.0.1, Contract 1.1.0, Contract 2.0.0";

  private static final String SCHEMAS = "/components/schemas";
  private static final String DATA = SCHEMAS + "/TicketData/properties";
  private static final String CREATE = SCHEMAS + "/TicketCreate/properties";
  private static final String UPDATE = SCHEMAS + "/TicketUpdate/properties";
  private static final String PARAMETERS = "/components/parameters";
  private static final String TICKETS = "/paths/~1kbs~1v1~1tickets";
  private static final String TICKET = "/paths/~1kbs~1v1~1tickets~1{idOrNumber}";
  private static final String LIST = TICKETS + "/get";
  private static final String PAGE = LIST + "/responses/200";

  /** What a change is to clients. */
  private enum Verdict {
    /** Nothing that they could notice. */
    HARMLESS,
    /** More than there was. */
    COMPATIBLE,
    /** A field that they may rely on from now on. */
    PROMISE,
    /** Less than there was, or other. */
    BREAKING,
    /** Less than there was, of what is to be deprecated first. */
    REMOVED
  }

  /**
   * A pair.
   *
   * @param fragment what the message has to say
   * @param alone whether openapi-diff comes to the same verdict without us
   */
  private record Pair(
      String name, Verdict verdict, String fragment, boolean alone, List<Edit> edits) {

    Edition as(String version) {
      Edition changed = Edit.of(RELEASED, edits.toArray(Edit[]::new));
      return Edit.of(changed, set("/info/version", version));
    }
  }

  private static Pair harmless(String name, Edit... edits) {
    return new Pair(name, Verdict.HARMLESS, "", true, List.of(edits));
  }

  private static Pair compatible(String name, String fragment, Edit... edits) {
    return new Pair(name, Verdict.COMPATIBLE, fragment, true, List.of(edits));
  }

  private static Pair breaking(String name, String fragment, Edit... edits) {
    return new Pair(name, Verdict.BREAKING, fragment, true, List.of(edits));
  }

  private static Pair removed(String name, String fragment, Edit... edits) {
    return new Pair(name, Verdict.REMOVED, fragment, true, List.of(edits));
  }

  private static Pair promise(String name, String fragment, Edit... edits) {
    return new Pair(name, Verdict.PROMISE, fragment, true, List.of(edits));
  }

  /** A pair of which openapi-diff has another opinion, or none. */
  private static Pair ours(Pair pair) {
    return new Pair(pair.name, pair.verdict, pair.fragment, false, pair.edits);
  }

  private static List<Pair> pairs() {
    return List.of(
        // What is answered
        removed(
            "a response field is removed",
            "response 200, ticket_data.key is gone",
            remove(DATA + "/key"),
            drop(SCHEMAS + "/TicketData/required", "key")),
        ours(
            removed(
                "an optional response field is removed",
                "embeddable is gone",
                remove(SCHEMAS + "/Link/properties/embeddable"))),
        removed(
            "a response field is renamed",
            "response 200, ticket_data.key is gone",
            rename(DATA + "/key", "secret"),
            drop(SCHEMAS + "/TicketData/required", "key")),
        breaking(
            "a response field turns from an integer into a string",
            "ticket_data.agent is of type string, was integer",
            set(DATA + "/agent/type", "string")),
        breaking(
            "an answered integer becomes a number",
            "replies is of type number, was integer",
            set(SCHEMAS + "/Ticket/properties/replies/type", "number")),
        breaking(
            "the type of an answered list's items changes",
            "ticket_tag[] is of type string, was integer",
            set(SCHEMAS + "/Ticket/properties/ticket_tag/items/type", "string")),
        ours(
            breaking(
                "the format of an answered number changes",
                "ticket_data.customer has the format \"int32\", had \"int64\"",
                set(DATA + "/customer/format", "int32"))),
        breaking(
            "the pattern of an answered text changes",
            "date has the pattern",
            set(SCHEMAS + "/Ticket/properties/date/pattern", "'^\\d+$'")),
        breaking(
            "the pattern of an answered text is dropped",
            "modified has the pattern none",
            remove(SCHEMAS + "/Ticket/properties/modified/pattern")),
        ours(
            compatible(
                "an answered text gets a pattern",
                "ticket_data.key has the pattern ^[0-9a-f]{32}$, had none",
                add(DATA + "/key/pattern", "'^[0-9a-f]{32}$'"))),
        ours(
            breaking(
                "a response field may be null",
                "ticket_data.email may be null",
                add(DATA + "/email/nullable", "true"))),
        ours(
            breaking(
                "an answered object may be null",
                "response 200[], title may be null",
                add(SCHEMAS + "/RenderedText/nullable", "true"))),
        compatible(
            "a response field is never null any more",
            "ticket_data.user_info.website may not be null any more",
            remove(SCHEMAS + "/UserInfo/properties/website/nullable")),
        breaking(
            "a response field is not always there any more",
            "ticket_data.source is not always there any more",
            drop(SCHEMAS + "/TicketData/required", "source")),
        promise(
            "a response field that was sometimes there is promised",
            "`embeddable`",
            append(SCHEMAS + "/Link/required", "embeddable")),
        promise(
            "a new response field is promised",
            "`priority`",
            add(DATA + "/priority", "{type: string}"),
            append(SCHEMAS + "/TicketData/required", "priority")),
        compatible(
            "there is a new response field",
            "response 200, ticket_data.priority is new",
            add(DATA + "/priority", "{type: string}")),
        ours(
            compatible(
                "the values of a response field are listed",
                "ticket_data.source takes the values [API, Website], took none",
                add(DATA + "/source/enum", "[Website, API]"))),
        breaking(
            "an answered object takes fields that are not described",
            "details has the additionalProperties true",
            set(SCHEMAS + "/ErrorData/properties/details/additionalProperties", "true")),
        breaking("a status is removed", "response 404 is gone", remove(LIST + "/responses/404")),
        compatible(
            "there is a new status",
            "response 429 is new",
            add(LIST + "/responses/429", "{$ref: '#/components/responses/BadRequest'}")),
        removed(
            "a response header is removed",
            "response 200, header X-WP-Total is gone",
            remove(PAGE + "/headers/X-WP-Total")),
        compatible(
            "there is a new response header",
            "response 200, header ETag is new",
            add(PAGE + "/headers/ETag", "{schema: {type: string}}")),
        breaking(
            "a response header turns from an integer into a string",
            "header X-WP-Total is of type string, was integer",
            set(PAGE + "/headers/X-WP-Total/schema/type", "string")),
        breaking(
            "a response has another content type",
            "response 200 has no content type application/json any more",
            rename(PAGE + "/content/application~1json", "application/hal+json")),

        // What is sent
        breaking(
            "there is a new required parameter",
            "query parameter site is new and required",
            append(
                LIST + "/parameters",
                "{name: site, in: query, required: true, schema: {type: string}}")),
        compatible(
            "there is a new optional parameter",
            "query parameter site is new",
            append(LIST + "/parameters", "{name: site, in: query, schema: {type: string}}")),
        removed(
            "a parameter is removed",
            "query parameter page is gone",
            drop(LIST + "/parameters", "{$ref: '#/components/parameters/Page'}")),
        removed(
            "a parameter is renamed",
            "query parameter tax_relation is gone",
            parameter(LIST, "tax_relation", node -> node.put("name", "relation"))),
        breaking(
            "a parameter becomes required",
            "query parameter search is required",
            parameter(LIST, "search", node -> node.put("required", true))),
        breaking(
            "a parameter is written in another way",
            "query parameter include is written in another way",
            parameter(LIST, "include", node -> node.put("explode", true))),
        ours(
            breaking(
                "a default changes",
                "query parameter per_page has the default 20, had 10",
                set(PARAMETERS + "/PerPage/schema/default", "20"))),
        breaking(
            "a maximum is lowered in a request",
            "query parameter per_page has the maximum 50, had 100",
            set(PARAMETERS + "/PerPage/schema/maximum", "50")),
        compatible(
            "a maximum is raised in a request",
            "query parameter per_page has the maximum 200, had 100",
            set(PARAMETERS + "/PerPage/schema/maximum", "200")),
        ours(
            breaking(
                "the least length is raised in a request",
                "path parameter idOrNumber has the minLength 2, had 1",
                set(PARAMETERS + "/IdOrNumber/schema/minLength", "2"))),
        breaking(
            "the greatest length is lowered in a request",
            "request body, customer_first has the maxLength 100, had 1000",
            set(CREATE + "/customer_first/maxLength", "100")),
        breaking(
            "a length is limited in a request",
            "request body, ticket_title has the maxLength 100, had none",
            add(CREATE + "/ticket_title/maxLength", "100")),
        breaking(
            "a list may hold less in a request",
            "query parameter include has the maxItems 100, had 1000",
            parameter(LIST, "include", node -> node.withObject("/schema").put("maxItems", 100))),
        compatible(
            "a list may hold more in a request",
            "query parameter include has the maxItems 2000, had 1000",
            parameter(LIST, "include", node -> node.withObject("/schema").put("maxItems", 2000))),
        breaking(
            "a value is removed in a request",
            "query parameter orderby takes the values",
            parameter(LIST, "orderby", node -> node.withArray("/schema/enum").remove(0))),
        compatible(
            "there is a new value in a request",
            "query parameter order takes the values",
            parameter(LIST, "order", node -> node.withArray("/schema/enum").add("random"))),
        ours(
            breaking(
                "the values are listed in a request",
                "request body, status takes the values [closed, open], took none",
                add(UPDATE + "/status/enum", "[open, closed]"))),
        breaking(
            "a new request field is required",
            "request body, site is required",
            add(CREATE + "/site", "{type: string}"),
            append(SCHEMAS + "/TicketCreate/required", "site")),
        compatible(
            "there is a new optional request field",
            "request body, site is new",
            add(CREATE + "/site", "{type: string}")),
        ours(
            removed(
                "a request field is removed",
                "request body, department is gone",
                remove(CREATE + "/department"))),
        ours(
            breaking(
                "a request field may not be null any more",
                "request body, department may not be null any more",
                remove(UPDATE + "/department/nullable"))),
        compatible(
            "a request field is not required any more",
            "request body, customer_last is not required any more",
            drop(SCHEMAS + "/TicketCreate/required", "customer_last")),
        breaking(
            "a request field that took anything gets a type",
            "request body, agent_id is of type integer, was none",
            add(CREATE + "/agent_id/type", "integer")),
        ours(
            breaking(
                "the format of a parameter changes",
                "query parameter after has the format \"date-time\"",
                parameter(
                    LIST, "after", node -> node.withObject("/schema").put("format", "date-time")))),
        ours(
            compatible(
                "a parameter needs no format any more",
                "query parameter before has the format none",
                parameter(LIST, "before", node -> node.withObject("/schema").remove("format")))),
        breaking(
            "a request takes a content type no more",
            "request body has no content type multipart/form-data any more",
            remove("/components/requestBodies/TicketUpdate/content/multipart~1form-data")),
        breaking(
            "a request body becomes required",
            "request body is required",
            set("/components/requestBodies/TicketUpdate/required", "true")),

        // Operations
        removed("an operation is removed", "is gone (PUT /kbs/v1/tickets", remove(TICKET + "/put")),
        compatible(
            "there is a new operation",
            "is new (DELETE /kbs/v1/tickets/{idOrNumber})",
            add(
                TICKET + "/delete",
                "{operationId: deleteTicket, responses: {'204': {description: Gone.}}}")),
        ours(
            compatible(
                "an operation has another id",
                "has another operationId",
                set(LIST + "/operationId", "getTickets"))),
        ours(
            compatible(
                "a tag has another name",
                "~ has the tags [\"Cases\"], had [\"Tickets\"] (GET /kbs/v1/tickets)",
                set(LIST + "/tags", "[Cases]"))),
        ours(
            compatible(
                "a parameter stands before others",
                "~ has query _fields as parameter 1, where query page was (GET /kbs/v1/tickets)",
                contract -> {
                  ArrayNode list = (ArrayNode) contract.at(LIST + "/parameters");
                  list.insert(0, list.remove(list.size() - 1));
                })),
        ours(
            compatible(
                "a schema has another name",
                "~ has the schema CaseData, where TicketData was (GET /kbs/v1/tickets, POST",
                rename(SCHEMAS + "/TicketData", "CaseData"),
                set(
                    SCHEMAS + "/Ticket/properties/ticket_data",
                    "{$ref: '#/components/schemas/CaseData'}"))),
        ours(
            compatible(
                "a schema is written out for one use",
                "~ has a schema written out in place, where RenderedText was (GET /kbs/v1/tickets,",
                contract -> {
                  ObjectNode schemas = (ObjectNode) contract.at(SCHEMAS);
                  ((ObjectNode) schemas.at("/Ticket/properties"))
                      .set("title", schemas.get("RenderedText").deepCopy());
                })),
        ours(
            compatible(
                "a schema is written out",
                "~ schema ErrorData is gone",
                contract -> {
                  ObjectNode schemas = (ObjectNode) contract.at(SCHEMAS);
                  ((ObjectNode) schemas.at("/Error/properties"))
                      .set("data", schemas.remove("ErrorData"));
                })),
        ours(
            breaking(
                "a login is needed",
                "is not open to everybody any more (GET /)",
                remove("/paths/~1/get/security"))),
        ours(
            compatible(
                "no login is needed", "is open to everybody", add(LIST + "/security", "[]"))),
        ours(
            compatible(
                "no login is needed anywhere",
                "is open to everybody (GET /kbs/v1/tickets,",
                remove("/security"))),
        breaking(
            "there is another login",
            "takes another login (GET /kbs/v1/tickets,",
            set("/components/securitySchemes/applicationPassword/scheme", "bearer")),
        ours(
            breaking(
                "an operation is for agents only",
                "x-kbs-caller \"agent\", had none (POST /kbs/v1/tickets)",
                add(TICKETS + "/post/x-kbs-caller", "agent"))),
        ours(
            compatible(
                "files are taken",
                "as multipart/form-data has the x-kbs-files true, had none (POST /kbs/v1/tickets)",
                add(
                    "/components/requestBodies/TicketCreate/content/multipart~1form-data/x-kbs-files",
                    "true"))),
        ours(
            compatible(
                "ids are read strictly",
                "query parameter company has the x-kbs-id true, had none",
                parameter(
                    LIST,
                    "company",
                    node -> ((ObjectNode) node.get("schema")).put("x-kbs-id", true)))),
        ours(
            compatible(
                "a list is known to be one",
                "request body, agents has the x-kbs-several \"comma\", had none",
                add(UPDATE + "/agents/x-kbs-several", "comma"))),
        ours(
            compatible(
                "there is a route whatever the site's settings",
                "has the x-kbs-setting none, had \"tickets\"",
                remove(TICKETS + "/x-kbs-setting"))),
        ours(
            breaking(
                "there is a parameter on some sites only",
                "query parameter company has the x-kbs-setting \"companies\", had none",
                parameter(LIST, "company", node -> node.put("x-kbs-setting", "companies")))),
        compatible(
            "an operation is deprecated",
            "is deprecated (PUT /kbs/v1/tickets/{idOrNumber})",
            add(TICKET + "/put/deprecated", "true"),
            add(TICKET + "/put/x-deprecated-since", "2026-01-02"),
            add(TICKET + "/put/x-sunset", "2027-01-02")),
        ours(
            compatible(
                "an answer leads on",
                "response 200 has the links {\"Replies\":{\"operationId\":\"listReplies\"}}, had none"
                    + " (GET /kbs/v1/tickets)",
                add(LIST + "/responses/200/links", "{Replies: {operationId: listReplies}}"))),
        ours(
            compatible(
                "a code is explained",
                "has the x-kbs-error-codes {\"rest_new\":{\"status\":[400]}}, had none",
                add("/x-kbs-error-codes", "{rest_new: {status: [400]}}"))),
        ours(
            breaking(
                "there is a keyword that nobody knows",
                "x-unheard-of true, had none, and it is not known what that means",
                add(LIST + "/x-unheard-of", "true"))),
        ours(
            breaking(
                "the routes stand elsewhere",
                "has servers with the paths [/api], had [/wp-json] (The contract)",
                set("/servers", "[{url: /api}]"))),
        ours(
            breaking(
                "some routes stand elsewhere",
                "has servers with the paths [/api], had [/wp-json] (GET /kbs/v1/tickets)",
                add(LIST + "/servers", "[{url: /api}]"))),
        ours(
            compatible(
                "the routes stand elsewhere as well",
                "has servers with the paths [/api, /wp-json], had [/wp-json]",
                append("/servers", "{url: 'https://example.com/api'}"))),
        breaking(
            "an answer has no body any more",
            "response 404 has no content type application/json any more",
            set(LIST + "/responses/404", "{description: None.}")),
        ours(
            compatible(
                "who asks for it is called back",
                "has the callbacks",
                add(LIST + "/callbacks", "{done: {'{$request.query.url}': {}}}"))),
        harmless("it is written in another patch of OpenAPI", set("/openapi", "3.0.4")),

        // What nobody notices
        harmless("nothing changes"),
        harmless(
            "descriptions change",
            set("/info/description", "Tickets."),
            set(LIST + "/summary", "Read tickets"),
            set(DATA + "/key/description", "A key.")),
        harmless(
            "examples change",
            set("/components/examples/Ticket/value/id", "124"),
            set(PARAMETERS + "/IdOrNumber/example", "KBS1011DE")),
        harmless("keys stand in another order", reverseKeys()),
        harmless(
            "required fields stand in another order",
            drop(SCHEMAS + "/Ticket/required", "id"),
            append(SCHEMAS + "/Ticket/required", "id")),
        harmless(
            "a reference is written out",
            set(SCHEMAS + "/ErrorData/properties/status", "{type: integer, title: Status}"),
            rename("/components/headers/Preference-Applied", "Preference"),
            set(
                TICKETS + "/post/responses/200/headers/Preference-Applied",
                "{schema: {type: string}}"),
            set(
                "/components/responses/UpdatedTicket/headers/Preference-Applied/$ref",
                "'#/components/headers/Preference'")));
  }

  @TestFactory
  Stream<DynamicTest> theGateKnows() {
    return pairs().stream()
        .map(pair -> dynamicTest(pair.name, () -> assertAll(pair.name, () -> check(pair))));
  }

  private static void check(Pair pair) {
    String promised = EVERY_NAME + " " + pair.fragment;
    switch (pair.verdict) {
      case HARMLESS -> {
        passes(pair.as("1.0.0"), "");
        passes(pair.as("1.0.1"), "");
      }
      case COMPATIBLE -> {
        fails(pair.as("1.0.0"), EVERY_NAME, "Make it version 1.1.0", pair.fragment);
        fails(pair.as("1.0.1"), EVERY_NAME, "Make it version 1.1.0", pair.fragment);
        fails(pair.as("1.1.0"), "- Contract 1.1.01", "no entry that names", pair.fragment);
        passes(pair.as("1.1.0"), EVERY_NAME);
      }
      case PROMISE -> {
        fails(pair.as("1.0.0"), promised, "Make it version 1.1.0", pair.fragment.replace("`", ""));
        fails(pair.as("1.1.0"), EVERY_NAME, "Name each in backticks");
        fails(pair.as("1.1.0"), EVERY_NAME + "\n- " + pair.fragment, "Name each in backticks");
        passes(pair.as("1.1.0"), promised);
      }
      case BREAKING, REMOVED -> {
        fails(pair.as("1.0.0"), EVERY_NAME, "would break", pair.fragment);
        fails(pair.as("1.1.0"), EVERY_NAME, "make it version 2.0.0", pair.fragment);
        fails(pair.as("2.0.0"), "", "no entry that names \"Contract 2.0.0\"", pair.fragment);
        if (pair.verdict == Verdict.BREAKING) {
          passes(pair.as("2.0.0"), EVERY_NAME + " `secret` `site`");
        } else {
          fails(pair.as("2.0.0"), EVERY_NAME + " `secret`", "1.0.0 does not call it deprecated");
        }
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> openApiDiffKnowsAllButOurs() {
    return pairs().stream()
        .map(
            pair ->
                dynamicTest(
                    pair.name,
                    () -> {
                      ChangedOpenApi diff = FoundByOpenApiDiff.compare(RELEASED, pair.as("1.0.0"));
                      assertEquals(
                          pair.alone,
                          verdict(diff.isChanged()) == without(pair.verdict),
                          () ->
                              "openapi-diff says %s: write the pair %s ours(…)"
                                  .formatted(diff.isChanged(), pair.alone ? "with" : "without"));
                    }));
  }

  private static Verdict verdict(DiffResult result) {
    return switch (result) {
      case NO_CHANGES, METADATA -> Verdict.HARMLESS;
      case COMPATIBLE -> Verdict.COMPATIBLE;
      case UNKNOWN, INCOMPATIBLE -> Verdict.BREAKING;
    };
  }

  /** It knows no promises, and nothing of what is deprecated first. */
  private static Verdict without(Verdict verdict) {
    return switch (verdict) {
      case PROMISE -> Verdict.COMPATIBLE;
      case REMOVED -> Verdict.BREAKING;
      default -> verdict;
    };
  }

  /** Of what is sent to webhooks, where a release has them. */
  @TestFactory
  Stream<DynamicTest> theGateKnowsMessages() {
    String data = SCHEMAS + "/WebhookMessageData";
    String sent = "/" + Messages.WEBHOOKS + "/change/post";
    return Stream.of(
            harmless("nothing", reverseKeys()),
            harmless("its description", set(sent + "/description", "Told.")),
            compatible(
                "one more field", "data.colour is new", add(data + "/properties/colour", "{}")),
            promise(
                "a field that is always there", "`ticket`", append(data + "/required", "ticket")),
            breaking("a field less", "data.kind is gone", remove(data + "/properties/kind")),
            breaking(
                "a field of a ticket less",
                "data.ticket.replies is gone",
                remove(SCHEMAS + "/Ticket/properties/replies")),
            breaking(
                "a field that may be missing",
                "data.kind is not always there any more",
                drop(data + "/required", "kind")),
            breaking(
                "another type",
                "data.kind is of type integer, was string",
                set(data + "/properties/kind/type", "integer")),
            breaking(
                "another format",
                "data.id has the format \"int32\", had \"int64\"",
                set(data + "/properties/id/format", "int32")),
            breaking(
                "a header less",
                "header webhook-id is gone",
                contract -> ((ArrayNode) contract.at(sent + "/parameters")).remove(0)),
            breaking(
                "a message that may have no body",
                "has the required false, had true",
                set(sent + "/requestBody/required", "false")),
            breaking(
                "another content type",
                "has no content type application/json any more",
                rename(sent + "/requestBody/content/application~1json", "text/xml")),
            breaking("an answer less", "x-answers", remove(sent + "/responses/410")),
            breaking("none any more", "is gone", remove("/" + Messages.WEBHOOKS)),
            compatible(
                "another one",
                "is new",
                add(
                    "/" + Messages.WEBHOOKS + "/other",
                    "{post: {operationId: receiveOther, responses: {2XX: {description: Fine.}}}}")))
        .map(pair -> dynamicTest(pair.name, () -> checkMessages(pair)));
  }

  private static void checkMessages(Pair pair) {
    Edition working = Edition.read(Edition.WORKING);
    Edition changed = Edit.of(working, pair.edits.toArray(Edit[]::new));
    Set<Change> changes = Gate.changes(working, changed);
    Class<? extends Change> kind =
        switch (pair.verdict) {
          case HARMLESS -> null;
          case COMPATIBLE -> Change.Compatible.class;
          case PROMISE -> Change.Promise.class;
          case BREAKING, REMOVED -> Change.Incompatible.class;
        };
    assertEquals(kind == null, changes.isEmpty(), changes::toString);
    if (kind != null) {
      assertTrue(
          changes.stream()
              .filter(change -> change.operation().contains(Messages.WEBHOOKS))
              .filter(kind::isInstance)
              .map(change -> change.place() + " " + change.what())
              .anyMatch(line -> line.contains(pair.fragment.replace("`", ""))),
          changes::toString);
    }
    assertEquals(
        pair.verdict == Verdict.BREAKING,
        changes.stream().anyMatch(Change.Incompatible.class::isInstance),
        changes::toString);
  }

  /** A path may name what an operation describes again, and a schema may have itself within. */
  @Test
  void namesAreFoundInAnyShape() {
    String path = TICKETS + "~1{id}";
    String id = "{name: id, in: path, required: true, schema: {type: string}}";
    Edition twice =
        Edit.of(
            RELEASED,
            add(
                path,
                "{parameters: [%s], delete: {parameters: [%s, {name: id, in: query}]}}"
                    .formatted(id, id)));
    Edition once = Edit.of(RELEASED, add(path, "{delete: {parameters: [%s]}}".formatted(id)));
    assertEquals(Set.of(), NamesInClients.changed(twice, once));
    assertEquals(Set.of(), NamesInClients.changed(once, twice));
    Edition tree =
        Edit.of(
            RELEASED,
            add(
                SCHEMAS + "/Tree",
                "{properties: {kids: {type: array, items: {$ref: '#/components/schemas/Tree'}}}}"),
            add(
                LIST + "/responses/299",
                "{description: A tree, content: {a/b: {schema: {$ref: '#/components/schemas/Tree'}}}}"));
    assertEquals(
        Set.of(), NamesInClients.changed(tree, Edit.of(tree, remove(LIST + "/responses/299"))));
  }

  @Test
  void aVersionNeverGoesBack() {
    Edition back = Edit.of(RELEASED, set("/info/version", "0.9.9"));
    fails(back, EVERY_NAME, "version 0.9.9, but 1.0.0 is released");
  }

  @Test
  void theLastReleaseCounts() {
    Edition second =
        Edit.of(RELEASED, set("/info/version", "1.1.0"), add(DATA + "/priority", "{type: string}"));
    Gate gate = new Gate(List.of(RELEASED, second), EVERY_NAME, TODAY);
    assertEquals(List.of(), gate.findings(second));
    String findings =
        String.join("\n", gate.findings(Edit.of(RELEASED, set("/info/version", "1.2.0"))));
    assertTrue(findings.contains("ticket_data.priority is gone"), findings);
  }

  @Test
  void moreValuesInAnAnswerBreakAndFewerDoNot() {
    Edition released = Edit.of(RELEASED, add(DATA + "/source/enum", "[API, Website]"));
    Edition more = Edit.of(released, append(DATA + "/source/enum", "Mail"));
    String broken = String.join("\n", new Gate(List.of(released), "", TODAY).findings(more));
    String what = "ticket_data.source takes the values [API, Mail, Website], took [API, Website]";
    assertTrue(broken.contains("would break") && broken.contains(what), broken);
    Edition fewer =
        Edit.of(released, drop(DATA + "/source/enum", "API"), set("/info/version", "1.1.0"));
    assertEquals(List.of(), new Gate(List.of(released), EVERY_NAME, TODAY).findings(fewer));
  }

  @Test
  void aChangelogNamesAVersionWhole() {
    Edition changed =
        Edit.of(RELEASED, set("/info/version", "1.1.0"), add(DATA + "/priority", "{type: string}"));
    for (String other : List.of("- Contract 1.1.0.5", "- Contract 11.1.0", "- contract 1.1.0")) {
      fails(changed, other, "no entry that names \"Contract 1.1.0\"");
    }
    passes(changed, "- Contract 1.1.0: priorities.");
    passes(changed, "- Priorities (Contract 1.1.0).");
  }

  private static void passes(Edition contract, String changelog) {
    List<String> findings = new Gate(List.of(RELEASED), changelog, TODAY).findings(contract);
    assertEquals(List.of(), findings, () -> String.join("\n", findings));
  }

  private static void fails(Edition contract, String changelog, String... fragments) {
    String findings =
        String.join("\n", new Gate(List.of(RELEASED), changelog, TODAY).findings(contract));
    for (String fragment : fragments) {
      assertTrue(findings.contains(fragment), () -> "No \"" + fragment + "\" in:\n" + findings);
    }
  }
}
