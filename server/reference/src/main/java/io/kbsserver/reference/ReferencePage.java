package io.kbsserver.reference;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.samskivert.mustache.Mustache;
import io.kbsserver.contract.ContractFile;
import io.kbsserver.reference.Examples.Request;
import io.kbsserver.reference.Fields.Side;
import io.kbsserver.reference.PrintedContract.PrintedOperation;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The page: guides, objects, operations. The server puts its own address in the place of {@link
 * #SERVER}.
 */
final class ReferencePage {

  static final String SERVER = "https://help.example.com";

  private static final String OTHER_SERVER = "https://example.com";
  private static final String ROUTES = "/wp-json";
  private static final String PAGE = "index.html";
  private static final int DIGITS = 16;

  /** The guides in the order in which one reads them. */
  private static final List<String> GUIDES =
      List.of(
          "quick-start",
          "authentication",
          "paging",
          "filtering",
          "errors",
          "dates",
          "strict-and-lenient",
          "limits",
          "retries",
          "keep-in-sync",
          "webhooks",
          "versions");

  private static final List<String> FIRST_TAGS =
      List.of(
          "Tickets",
          "Replies",
          "Notes",
          "History",
          "Files",
          "Media",
          "Customers",
          "Companies",
          "Agents");
  private static final String LAST_TAG = "Discovery";
  private static final Set<String> ONCE = Set.of("PUT", "PATCH");

  /** What a request needs though it may be left out, since another form of it does not. */
  private static final Map<String, Set<String>> NEEDED =
      Map.of(
          "deleteTerm", Set.of("force"),
          "uploadMedia", Set.of("post", "Content-Disposition"));

  /**
   * What is answered where the contract, for the sake of generators, says only that it may be all.
   */
  private static final Map<String, String> ANSWERED = Map.of("streamChanges", Examples.EVENTS);

  /** Objects that no operation answers alone. */
  private static final List<String> MORE_OBJECTS = List.of("Link", "Error");

  private final PrintedContract contract;
  private final Markdown markdown;
  private final List<Markdown.Guide> guides = new ArrayList<>();
  private final Map<String, Fields.Place> objects = new LinkedHashMap<>();
  private final Fields fields;

  private ReferencePage(JsonNode contract, Path documents) throws IOException {
    this.contract = new PrintedContract(contract);
    this.markdown = new Markdown(Set.copyOf(GUIDES));
    Path folder = documents.resolve("guides");
    Set<String> unplaced = new TreeSet<>();
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(file -> unplaced.add(file.getFileName().toString().replace(".md", "")));
    }
    for (String id : GUIDES) {
      Path file = (unplaced.remove(id) ? folder : documents).resolve(id + ".md");
      guides.add(markdown.guide(id, Files.readString(file)));
    }
    if (!unplaced.isEmpty()) {
      throw new IllegalStateException("Where on the page do these guides stand? " + unplaced);
    }
    guides.add(
        markdown.guide(
            "conventions", "# All conventions\n\n" + contract.at("/info/description").asText()));
    this.fields = new Fields(this.contract, markdown, objects);
  }

  /**
   * Writes the page.
   *
   * @param arguments the folder of the template, of the documents, and the one to write into
   */
  public static void main(String[] arguments) throws IOException {
    Path source = Path.of(arguments[0]);
    Path target = Files.createDirectories(Path.of(arguments[2]));
    try (Stream<Path> former = Files.list(target)) {
      for (Path file : former.toList()) {
        Files.delete(file);
      }
    }
    JsonNode contract = ContractFile.read(new String(ContractFile.packaged(), UTF_8));
    Map<String, Object> page = new ReferencePage(contract, Path.of(arguments[1])).view();
    for (String name : List.of("css", "js")) {
      byte[] content = Files.readAllBytes(source.resolve("docs." + name));
      String fingerprinted = "docs." + fingerprint(content) + "." + name;
      Files.write(target.resolve(fingerprinted), content);
      page.put(name, fingerprinted);
    }
    String html =
        Mustache.compiler()
            .defaultValue("")
            .emptyStringIsFalse(true)
            .withLoader(name -> Files.newBufferedReader(source.resolve(name + ".mustache")))
            .compile(Files.readString(source.resolve("index.mustache")))
            .execute(page);
    Files.writeString(target.resolve(PAGE), html.replace(OTHER_SERVER + ROUTES, SERVER + ROUTES));
  }

  private static String fingerprint(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<String, Object> view() {
    List<PrintedOperation> operations = contract.operations("/paths");
    nameObjects(operations);
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("title", contract.at("/info/title").asText());
    view.put("version", contract.at("/info/version").asText());
    view.put("guides", guides);
    view.put("groups", groups(operations));
    view.put("described", described(operations));
    List<Map<String, Object>> shown = new ArrayList<>();
    objects.forEach(
        (name, object) -> {
          JsonNode schema = contract.at("/components/schemas/" + name);
          Map<String, Object> one = new LinkedHashMap<>();
          one.put("id", object.id());
          one.put("title", object.title());
          one.put("words", object.words());
          one.put("description", markdown.html(schema.path("description").asText()));
          one.put("fields", fields.of(schemaReference(name), Side.ANSWERED));
          one.put("example", examples(operations).getOrDefault(name, ""));
          shown.add(one);
        });
    view.put("objects", shown);
    return view;
  }

  private static JsonNode schemaReference(String name) {
    return JsonNodeFactory.instance.objectNode().put("$ref", "#/components/schemas/" + name);
  }

  private void nameObjects(List<PrintedOperation> operations) {
    Set<String> names = new LinkedHashSet<>();
    List<String> tags = tags();
    operations.stream()
        .filter(operation -> !operation.describes())
        .sorted(Comparator.comparing(operation -> tags.indexOf(tag(operation))))
        .forEach(
            operation -> {
              String name = PrintedContract.nameOf(single(success(operation).path("schema")));
              if (!name.isEmpty()) {
                names.add(name);
              }
            });
    names.addAll(MORE_OBJECTS);
    for (String name : names) {
      if (contract.at("/components/schemas/" + name).has("properties")) {
        String words = name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        objects.put(name, new Fields.Place(name, "The " + words + " object", words));
      }
    }
  }

  /** The type and the schema of the answer that goes well. */
  private JsonNode success(PrintedOperation operation) {
    return media(operation).path(answerType(operation));
  }

  private String answerType(PrintedOperation operation) {
    var types = media(operation).fieldNames();
    return types.hasNext() ? types.next() : "application/json";
  }

  private JsonNode media(PrintedOperation operation) {
    for (Map.Entry<String, JsonNode> response : operation.node().path("responses").properties()) {
      if (response.getKey().startsWith("2")) {
        return contract.resolved(response.getValue()).path("content");
      }
    }
    return MissingNode.getInstance();
  }

  /** What a list is of; anything else is itself. */
  private JsonNode single(JsonNode schema) {
    JsonNode resolved = contract.resolved(schema);
    return resolved.path("type").asText().equals("array") ? resolved.path("items") : schema;
  }

  /** An example of each object, out of an answer. */
  private Map<String, String> examples(List<PrintedOperation> operations) {
    Map<String, String> examples = new LinkedHashMap<>();
    for (PrintedOperation operation : operations) {
      JsonNode media = success(operation);
      JsonNode example = contract.example(media);
      JsonNode one = example.isArray() ? example.path(0) : example;
      if (one.isObject()) {
        examples.putIfAbsent(
            PrintedContract.nameOf(single(media.path("schema"))), PrintedContract.pretty(one));
      }
    }
    return examples;
  }

  private List<String> tags() {
    List<String> tags = new ArrayList<>(FIRST_TAGS);
    contract.at("/tags").forEach(tag -> tags.add(tag.path("name").asText()));
    tags.removeIf(LAST_TAG::equals);
    tags.add(LAST_TAG);
    return tags.stream().distinct().toList();
  }

  private static String tag(PrintedOperation operation) {
    return operation.node().path("tags").path(0).asText();
  }

  private List<Map<String, Object>> groups(List<PrintedOperation> operations) {
    List<PrintedOperation> all = new ArrayList<>(operations);
    all.addAll(contract.operations("/x-webhooks"));
    List<Map<String, Object>> groups = new ArrayList<>();
    for (String tag : tags()) {
      List<Map<String, Object>> shown = new ArrayList<>();
      for (PrintedOperation operation : all) {
        boolean again =
            ONCE.contains(operation.method()) && operation.item().path("post").isObject();
        if (tag(operation).equals(tag) && !operation.describes() && !again) {
          shown.add(operation(operation, all));
        }
      }
      if (!shown.isEmpty()) {
        String description = "";
        for (JsonNode said : contract.at("/tags")) {
          if (said.path("name").asText().equals(tag)) {
            description = said.path("description").asText();
          }
        }
        groups.add(
            Map.of(
                "id",
                "tag-" + tag,
                "title",
                tag.replaceAll("(?<=[a-z])(?=[A-Z])", " "),
                "description",
                markdown.html(description),
                "operations",
                shown));
      }
    }
    return groups;
  }

  private List<Map<String, Object>> described(List<PrintedOperation> operations) {
    return operations.stream()
        .filter(PrintedOperation::describes)
        .map(
            operation ->
                Map.<String, Object>of(
                    "id",
                    operation.id(),
                    "path",
                    ROUTES + operation.path(),
                    "summary",
                    operation.node().path("summary").asText()))
        .toList();
  }

  private Map<String, Object> operation(PrintedOperation operation, List<PrintedOperation> all) {
    JsonNode node = operation.node();
    boolean sent = operation.path().startsWith("/");
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", operation.id());
    view.put("method", operation.method());
    view.put("path", sent ? ROUTES + operation.path() : "your address");
    view.put("summary", node.path("summary").asText());
    view.put("deprecated", node.path("deprecated").asBoolean());
    view.put("description", markdown.html(node.path("description").asText()));
    view.put("login", login(node));
    view.put(
        "same",
        all.stream()
            .filter(other -> ONCE.contains(other.method()))
            .filter(other -> other.path().equals(operation.path()))
            .filter(other -> operation.method().equals("POST"))
            .map(
                other ->
                    Map.of(
                        "id",
                        other.id(),
                        "method",
                        other.method(),
                        "description",
                        markdown.html(other.node().path("description").asText())))
            .toList());
    List<Map<String, Object>> parameters =
        contract.parameters(operation).stream().map(fields::parameter).toList();
    view.put("parameters", parameters);
    view.put("hasParameters", !parameters.isEmpty());
    JsonNode content = contract.resolved(node.path("requestBody")).path("content");
    if (!content.isEmpty()) {
      List<String> types = new ArrayList<>();
      content.fieldNames().forEachRemaining(types::add);
      // What a webhook receives is ours.
      Side side = sent ? Side.SENT : Side.ANSWERED;
      JsonNode schema = content.elements().next().path("schema");
      List<Map<String, Object>> rows = fields.of(schema, side);
      for (JsonNode media : content) {
        rows = rows.isEmpty() ? fields.of(media.path("schema"), side) : rows;
      }
      view.put("body", Map.of("types", types, "fields", rows, "hasFields", !rows.isEmpty()));
    }
    view.put("responses", responses(node));
    JsonNode example = contract.example(success(operation));
    view.put("answer", example.isMissingNode() ? "" : shown(example));
    view.put("hasAnswer", !example.isMissingNode());
    if (sent) {
      Request request = request(operation);
      view.put("examples", Examples.of(request));
      if (request.fitsTheForm()) {
        view.put("form", request);
      }
    }
    return view;
  }

  private static String shown(JsonNode example) {
    return example.isContainerNode() ? PrintedContract.pretty(example) : example.asText();
  }

  private String login(JsonNode operation) {
    JsonNode security =
        operation.has("security") ? operation.path("security") : contract.at("/security");
    if (security.isEmpty()) {
      return "No login is needed.";
    }
    for (JsonNode way : security) {
      if (way.isEmpty()) {
        return "Works without a login; a login may see more.";
      }
    }
    return "";
  }

  private List<Map<String, Object>> responses(JsonNode operation) {
    List<Map<String, Object>> responses = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : operation.path("responses").properties()) {
      JsonNode response = contract.resolved(entry.getValue());
      Map<String, Object> view = new LinkedHashMap<>();
      view.put("status", entry.getKey());
      view.put("description", markdown.html(response.path("description").asText()));
      Set<String> codes = new LinkedHashSet<>();
      for (JsonNode media : response.path("content")) {
        for (JsonNode example : media.path("examples")) {
          JsonNode code = contract.resolved(example).at("/value/code");
          if (contract.at("/x-kbs-error-codes").has(code.asText())) {
            codes.add(code.asText());
          }
        }
        JsonNode schema = media.path("schema");
        Fields.Place object = objects.get(PrintedContract.nameOf(single(schema)));
        if (object != null && !object.id().equals("Error")) {
          view.put("object", object);
          view.put("list", contract.resolved(schema).path("type").asText().equals("array"));
        }
      }
      view.put("codes", codes);
      List<Map<String, Object>> headers = new ArrayList<>();
      for (Map.Entry<String, JsonNode> header : response.path("headers").properties()) {
        JsonNode said = contract.resolved(header.getValue());
        headers.add(
            Map.of(
                "name",
                header.getKey(),
                "description",
                markdown.html(said.path("description").asText())));
      }
      view.put("headers", entry.getKey().startsWith("2") ? headers : List.of());
      responses.add(view);
    }
    return responses;
  }

  private Request request(PrintedOperation operation) {
    String path = operation.path();
    List<String> query = new ArrayList<>();
    Map<String, String> headers = new LinkedHashMap<>();
    for (JsonNode parameter : contract.parameters(operation)) {
      String name = parameter.path("name").asText();
      String example = contract.exampleOf(parameter).asText();
      boolean required =
          parameter.path("required").asBoolean()
              || NEEDED.getOrDefault(operation.id(), Set.of()).contains(name);
      switch (parameter.path("in").asText()) {
        case "path" -> path = path.replace("{" + name + "}", URLEncoder.encode(example, UTF_8));
        case "query" -> {
          if (required || name.equals("per_page")) {
            query.add(name + "=" + URLEncoder.encode(example, UTF_8));
          }
        }
        case "header" -> {
          if (required) {
            headers.put(name, example);
          }
        }
        default -> throw new IllegalStateException(name);
      }
    }
    JsonNode content = contract.resolved(operation.node().path("requestBody")).path("content");
    String type = content.isEmpty() ? "" : content.fieldNames().next();
    JsonNode body = contract.example(content.path(type));
    return new Request(
        operation.method(),
        SERVER + ROUTES + path + (query.isEmpty() ? "" : "?" + String.join("&", query)),
        login(operation.node()).isEmpty(),
        headers,
        type,
        body.isMissingNode() ? "" : shown(body),
        ANSWERED.getOrDefault(operation.id(), answerType(operation)));
  }
}
