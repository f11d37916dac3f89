package io.kbsserver.evolution;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.evolution.Change.Compatible;
import io.kbsserver.evolution.Change.Incompatible;
import io.kbsserver.evolution.Direction.Effect;
import io.kbsserver.spec.BasePaths;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The differences that openapi-diff does not look at: formats, fields that are not described, our
 * own extensions, and whatever else comes. A keyword that nobody knows is taken for the worst.
 */
final class MissedByOpenApiDiff {

  /** What openapi-diff compares of a part of the contract. */
  private enum Part {
    CONTRACT(Set.of("operations", "securitySchemes")),
    OPERATION(
        Set.of("operationId", "deprecated", "security", "parameters", "requestBody", "responses")),
    VALUE(
        Set.of(
            "name",
            "in",
            "required",
            "deprecated",
            "allowEmptyValue",
            "style",
            "explode",
            "schema",
            "content")),
    BODY(Set.of("required", "content")),
    RESPONSE(Set.of("headers", "content")),
    MEDIA(Set.of("schema")),
    SCHEMA(
        Set.of(
            "type",
            "properties",
            "required",
            "items",
            "enum",
            "default",
            "nullable",
            "deprecated",
            "readOnly",
            "writeOnly",
            "pattern",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "uniqueItems",
            "minProperties",
            "maxProperties",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf"));

    private final Set<String> seen;

    Part(Set<String> seen) {
      this.seen = seen;
    }
  }

  /** Which fields there may be that are not described one by one. */
  private enum Openness {
    CLOSED,
    DESCRIBED,
    OPEN
  }

  private static final String SERVERS = "servers";

  private final Set<Change> changes = new LinkedHashSet<>();
  private final String operation;
  private final JsonNode servers;
  private final JsonNode otherServers;

  private MissedByOpenApiDiff(String operation, JsonNode before, JsonNode now) {
    this.operation = operation;
    this.servers = before.path(SERVERS);
    this.otherServers = now.path(SERVERS);
  }

  static Set<Change> between(Edition released, Edition working) {
    JsonNode before = released.meaning();
    JsonNode now = working.meaning();
    MissedByOpenApiDiff contract = new MissedByOpenApiDiff("The contract", before, now);
    contract.unseen("", Part.CONTRACT, Direction.REQUEST, before, now);
    Set<Change> changes = new LinkedHashSet<>(contract.changes);
    for (Map.Entry<String, JsonNode> entry : before.path("operations").properties()) {
      JsonNode other = now.path("operations").path(entry.getKey());
      if (other.isObject()) {
        MissedByOpenApiDiff one = new MissedByOpenApiDiff(entry.getKey(), before, now);
        one.operation(entry.getValue(), other);
        changes.addAll(one.changes);
      }
    }
    return changes;
  }

  private void operation(JsonNode before, JsonNode now) {
    unseen("", Part.OPERATION, Direction.REQUEST, before, now);
    shared(
        before.path("parameters"),
        now.path("parameters"),
        (name, old, current) -> value(name, Direction.REQUEST, old, current));
    JsonNode oldBody = before.path("requestBody");
    JsonNode body = now.path("requestBody");
    if (oldBody.isObject() && body.isObject()) {
      unseen("request body", Part.BODY, Direction.REQUEST, oldBody, body);
      content("request body", Direction.REQUEST, oldBody, body);
    }
    shared(
        before.path("responses"),
        now.path("responses"),
        (status, old, current) -> {
          String place = "response " + status;
          unseen(place, Part.RESPONSE, Direction.RESPONSE, old, current);
          content(place, Direction.RESPONSE, old, current);
          shared(
              old.path("headers"),
              current.path("headers"),
              (name, oldHeader, header) ->
                  value(place + ", header " + name, Direction.RESPONSE, oldHeader, header));
        });
  }

  /** A parameter or a header. */
  private void value(String place, Direction direction, JsonNode before, JsonNode now) {
    unseen(place, Part.VALUE, direction, before, now);
    schema(place, direction, before.path("schema"), now.path("schema"));
    content(place, direction, before, now);
  }

  private void content(String place, Direction direction, JsonNode before, JsonNode now) {
    shared(
        before.path("content"),
        now.path("content"),
        (type, old, current) -> {
          unseen(place + " as " + type, Part.MEDIA, direction, old, current);
          schema(place, direction, old.path("schema"), current.path("schema"));
        });
  }

  private void schema(String place, Direction direction, JsonNode before, JsonNode now) {
    if (!before.isObject() || !now.isObject()) {
      return;
    }
    unseen(place, Part.SCHEMA, direction, before, now);
    shared(
        before.path("properties"),
        now.path("properties"),
        (name, old, current) ->
            schema(
                place.contains(", ") ? place + "." + name : place + ", " + name,
                direction,
                old,
                current));
    schema(place + "[]", direction, before.path("items"), now.path("items"));
    schema(
        place + ", any other field",
        direction,
        before.path("additionalProperties"),
        now.path("additionalProperties"));
  }

  private void unseen(String place, Part part, Direction direction, JsonNode before, JsonNode now) {
    Set<String> keywords = new TreeSet<>();
    before.fieldNames().forEachRemaining(keywords::add);
    now.fieldNames().forEachRemaining(keywords::add);
    keywords.removeAll(part.seen);
    for (String keyword : keywords) {
      if (!before.path(keyword).equals(now.path(keyword))) {
        judge(place, direction, keyword, before.get(keyword), now.get(keyword));
      }
    }
  }

  private void judge(
      String place, Direction direction, String keyword, JsonNode before, JsonNode now) {
    String what =
        "has the %s %s, had %s"
            .formatted(keyword, now == null ? "none" : now, before == null ? "none" : before);
    switch (keyword) {
      case "format" ->
          changes.add(direction.change(Effect.ofRestriction(before, now), operation, place, what));
      case "additionalProperties" -> openness(place, direction, what, before, now);
      // Both are conditions under which there is what they stand at.
      case "x-kbs-setting", "x-kbs-caller" ->
          changes.add(
              Direction.REQUEST.change(Effect.ofRestriction(before, now), operation, place, what));
      // Whether files are taken that would be refused otherwise.
      case "x-kbs-files" ->
          changes.add(
              Direction.REQUEST.change(Effect.ofRestriction(now, before), operation, place, what));
      // How strictly ids and lists are read that are written otherwise than their types say.
      case "x-deprecated-since", "x-kbs-id", "x-kbs-several" ->
          changes.add(new Compatible(operation, place, what));
      case SERVERS ->
          bases(place, before == null ? servers : before, now == null ? otherServers : now);
      // What is sent to whom has asked for it.
      case "callbacks" ->
          changes.add(
              Direction.RESPONSE.change(Effect.ofRestriction(before, now), operation, place, what));
      // ISO dates are in the order of their texts. Later, or not at all, is what nobody minds.
      case "x-sunset" ->
          changes.add(
              before != null && now != null && now.asText().compareTo(before.asText()) < 0
                  ? new Incompatible(operation, place, what)
                  : new Compatible(operation, place, what));
      // Where one may go on from an answer, and what its codes mean: nobody has to.
      case "links", "x-kbs-error-codes" -> changes.add(new Compatible(operation, place, what));
      default ->
          changes.add(
              new Incompatible(
                  operation, place, what + ", and it is not known what that means for clients"));
    }
  }

  /** Hosts come and go, and clients are told theirs; what is below is in their code. */
  private void bases(String place, JsonNode before, JsonNode now) {
    Set<String> old = BasePaths.of(before);
    Set<String> current = BasePaths.of(now);
    String what = "has servers with the paths %s, had %s".formatted(current, old);
    changes.add(
        current.containsAll(old)
            ? new Compatible(operation, place, what)
            : new Incompatible(operation, place, what));
  }

  private void openness(
      String place, Direction direction, String what, JsonNode before, JsonNode now) {
    int change = openness(now).compareTo(openness(before));
    if (change != 0) {
      changes.add(
          direction.change(change > 0 ? Effect.WIDENED : Effect.NARROWED, operation, place, what));
    } else if (openness(now) == Openness.OPEN) {
      changes.add(new Compatible(operation, place, what));
    }
  }

  private static Openness openness(JsonNode others) {
    if (others == null || (others.isBoolean() && others.asBoolean())) {
      return Openness.OPEN;
    }
    return others.isObject() ? Openness.DESCRIBED : Openness.CLOSED;
  }

  private interface Pair {
    void compare(String name, JsonNode before, JsonNode now);
  }

  private static void shared(JsonNode before, JsonNode now, Pair pair) {
    before
        .properties()
        .forEach(
            entry -> {
              if (now.has(entry.getKey())) {
                pair.compare(entry.getKey(), entry.getValue(), now.get(entry.getKey()));
              }
            });
  }
}
