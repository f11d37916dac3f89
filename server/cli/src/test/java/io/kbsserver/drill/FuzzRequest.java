package io.kbsserver.drill;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kbsserver.contract.Callers;
import io.kbsserver.contract.Operation;
import io.kbsserver.drill.FuzzPart.Pair;
import io.kbsserver.drill.FuzzPart.Place;
import io.kbsserver.drill.FuzzPart.Ruling;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A request that was made up from the contract.
 *
 * @param path its path, with a place for what it names last
 * @param named what its path names last; empty where it names nothing
 * @param exists whether there is what the path names, for those who may see it
 */
record FuzzRequest(
    Operation operation,
    Client client,
    String path,
    String named,
    boolean exists,
    Format format,
    List<FuzzPart> parts) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BOUNDARY = "a-boundary-of-the-drill";

  /**
   * Somebody who sends requests.
   *
   * @param among those of the contract's callers that it is among
   */
  record Client(String name, String authorization, Set<Callers> among, String email, long company) {

    boolean isAgent() {
      return among.contains(Callers.AGENT);
    }
  }

  /** How a body is written. */
  enum Format {
    NONE(null),
    JSON("application/json"),
    FORM("application/x-www-form-urlencoded"),
    PARTS("multipart/form-data; boundary=" + BOUNDARY);

    private final String type;

    Format(String type) {
      this.type = type;
    }
  }

  /** Whether it asks for what few see: users, terms and articles in order to be edited. */
  boolean editsWordPress() {
    return operation.path().startsWith("/wp/v2")
        && parts.stream().anyMatch(part -> part.name().equals("context"));
  }

  String method() {
    return operation.method().name();
  }

  String target() {
    String target = "/wp-json" + path.replaceAll("\\{[^}]+\\}", encoded(named));
    List<Pair> pairs = pairs(Place.QUERY);
    return pairs.isEmpty() ? target : target + "?" + form(pairs);
  }

  Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    if (client.authorization() != null) {
      headers.put("Authorization", client.authorization());
    }
    if (format.type != null) {
      headers.put("Content-Type", format.type);
    }
    pairs(Place.HEADER).forEach(pair -> headers.put(pair.name(), pair.value()));
    return headers;
  }

  /** The body; null where there is none. */
  String body() {
    return switch (format) {
      case NONE -> null;
      case FORM -> form(pairs(Place.BODY));
      case JSON -> json();
      case PARTS ->
          pairs(Place.BODY).stream()
              .map(
                  pair ->
                      "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                          .formatted(BOUNDARY, pair.name(), pair.value()))
              .collect(Collectors.joining("", "", "--" + BOUNDARY + "--\r\n"));
    };
  }

  private String json() {
    Map<String, Object> object = new LinkedHashMap<>();
    parts.stream()
        .filter(part -> part.place() == Place.BODY)
        .forEach(part -> object.put(part.name(), part.json()));
    try {
      return JSON.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<Pair> pairs(Place place) {
    return parts.stream()
        .filter(part -> part.place() == place)
        .flatMap(part -> part.pairs().stream())
        .toList();
  }

  /** Those of its parameters of which the contract says this. */
  List<String> names(Ruling ruling) {
    return parts.stream()
        .filter(part -> part.ruling() == ruling)
        .map(FuzzPart::name)
        .distinct()
        .toList();
  }

  /** The fields that it has to have, and has not. */
  List<String> missing() {
    return operation.body().required().stream()
        .filter(name -> parts.stream().noneMatch(part -> part.name().equals(name)))
        .toList();
  }

  boolean prefers(String handling) {
    return parts.stream()
        .anyMatch(
            part -> part.place() == Place.HEADER && part.json().equals("handling=" + handling));
  }

  /** The same without each of its parts in turn. */
  Stream<FuzzRequest> smaller() {
    return Stream.iterate(0, i -> i < parts.size(), i -> i + 1)
        .map(
            i -> {
              List<FuzzPart> fewer = new ArrayList<>(parts);
              fewer.remove((int) i);
              return new FuzzRequest(operation, client, path, named, exists, format, fewer);
            });
  }

  /** What sends it from a shell. */
  String curl(String address) {
    StringBuilder curl = new StringBuilder("curl -i -g -X " + method());
    headers().forEach((name, value) -> curl.append(" -H ").append(quoted(name + ": " + value)));
    if (body() != null) {
      curl.append(" --data-binary ").append(quoted(body()));
    }
    return curl + " " + quoted(address + target());
  }

  private static String quoted(String text) {
    String shown = text.length() > 3_000 ? text.substring(0, 3_000) + "…" : text;
    return "$'"
        + shown
            .replace("\\", "\\\\")
            .replace("'", "\\'")
            .replace("\r", "\\r")
            .replace("\n", "\\n")
            .replace("\0", "\\x00")
        + "'";
  }

  private static String form(List<Pair> pairs) {
    return pairs.stream()
        .map(pair -> encoded(pair.name()) + "=" + encoded(pair.value()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
