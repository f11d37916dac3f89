package io.kbsserver.evolution;

import static io.kbsserver.evolution.Edit.drop;
import static io.kbsserver.evolution.Edit.parameter;
import static io.kbsserver.evolution.Edit.remove;
import static io.kbsserver.evolution.Edit.rename;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kbsserver.evolution.Change.Incompatible;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** In what the view for generators differs from the contract, and that no client notices. */
class ViewForGeneratorsTest {

  private static final Edition CONTRACT = Edition.read(Edition.WORKING);
  private static final Edition VIEW = packaged("/openapi/kbs-v1-generators.yaml");

  private static final String LIST = "/paths/~1kbs~1v1~1%s/get";
  private static final String USERS = "/paths/~1wp~1v2~1users/get";
  private static final String ARTICLES = "/paths/~1wp~1v2~1articles/get";
  private static final String MEDIA = "/paths/~1wp~1v2~1media/get";
  private static final String TERMS = "/paths/~1wp~1v2~1{taxonomy}/get";
  private static final List<String> ORDERS_OF_TERMS =
      List.of(
          "id", "include", "name_", "slug", "include_slugs", "term_group", "description", "count");
  private static final String PARAMETERS = "/components/parameters";
  private static final String SCHEMAS = "/components/schemas";
  private static final String EXAMPLES = "/components/examples";

  /** "What WordPress does on every route holds here as well": the introduction. */
  private static final Pattern OF_EVERY_ROUTE =
      Pattern.compile("(query parameter _embed|response .*[ .]_embedded) is gone");

  private static final Set<String> EMBEDDING =
      Set.of(
          "getArticle",
          "getCompany",
          "getCustomer",
          "getMedia",
          "getReply",
          "getTerm",
          "getTicket",
          "getTicketNote",
          "listArticles",
          "listCompanies",
          "listCustomers",
          "listMedia",
          "listReplies",
          "listTerms",
          "listTicketHistory",
          "listTicketNotes",
          "listTickets");
  private static final Set<String> EMBEDDED =
      Set.of(
          "Article",
          "Company",
          "Customer",
          "MediaFile",
          "Reply",
          "Term",
          "Ticket",
          "TicketHistoryEntry",
          "TicketNote");
  private static final ObjectMapper SORTED =
      new ObjectMapper()
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(SerializationFeature.INDENT_OUTPUT);
  private static final Set<String> SENT =
      Set.of(
          "ApplicationPasswordCreate",
          "ApplicationPasswordUpdate",
          "Batch",
          "BatchPart",
          "ReplyCreate",
          "TermCreate",
          "TermUpdate",
          "TicketCreate",
          "TicketNoteCreate",
          "TicketUpdate",
          "WebhookCreate",
          "WebhookDeliveryCreate",
          "WebhookMessage",
          "WebhookMessageData",
          "WebhookSecretCreate",
          "WebhookUpdate");

