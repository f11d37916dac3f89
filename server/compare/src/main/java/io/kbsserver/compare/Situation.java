package io.kbsserver.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A request with both answers, and what is known about it.
 *
 * @param occasion the request
 * @param wanted what the plugin answered
 * @param got what the server answers
 * @param facts what is known
 */
public record Situation(Occasion occasion, SiteAnswer wanted, SiteAnswer got, Facts facts) {

  private static final Pattern ITEM = Pattern.compile("body\\[(?:(id )?(\\d+))\\].*");

  /** Whether an answer is in an envelope. */
  static boolean isEnveloped(SiteAnswer answer) {
    JsonNode body = answer.body();
    return body != null && body.path("headers").isObject() && body.has("body");
  }

  /** An answer without the envelope that {@code _envelope} puts around it. */
  static SiteAnswer unwrapped(SiteAnswer answer) {
    JsonNode body = answer.body();
    if (body == null || !isEnveloped(answer)) {
      return answer;
    }
    Map<String, String> headers = new LinkedHashMap<>(answer.headers());
    body.get("headers")
        .properties()
        .forEach(
            header ->
                headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue().asText()));
    return new SiteAnswer(body.path("status").asInt(answer.status()), headers, body.get("body"));
  }

  /** The tickets that an answer shows. */
  static List<JsonNode> tickets(SiteAnswer answer) {
    JsonNode body = unwrapped(answer).body();
    List<JsonNode> tickets = new ArrayList<>();
    if (body != null && body.isArray()) {
      body.forEach(tickets::add);
    } else if (body != null && body.has("id")) {
      tickets.add(body);
    }
    return tickets;
  }

  /** The tickets that our answer shows and the plugin's does not. */
  List<JsonNode> shown() {
    return missing(tickets(wanted), tickets(got));
  }

  /** The tickets that the plugin's answer shows and ours does not. */
  List<JsonNode> hidden() {
    return missing(tickets(got), tickets(wanted));
  }

  private static List<JsonNode> missing(List<JsonNode> from, List<JsonNode> tickets) {
    Set<String> ids = from.stream().map(Situation::id).collect(Collectors.toSet());
    return tickets.stream().filter(ticket -> !ids.contains(id(ticket))).toList();
  }

  static String id(JsonNode ticket) {
    return ticket.path("id").asText("");
  }

  /** The ticket in an answer that a difference is about. */
  static JsonNode ticket(SiteAnswer answer, Difference difference) {
    List<JsonNode> tickets = tickets(answer);
    Matcher item = ITEM.matcher(difference.where());
    if (!item.matches()) {
      return tickets.size() == 1 ? tickets.get(0) : MissingNode.getInstance();
    }
    if (item.group(1) != null) {
      return tickets.stream()
          .filter(ticket -> id(ticket).equals(item.group(2)))
          .findFirst()
          .orElse(MissingNode.getInstance());
    }
    int index = Integer.parseInt(item.group(2));
    return index < tickets.size() ? tickets.get(index) : MissingNode.getInstance();
  }

  /** The value of a parameter of the query that is a number. */
  long number(String parameter, long otherwise) {
    String value = text(parameter);
    return value.matches("-?\\d{1,9}") ? Long.parseLong(value) : otherwise;
  }

  /** The value of a parameter of the query; empty where there is none. */
  String text(String parameter) {
    return query().getOrDefault(parameter, "");
  }

  private Map<String, String> query() {
    Map<String, String> parameters = new TreeMap<>();
    String request = occasion.request();
    int start = request.indexOf('?');
    for (String parameter : start < 0 ? new String[0] : request.substring(start + 1).split("&")) {
      String[] parts = parameter.split("=", 2);
      parameters.put(decoded(parts[0]), parts.length < 2 ? "" : decoded(parts[1]));
    }
    return parameters;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // A percent sign of its own.
    }
  }
}
