package io.kbsserver.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An exchange without what WordPress does on every route: the method, the route and the answer that
 * are meant, whichever way they were written.
 *
 * @param method the method that is meant
 * @param path the path below {@code /wp-json}; null where the exchange is none of the contract's
 * @param query the parameters of the query; a list or an object stands under its bare name, empty
 * @param bodiless whether the answer has no body because it was asked for so
 * @param body the answer, without envelope and embedded resources; null where it is no JSON
 */
record Meaning(
    String method,
    String path,
    Map<String, String> query,
    boolean bodiless,
    int status,
    Map<String, String> headers,
    JsonNode body,
    boolean trimmed) {

  private static final ObjectMapper JSON = new ObjectMapper();
  static final String ROOT = "/wp-json";
  private static final Set<String> ENVELOPE = Set.of("body", "status", "headers");

  /** A field; what has the name of a file is none. */
  private static final Pattern PART =
      Pattern.compile("form-data; name=\"([^\"\\[]+)[^\"\r\n]*\"(?!;[^\r\n]*filename)");

  private static final String BYTES = "application/octet-stream";
  private static final JsonNode EMPTY = TextNode.valueOf("");
  private static final int LONG = 100_000;

  static Meaning of(Exchange exchange) {
    String[] target = exchange.target().split("\\?", 2);
    Map<String, String> query = query(target.length > 1 ? target[1] : "");
    String override = exchange.requestHeader("X-HTTP-Method-Override");
    String method =
        query
            .getOrDefault("_method", override == null ? exchange.method() : override)
            .toUpperCase(Locale.ROOT);
    boolean head = method.equals("HEAD");
    Map<String, String> headers = new LinkedHashMap<>();
    exchange.headers().keySet().forEach(name -> headers.put(name, exchange.header(name)));
    int status = exchange.status();
    JsonNode body = json(exchange.body());
    if (query.containsKey("_envelope") && body != null && fields(body).equals(ENVELOPE)) {
      status = body.get("status").asInt();
      body.get("headers").properties().forEach(e -> headers.put(e.getKey(), e.getValue().asText()));
      body = body.get("body");
    }
    if (query.containsKey("_embed") && body != null) {
      withoutEmbedded(body);
      body.forEach(Meaning::withoutEmbedded);
    }
    boolean trimmed =
        query.containsKey("_fields")
            || (exchange.requestBody() != null && exchange.requestBody().contains("_fields"));
    return new Meaning(
        head ? "GET" : method,
        path(target[0], query),
        query,
        head || exchange.method().equals("HEAD"),
        status,
        headers,
        body,
        trimmed && status < 400);
  }

  /** The fields of a request's body, unless it is a file; those of multipart without values. */
  static Map<String, JsonNode> fieldsSent(Exchange exchange) {
    String body = exchange.requestBody();
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    if (body == null
        || body.length() > LONG
        || BYTES.equals(exchange.requestHeader("Content-Type"))) {
      return fields;
    }
    if (body.startsWith("{")) {
      JsonNode json = json(body);
      if (json != null) {
        json.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
      }
    } else if (body.startsWith("--")) {
      PART.matcher(body).results().forEach(part -> fields.put(part.group(1), EMPTY));
    } else {
      query(body).forEach((name, value) -> fields.put(name, TextNode.valueOf(value)));
    }
    return fields;
  }

  private static String path(String written, Map<String, String> query) {
    String path = written.startsWith("/index.php/") ? written.substring(10) : written;
    String route = query.getOrDefault("rest_route", "");
    if ((path.equals("/") || path.equals("/index.php")) && !route.isEmpty()) {
      path = ROOT + "/" + route.replaceFirst("^/", "");
    }
    if (!(path + "/").startsWith(ROOT + "/")) {
      return null;
    }
    path = path.substring(ROOT.length());
    path = path.endsWith("/") && !path.endsWith("//") ? path.substring(0, path.length() - 1) : path;
    return path.isEmpty() ? "/" : path;
  }

  private static Map<String, String> query(String query) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : query.isEmpty() ? new String[0] : query.split("&")) {
      String[] sides = pair.split("=", 2);
      String name = decoded(sides[0]);
      int bracket = name.indexOf('[');
      // A list or an object is no method and no route.
      String value = bracket > 0 || sides.length < 2 ? "" : decoded(sides[1]);
      values.put(bracket > 0 ? name.substring(0, bracket) : name, value);
    }
    return values;
  }

  static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  /** A text as JSON; null where it is none. */
  static JsonNode json(String text) {
    try {
      JsonNode tree = JSON.readTree(text);
      return tree.isMissingNode() ? null : tree;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  private static Set<String> fields(JsonNode object) {
    Set<String> names = new LinkedHashSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static void withoutEmbedded(JsonNode item) {
    if (item instanceof ObjectNode object) {
      object.remove("_embedded");
    }
  }
}