  @Test
  void itDiffersInThisAndInNothingElse() throws JsonProcessingException {
    Edition expected =
        Edit.of(
            CONTRACT,
            // One name of two that generated code cannot tell apart.
            remove(SCHEMAS + "/Ticket/properties/links"),
            drop(SCHEMAS + "/Ticket/required", "links"),
            remove(EXAMPLES + "/Ticket/value/links"),
            remove(EXAMPLES + "/TicketHasChanged/value/data/ticket/links"),
            contract ->
                ((ObjectNode) contract.at(EXAMPLES + "/TicketList/value/0")).remove("links"),
            // Not given is the default anyhow.
            remove(PARAMETERS + "/Include/schema/default"),
            remove(PARAMETERS + "/Exclude/schema/default"),
            withoutDefault(LIST.formatted("customers"), "exclude_id"),
            withoutDefault(LIST.formatted("forms~1fields"), "status"),
            withoutDefault(LIST.formatted("forms~1fields"), "parent"),
            withoutDefault(LIST.formatted("forms~1fields"), "parent_exclude"),
            withoutDefault(ARTICLES, "status"),
            withoutDefault(ARTICLES, "author"),
            withoutDefault(ARTICLES, "author_exclude"),
            withoutDefault(MEDIA, "author"),
            withoutDefault(MEDIA, "author_exclude"),
            withoutDefault(MEDIA, "parent"),
            withoutDefault(MEDIA, "parent_exclude"),
            withoutDefault(USERS, "orderby"),
            withoutDefault(TERMS, "orderby"),
            // A value that enums have taken is sent all the same.
            named(
                LIST.formatted("customers"),
                List.of("id", "user_id", "name_", "email", "company_id", "date")),
            named(
                USERS,
                List.of("email", "id", "include", "name_", "registered_date", "slug", "url")),
            named(TERMS, ORDERS_OF_TERMS),
            // One type of several that are taken.
            typed("/ReplyCreate/properties/close_ticket", "boolean", null),
            typed("/ReplyCreate/properties/agent", "string", null),
            typed("/ReplyCreate/properties/reply_author", "string", null),
            typed("/TicketCreate/properties/agent_id", "string", null),
            typed("/TicketCreate/properties/post_category", "integer", "int64"),
            listed("/TicketCreate/properties/ticket_tag"),
            listed("/TicketUpdate/properties/ticket_tag"),
            typed("/TicketUpdate/properties/agent", "string", null),
            typed("/TicketUpdate/properties/agents", "string", null),
            typed("/TicketUpdate/properties/customer", "string", null),
            typed("/TicketUpdate/properties/post_category", "integer", "int64"),
            // A file as it is, which may be a part of a form as well.
            remove("/components/requestBodies/MediaUpload/content/multipart~1form-data"),
            remove(SCHEMAS + "/MediaForm"),
            // In so many words what is so without them as well.
            ViewForGeneratorsTest::openAnswers,
            // What the introduction says of all routes, where somebody can ask for it.
            ViewForGeneratorsTest::offerEmbedding,
            // Names that are neither sent nor answered.
            rename(SCHEMAS + "/Error", "ErrorEnvelope"),
            rename(SCHEMAS + "/FormData", "SubmittedForm"),
            contract -> redirect(contract, "Error", "ErrorEnvelope"),
            contract -> redirect(contract, "FormData", "SubmittedForm"));
    assertEquals(text(expected), text(VIEW));
  }

  /**
   * To a client that is generated from the view, the contract is a later version of it: all that
   * the client sends is taken, and all that is answered it can read.
   */
  @Test
  void whoIsGeneratedFromItGetsAlongWithTheContract() {
    Set<String> breaking =
        Gate.changes(VIEW, CONTRACT).stream()
            .filter(Incompatible.class::isInstance)
            .filter(
                change -> !OF_EVERY_ROUTE.matcher(change.place() + " " + change.what()).matches())
            .map(change -> change.operation() + " " + change.place() + " " + change.what())
            .collect(Collectors.toSet());
    // "Empty values mean not given wherever a parameter is optional": the introduction.
    assertEquals(
        Set.of(
            "GET /kbs/v1/tickets query parameter exclude has the default [], had null",
            "GET /kbs/v1/tickets query parameter include has the default [], had null",
            "GET /kbs/v1/replies/ticket/{id} query parameter exclude has the default [], had null",
            "GET /kbs/v1/replies/ticket/{id} query parameter include has the default [], had null",
            "GET /kbs/v1/customers query parameter include has the default [], had null",
            "GET /kbs/v1/customers query parameter exclude_id has the default [], had null",
            "GET /kbs/v1/companies query parameter exclude has the default [], had null",
            "GET /kbs/v1/companies query parameter include has the default [], had null",
            "GET /kbs/v1/forms query parameter exclude has the default [], had null",
            "GET /kbs/v1/forms query parameter include has the default [], had null",
            "GET /kbs/v1/forms/fields query parameter exclude has the default [], had null",
            "GET /kbs/v1/forms/fields query parameter include has the default [], had null",
            "GET /kbs/v1/forms/fields query parameter status has the default [\"publish\"], had null",
            "GET /kbs/v1/forms/fields query parameter parent has the default [], had null",
            "GET /kbs/v1/forms/fields query parameter parent_exclude has the default [], had null",
            "GET /wp/v2/articles query parameter exclude has the default [], had null",
            "GET /wp/v2/articles query parameter include has the default [], had null",
            "GET /wp/v2/articles query parameter status has the default [\"publish\"], had null",
            "GET /wp/v2/articles query parameter author has the default [], had null",
            "GET /wp/v2/articles query parameter author_exclude has the default [], had null",
            "GET /wp/v2/media query parameter exclude has the default [], had null",
            "GET /wp/v2/media query parameter include has the default [], had null",
            "GET /wp/v2/media query parameter author has the default [], had null",
            "GET /wp/v2/media query parameter author_exclude has the default [], had null",
            "GET /wp/v2/media query parameter parent has the default [], had null",
            "GET /wp/v2/media query parameter parent_exclude has the default [], had null",
            "GET /wp/v2/users query parameter exclude has the default [], had null",
            "GET /wp/v2/users query parameter include has the default [], had null",
            "GET /wp/v2/users query parameter orderby has the default name, had null",
            "GET /wp/v2/{taxonomy} query parameter exclude has the default [], had null",
            "GET /wp/v2/{taxonomy} query parameter include has the default [], had null",
            "GET /wp/v2/{taxonomy} query parameter orderby has the default name, had null",
            // What a value is called in generated code, nobody sends.
            "GET /wp/v2/users query parameter orderby has the x-enum-varnames none, had"
                + " [\"email\",\"id\",\"include\",\"name_\",\"registered_date\",\"slug\",\"url\"],"
                + " and it is not known what that means for clients",
            "GET /wp/v2/{taxonomy} query parameter orderby has the x-enum-varnames none, had"
                + " [\"id\",\"include\",\"name_\",\"slug\",\"include_slugs\",\"term_group\","
                + "\"description\",\"count\"], and it is not known what that means for clients",
            "GET /kbs/v1/customers query parameter orderby has the x-enum-varnames none, had"
                + " [\"id\",\"user_id\",\"name_\",\"email\",\"company_id\",\"date\"], and it is not"
                + " known what that means for clients"),
        breaking);
  }

