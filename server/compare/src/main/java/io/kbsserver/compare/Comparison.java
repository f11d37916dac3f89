package io.kbsserver.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares an answer with the one that the plugin gave, by meaning.
 *
 * <ul>
 *   <li>An answer in an envelope, which {@code _envelope} asks for, is compared with what is in it.
 *   <li>Status: equal; where the plugin failed with 500 any 4xx will do.
 *   <li>Headers: {@code X-WP-Total}, {@code X-WP-TotalPages}, {@code Allow} and those that allow
 *       pages from elsewhere equal where the plugin sent them; {@code Link} has the same relations
 *       with the same queries.
 *   <li>Errors: the same code and, where the plugin named some, the same parameters.
 *   <li>Body: every field of the plugin's is there with an equal value; more fields are allowed.
 *       Values that mean "nothing" equal each other and an absent field; "5" equals 5; scheme, host
 *       and port of addresses do not matter; some values may be others each time.
 * </ul>
 */
public final class Comparison {

  private static final Pattern ADDRESS = Pattern.compile("https?://[^/\"\\s>]+");
  private static final Pattern LINK = Pattern.compile("<([^>]*)>;\\s*rel=\"(prev|next)\"");
  private static final List<String> COUNTS = List.of("x-wp-total", "x-wp-totalpages");
  private static final List<String> FOR_BROWSERS =
      List.of(
          "allow",
          "access-control-allow-origin",
          "access-control-allow-methods",
          "access-control-allow-credentials");
  private static final List<String> SORTED_BY = List.of("date", "modified");
  private static final Pattern INDEX = Pattern.compile("\\[\\d*]$");
  private static final int SHOWN = 400;

  private final Leeway leeway;
  private final List<Difference> differences = new ArrayList<>();

  private Comparison(Leeway leeway) {
    this.leeway = leeway;
  }

  /**
   * How an answer differs from the plugin's; empty where both mean the same.
   *
   * @param method the method of the request
   * @param wanted what the plugin answered
   * @param got what the server answered
   * @param leeway which values may be others
   */
  public static List<Difference> of(
      String method, SiteAnswer wanted, SiteAnswer got, Leeway leeway) {
    Comparison comparison = new Comparison(leeway);
    comparison.compareAnswers(method, wanted, got);
    return comparison.differences;
  }

  private void compareAnswers(String method, SiteAnswer wanted, SiteAnswer got) {
    boolean enveloped = Situation.isEnveloped(wanted) && Situation.isEnveloped(got);
    compare(
        method,
        enveloped ? Situation.unwrapped(wanted) : wanted,
        enveloped ? Situation.unwrapped(got) : got);
  }

  private void compare(String method, SiteAnswer wanted, SiteAnswer got) {
    boolean refusedInstead = wanted.status() >= 500 && got.status() >= 400 && got.status() < 500;
    if (wanted.status() != got.status() && !refusedInstead) {
      add(
          "status",
          (wanted.status() + " " + wanted.code()).strip(),
          (got.status() + " " + got.code()).strip());
      return;
    }
    if (wanted.status() >= 400) {
      compareHeader("allow", wanted, got);
      compareErrors(wanted, got);
      return;
    }
    compareHeaders(wanted, got);
    if (!method.equals("HEAD")) {
      compareValues(wanted.body(), got.body(), "body", null);
    }
  }

  private void compareErrors(SiteAnswer wanted, SiteAnswer got) {
    if (wanted.code().isEmpty()) {
      return;
    }
    if (!got.code().equals(wanted.code())) {
      add("code", wanted.code(), got.code().isEmpty() ? show(got.body()) : got.code());
    }
    if (wanted.body() != null && wanted.body().path("data").path("params").isObject()) {
      compareTexts("data.params", wanted.params().toString(), got.params().toString());
    }
  }

  private void compareHeaders(SiteAnswer wanted, SiteAnswer got) {
    Stream.concat(COUNTS.stream(), FOR_BROWSERS.stream())
        .forEach(name -> compareHeader(name, wanted, got));
    if (wanted.headers().containsKey(COUNTS.get(0))) {
      compareTexts(
          "link",
          links(wanted.headers().get("link")).toString(),
          links(got.headers().get("link")).toString());
    }
  }

  private void compareHeader(String name, SiteAnswer wanted, SiteAnswer got) {
    if (wanted.headers().containsKey(name)) {
      compareTexts(name, wanted.headers().get(name), got.headers().get(name));
    }
  }