  /** With keys in one order, since it means nothing. */
  private static String text(Edition contract) throws JsonProcessingException {
    return SORTED.writeValueAsString(SORTED.treeToValue(contract.tree(), Object.class));
  }

  private static Edit withoutDefault(String operation, String name) {
    return parameter(operation, name, node -> ((ObjectNode) node.get("schema")).remove("default"));
  }

  private static Edit named(String operation, List<String> names) {
    return parameter(
        operation,
        "orderby",
        node -> {
          ArrayNode all = ((ObjectNode) node.get("schema")).putArray("x-enum-varnames");
          names.forEach(all::add);
        });
  }

  /** A list of ids. */
  private static Edit listed(String place) {
    return contract -> {
      typed(place, "array", null).apply(contract);
      ObjectNode schema = (ObjectNode) contract.at(SCHEMAS + place);
      schema.putObject("items").put("type", "integer").put("format", "int64");
    };
  }

  private static Edit typed(String place, String type, String format) {
    return contract -> {
      ObjectNode schema = (ObjectNode) contract.at(SCHEMAS + place);
      schema.remove("x-generators");
      schema.put("type", type);
      if (format != null) {
        schema.put("format", format);
      }
    };
  }

  private static void openAnswers(JsonNode contract) {
    contract
        .at(SCHEMAS)
        .properties()
        .forEach(
            entry -> {
              if (entry.getValue().has("properties") && !SENT.contains(entry.getKey())) {
                ((ObjectNode) entry.getValue()).put("additionalProperties", true);
              }
            });
  }

  private static void offerEmbedding(JsonNode contract) {
    ((ObjectNode) contract.at(PARAMETERS))
        .set(
            "Embed",
            Edition.parse(
                    """
                    name: _embed
                    in: query
                    description: The names of links that are to be followed; what they lead to stands
                      in `_embedded`. `true` follows all that can be.
                    style: form
                    explode: false
                    schema: {type: array, items: {type: string}}
                    example: [agent, customer]
                    """)
                .tree());
    for (JsonNode path : contract.path("paths")) {
      if (EMBEDDING.contains(path.at("/get/operationId").asText())) {
        ((ObjectNode) path.get("get"))
            .withArray("/parameters")
            .addObject()
            .put("$ref", "#" + PARAMETERS + "/Embed");
      }
    }
    for (String schema : EMBEDDED) {
      ((ObjectNode) contract.at(SCHEMAS + "/" + schema + "/properties"))
          .set(
              "_embedded",
              Edition.parse(
                      """
                      type: object
                      description: What `_embed` asks for, by the names of the links.
                      additionalProperties: {type: array, items: {}}
                      """)
                  .tree());
    }
  }

  private static void redirect(JsonNode node, String name, String other) {
    if (node instanceof ObjectNode object
        && object.path("$ref").asText().equals("#" + SCHEMAS + "/" + name)) {
      object.put("$ref", "#" + SCHEMAS + "/" + other);
    }
    node.forEach(child -> redirect(child, name, other));
  }

  private static Edition packaged(String resource) {
    try (InputStream file = Edition.class.getResourceAsStream(resource)) {
      return Edition.parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