  /**
   * The parameters of the links to other pages, by relation and in no particular order; a list is
   * the same with brackets and with commas.
   */
  private static Map<String, List<String>> links(@Nullable String header) {
    Map<String, List<String>> links = new TreeMap<>();
    Matcher matcher = LINK.matcher(header == null ? "" : header);
    while (matcher.find()) {
      String address = matcher.group(1);
      Map<String, List<String>> parameters = new TreeMap<>();
      for (String parameter : address.substring(address.indexOf('?') + 1).split("&")) {
        String[] sides = (parameter + "=").split("=", 3);
        String name = URLDecoder.decode(sides[0], StandardCharsets.UTF_8);
        parameters
            .computeIfAbsent(INDEX.matcher(name).replaceFirst(""), list -> new ArrayList<>())
            .add(URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
      }
      links.put(
          matcher.group(2),
          parameters.entrySet().stream()
              .map(entry -> entry.getKey() + "=" + String.join(",", entry.getValue()))
              .toList());
    }
    return links;
  }

  private void compareTexts(String where, String wanted, @Nullable String got) {
    if (!wanted.equals(got)) {
      add(where, wanted, String.valueOf(got));
    }
  }

  private void compareValues(
      @Nullable JsonNode wanted, @Nullable JsonNode got, String where, @Nullable JsonNode owner) {
    if (isNothing(wanted) && isNothing(got)) {
      return;
    }
    if (wanted != null && wanted.isObject() && !wanted.isEmpty()) {
      compareObjects(wanted, got, where, owner);
    } else if (wanted != null && wanted.isArray() && got != null && got.isArray()) {
      compareArrays(wanted, got, where, owner);
    } else if (!isSameScalar(wanted, got, where, owner)) {
      addValues(where, wanted, text(got));
    }
  }

  private void compareObjects(
      JsonNode wanted, @Nullable JsonNode got, String where, @Nullable JsonNode owner) {
    if (got == null || !got.isObject()) {
      boolean sameValues = got != null && got.isArray() && values(wanted).equals(values(got));
      addValues(where, wanted, sameValues ? "the same values as a list" : text(got));
      return;
    }
    JsonNode inner = wanted.has("id") ? wanted : owner;
    wanted
        .properties()
        .forEach(
            property ->
                compareValues(
                    property.getValue(),
                    got.get(property.getKey()),
                    where + "." + property.getKey(),
                    inner));
  }

  private void compareArrays(
      JsonNode wanted, JsonNode got, String where, @Nullable JsonNode owner) {
    if (wanted.size() != got.size()) {
      add(where, items(wanted), items(got));
      return;
    }
    Map<String, JsonNode> byId = byId(got);
    if (!byId.isEmpty() && !byId(wanted).isEmpty() && !ids(wanted).equals(ids(got))) {
      boolean reordered = byId.keySet().equals(byId(wanted).keySet());
      String what = (reordered ? "order of " : "items of ") + where;
      add(what, ids(wanted).toString(), ids(got) + sameInPlace(wanted, got));
      wanted.forEach(item -> compareWithSameId(item, byId, where));
      return;
    }
    for (int i = 0; i < wanted.size(); i++) {
      compareValues(wanted.get(i), got.get(i), where + "[" + i + "]", owner);
    }
  }

  private void compareWithSameId(JsonNode wanted, Map<String, JsonNode> got, String where) {
    String id = wanted.get("id").asText();
    if (got.containsKey(id)) {
      compareValues(wanted, got.get(id), where + "[id " + id + "]", null);
    }
  }

  /** Which dates stand in the same places although their tickets do not: those are equal. */
  private static String sameInPlace(JsonNode wanted, JsonNode got) {
    StringBuilder same = new StringBuilder();
    for (String field : SORTED_BY) {
      boolean equal = true;
      for (int i = 0; i < wanted.size(); i++) {
        equal &= wanted.get(i).has(field) && wanted.get(i).get(field).equals(got.get(i).get(field));
      }
      same.append(equal ? ", " + field + " in the same order" : "");
    }
    return same.toString();
  }

  /** The items of a list by id; empty unless all have one of their own. */
  private static Map<String, JsonNode> byId(JsonNode array) {
    Map<String, JsonNode> items = new HashMap<>();
    array.forEach(item -> items.put(item.path("id").asText(""), item));
    return items.size() == array.size() && !items.containsKey("") ? items : Map.of();
  }

  private static List<String> ids(JsonNode array) {
    List<String> ids = new ArrayList<>();
    array.forEach(item -> ids.add(item.isObject() ? item.path("id").asText("{}") : show(item)));
    return ids;
  }

  private static List<String> values(JsonNode container) {
    List<String> values = new ArrayList<>();
    container.forEach(value -> values.add(value.toString()));
    return values;
  }

  private static String items(JsonNode array) {
    return array.size() + " items " + ids(array);
  }

  private boolean isSameScalar(
      @Nullable JsonNode wanted, @Nullable JsonNode got, String where, @Nullable JsonNode owner) {
    if (wanted == null || got == null) {
      return false;
    }
    if (wanted.isNumber() && got.isNumber()) {
      return wanted.decimalValue().compareTo(got.decimalValue()) == 0
          || leeway.allows(owner, where, wanted.asText(), got.asText());
    }
    if (!wanted.isValueNode() || !got.isValueNode()) {
      return false;
    }
    String wantedText = withoutHost(wanted.asText());
    String gotText = withoutHost(got.asText());
    return wantedText.equals(gotText) || leeway.allows(owner, where, wantedText, gotText);
  }

  private static String withoutHost(String text) {
    return ADDRESS.matcher(text).replaceAll("");
  }

  /** Whether a value means that there is none. */
  private static boolean isNothing(@Nullable JsonNode value) {
    return value == null
        || value instanceof NullNode
        || value.isArray() && value.isEmpty()
        || value.isObject()
            && value.properties().stream().allMatch(one -> isNothing(one.getValue()))
        || value.isTextual() && (value.asText().isEmpty() || value.asText().equals("0"))
        || value.isNumber() && value.decimalValue().signum() == 0
        || value.isBoolean() && !value.booleanValue();
  }

  private static String text(@Nullable JsonNode value) {
    return value == null ? "absent" : value.toString();
  }

  private static String show(@Nullable JsonNode value) {
    String text = text(value);
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }

  private void addValues(String where, @Nullable JsonNode wanted, String got) {
    differences.add(new Difference(where, text(wanted), got).excerpt(SHOWN));
  }

  private void add(String where, String wanted, String got) {
    differences.add(new Difference(where, wanted, got));
  }
}
