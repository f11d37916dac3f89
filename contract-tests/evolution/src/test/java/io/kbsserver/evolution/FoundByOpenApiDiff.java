package io.kbsserver.evolution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kbsserver.evolution.Change.Compatible;
import io.kbsserver.evolution.Change.Incompatible;
import io.kbsserver.evolution.Change.Promise;
import io.kbsserver.evolution.Change.Renamed;
import io.kbsserver.evolution.Direction.Effect;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.openapitools.openapidiff.core.OpenApiCompare;
import org.openapitools.openapidiff.core.model.Changed;
import org.openapitools.openapidiff.core.model.ChangedContent;
import org.openapitools.openapidiff.core.model.ChangedHeader;
import org.openapitools.openapidiff.core.model.ChangedHeaders;
import org.openapitools.openapidiff.core.model.ChangedOpenApi;
import org.openapitools.openapidiff.core.model.ChangedOperation;
import org.openapitools.openapidiff.core.model.ChangedParameter;
import org.openapitools.openapidiff.core.model.ChangedRequestBody;
import org.openapitools.openapidiff.core.model.ChangedSchema;

/**
 * The differences that openapi-diff sees. It finds them; where its verdict does not depend on the
 * direction, or takes a change of behaviour for a note, {@link Direction} decides in its place.
 */
final class FoundByOpenApiDiff {

  private final Set<Change> changes = new LinkedHashSet<>();
  private final String operation;

  private FoundByOpenApiDiff(String operation) {
    this.operation = operation;
  }

  static Set<Change> between(Edition released, Edition working) {
    ChangedOpenApi all = compare(released, working);
    Set<Change> changes = new LinkedHashSet<>();
    all.getMissingEndpoints()
        .forEach(gone -> changes.add(new Incompatible(gone.toString(), "", "is gone")));
    all.getNewEndpoints()
        .forEach(added -> changes.add(new Compatible(added.toString(), "", "is new")));
    for (ChangedOperation changed : all.getChangedOperations()) {
      FoundByOpenApiDiff one =
          new FoundByOpenApiDiff(changed.getHttpMethod() + " " + changed.getPathUrl());
      one.operation(changed);
      changes.addAll(one.changes);
    }
    return changes;
  }

  static ChangedOpenApi compare(Edition released, Edition working) {
    return OpenApiCompare.fromContents(text(released), text(working));
  }

  /**
   * It looks no further where a format differs: formats are left to {@link MissedByOpenApiDiff}.
   */
  private static String text(Edition contract) {
    ObjectNode tree = Messages.asAnswers(contract.withoutDocumentation());
    tree.putObject("info").put("title", "").put("version", contract.versionText());
    removeFormats(tree);
    return tree.toString();
  }

  private static void removeFormats(JsonNode node) {
    if (node instanceof ObjectNode object && object.path("format").isTextual()) {
      object.remove("format");
    }
    node.forEach(FoundByOpenApiDiff::removeFormats);
  }

  private void operation(ChangedOperation changed) {
    if (changed.isDeprecated()) {
      deprecation("", changed.getNewOperation().getDeprecated());
    }
    if (changed.getOperationId() != null) {
      changes.add(new Renamed(operation, "", "has another operationId"));
    }
    if (changed.getParameters() != null) {
      changed
          .getParameters()
          .getMissing()
          .forEach(gone -> incompatible(gone.getIn() + " parameter " + gone.getName(), "is gone"));
      changed
          .getParameters()
          .getIncreased()
          .forEach(
              added ->
                  added(
                      added.getIn() + " parameter " + added.getName(),
                      Boolean.TRUE.equals(added.getRequired())));
      changed.getParameters().getChanged().forEach(this::parameter);
    }
    if (changed.getRequestBody() != null) {
      requestBody(changed.getRequestBody());
    }
    if (changed.getApiResponses() != null) {
      changed
          .getApiResponses()
          .getMissing()
          .keySet()
          .forEach(status -> incompatible("response " + status, "is gone"));
      changed
          .getApiResponses()
          .getIncreased()
          .keySet()
          .forEach(status -> compatible("response " + status, "is new"));
      changed
          .getApiResponses()
          .getChanged()
          .forEach(
              (status, response) -> {
                content("response " + status, Direction.RESPONSE, response.getContent());
                headers("response " + status, response.getHeaders());
              });
    }
    if (changed.getSecurityRequirements() != null) {
      security(changed);
    }
  }

  private void parameter(ChangedParameter changed) {
    String place = changed.getIn() + " parameter " + changed.getName();
    if (changed.isChangeRequired()) {
      requirement(place, Boolean.TRUE.equals(changed.getNewParameter().getRequired()));
    }
    if (changed.isDeprecated()) {
      deprecation(place, changed.getNewParameter().getDeprecated());
    }
    if (changed.isChangeStyle() || changed.isChangeExplode()) {
      incompatible(place, "is written in another way");
    }
    if (changed.isChangeAllowEmptyValue()) {
      judge(
          Direction.REQUEST,
          Boolean.TRUE.equals(changed.getNewParameter().getAllowEmptyValue())
              ? Effect.WIDENED
              : Effect.NARROWED,
          place,
          "may be empty, or may not be any more");
    }
    schema(place, Direction.REQUEST, changed.getSchema());
    content(place, Direction.REQUEST, changed.getContent());
  }

  private void requestBody(ChangedRequestBody changed) {
    String place = "request body";
    boolean required =
        changed.getNewRequestBody() != null
            && Boolean.TRUE.equals(changed.getNewRequestBody().getRequired());
    if (changed.getOldRequestBody() == null) {
      added(place, required);
    } else if (changed.getNewRequestBody() == null) {
      incompatible(place, "is gone");
    } else {
      if (changed.isChangeRequired()) {
        requirement(place, required);
      }
      content(place, Direction.REQUEST, changed.getContent());
    }
  }

  private void content(String place, Direction direction, ChangedContent changed) {
    if (changed == null) {
      return;
    }
    changed
        .getMissing()
        .keySet()
        .forEach(type -> incompatible(place, "has no content type " + type + " any more"));
    changed
        .getIncreased()
        .keySet()
        .forEach(type -> compatible(place, "has a new content type " + type));
    boolean everywhere =
        changed.getNewContent() != null
            && changed.getChanged().keySet().equals(changed.getNewContent().keySet());
    changed
        .getChanged()
        .forEach(
            (type, media) ->
                schema(everywhere ? place : place + " as " + type, direction, media.getSchema()));
  }

  private void headers(String place, ChangedHeaders changed) {
    if (changed == null) {
      return;
    }
    changed
        .getMissing()
        .keySet()
        .forEach(name -> incompatible(place + ", header " + name, "is gone"));
    changed
        .getIncreased()
        .keySet()
        .forEach(name -> compatible(place + ", header " + name, "is new"));
    changed.getChanged().forEach((name, header) -> header(place + ", header " + name, header));
  }

  private void header(String place, ChangedHeader changed) {
    if (changed.isRequired()) {
      if (Boolean.TRUE.equals(changed.getNewHeader().getRequired())) {
        changes.add(new Promise(operation, place, place.substring(place.lastIndexOf(' ') + 1)));
      } else {
        incompatible(place, "is not always there any more");
      }
    }
    if (changed.isDeprecated()) {
      deprecation(place, changed.getNewHeader().getDeprecated());
    }
    if (changed.isStyle() || changed.isExplode()) {
      incompatible(place, "is written in another way");
    }
    schema(place, Direction.RESPONSE, changed.getSchema());
  }

  private void security(ChangedOperation changed) {
    if (isOpen(changed.getOldOperation())) {
      incompatible("", "is not open to everybody any more");
    } else if (isOpen(changed.getNewOperation())) {
      compatible("", "is open to everybody");
    } else {
      verdict("", changed.getSecurityRequirements(), "takes another login");
    }
  }

  private static boolean isOpen(Operation operation) {
    return operation.getSecurity() == null || operation.getSecurity().isEmpty();
  }

  private void schema(String place, Direction direction, ChangedSchema changed) {
    if (changed == null) {
      return;
    }
    Schema<?> before = changed.getOldSchema();
    Schema<?> now = changed.getNewSchema();
    if (before == null || now == null) {
      judge(direction, Effect.ofRestriction(before, now), place, "has a schema, or none any more");
      return;
    }
    if (!Objects.equals(before.getType(), now.getType())) {
      judge(
          direction,
          ofTypes(before.getType(), now.getType()),
          place,
          "is of type %s, was %s".formatted(named(now.getType()), named(before.getType())));
    }
    properties(place, direction, changed);
    values(place, direction, before, now);
    bounds(place, direction, before, now);
    if (changed.isChangeDefault()) {
      String what = "has the default %s, had %s".formatted(now.getDefault(), before.getDefault());
      if (direction == Direction.REQUEST) {
        incompatible(place, what);
      } else {
        compatible(place, what);
      }
    }
    if (changed.isChangeDeprecated()) {
      deprecation(place, now.getDeprecated());
    }
    if (changed.isDiscriminatorPropertyChanged() || changed.getOneOfSchema() != null) {
      incompatible(place, "has other alternatives");
    }
    verdict(place, changed.getReadOnly(), "is only answered, or is not any more");
    verdict(place, changed.getWriteOnly(), "is only sent, or is not any more");
    schema(place + "[]", direction, changed.getItems());
    ChangedSchema others = changed.getAddProp();
    if (others != null && others.getOldSchema() != null && others.getNewSchema() != null) {
      schema(place + ", any other field", direction, others);
    }
  }

  private void properties(String place, Direction direction, ChangedSchema changed) {
    Map<String, Schema<?>> gone = changed.getMissingProperties();
    gone.keySet().forEach(name -> incompatible(field(place, name), "is gone"));
    changed
        .getIncreasedProperties()
        .keySet()
        .forEach(name -> compatible(field(place, name), "is new"));
    changed
        .getChangedProperties()
        .forEach((name, property) -> schema(field(place, name), direction, property));
    if (changed.getRequired() == null) {
      return;
    }
    for (String name : changed.getRequired().getIncreased()) {
      if (direction == Direction.REQUEST) {
        requirement(field(place, name), true);
      } else {
        changes.add(new Promise(operation, field(place, name), name));
      }
    }
    for (String name : changed.getRequired().getMissing()) {
      if (direction == Direction.REQUEST) {
        requirement(field(place, name), false);
      } else if (!gone.containsKey(name)) {
        incompatible(field(place, name), "is not always there any more");
      }
    }
  }

  private void values(String place, Direction direction, Schema<?> before, Schema<?> now) {
    Set<Object> old = before.getEnum() == null ? null : new LinkedHashSet<>(before.getEnum());
    Set<Object> current = now.getEnum() == null ? null : new LinkedHashSet<>(now.getEnum());
    if (!Objects.equals(old, current)) {
      judge(
          direction,
          ofValues(old, current),
          place,
          "takes the values %s, took %s".formatted(named(current), named(old)));
    }
    boolean nullable = Boolean.TRUE.equals(now.getNullable());
    if (nullable != Boolean.TRUE.equals(before.getNullable())) {
      judge(
          direction,
          nullable ? Effect.WIDENED : Effect.NARROWED,
          place,
          nullable ? "may be null" : "may not be null any more");
    }
    restriction(place, direction, "pattern", before.getPattern(), now.getPattern());
    restriction(place, direction, "multipleOf", before.getMultipleOf(), now.getMultipleOf());
    restriction(
        place,
        direction,
        "uniqueItems",
        onlyTrue(before.getUniqueItems()),
        onlyTrue(now.getUniqueItems()));
  }

  private void bounds(String place, Direction direction, Schema<?> before, Schema<?> now) {
    maximum(place, direction, "maxLength", before.getMaxLength(), now.getMaxLength());
    maximum(place, direction, "maxItems", before.getMaxItems(), now.getMaxItems());
    maximum(place, direction, "maxProperties", before.getMaxProperties(), now.getMaxProperties());
    maximum(place, direction, "maximum", plain(before.getMaximum()), plain(now.getMaximum()));
    minimum(place, direction, "minLength", before.getMinLength(), now.getMinLength());
    minimum(place, direction, "minItems", before.getMinItems(), now.getMinItems());
    minimum(place, direction, "minProperties", before.getMinProperties(), now.getMinProperties());
    minimum(place, direction, "minimum", plain(before.getMinimum()), plain(now.getMinimum()));
    restriction(
        place,
        direction,
        "exclusiveMaximum",
        onlyTrue(before.getExclusiveMaximum()),
        onlyTrue(now.getExclusiveMaximum()));
    restriction(
        place,
        direction,
        "exclusiveMinimum",
        onlyTrue(before.getExclusiveMinimum()),
        onlyTrue(now.getExclusiveMinimum()));
  }

  private static Effect ofTypes(String before, String now) {
    if (List.of("integer", "number").equals(Arrays.asList(before, now))) {
      return Effect.WIDENED;
    }
    if (List.of("number", "integer").equals(Arrays.asList(before, now))) {
      return Effect.NARROWED;
    }
    return Effect.ofRestriction(before, now);
  }

  private static Effect ofValues(Set<Object> before, Set<Object> now) {
    if (before == null || now == null) {
      return Effect.ofRestriction(before, now);
    }
    if (now.containsAll(before)) {
      return Effect.WIDENED;
    }
    return before.containsAll(now) ? Effect.NARROWED : Effect.REPLACED;
  }

  private <N extends Comparable<N>> void maximum(
      String place, Direction direction, String keyword, N before, N now) {
    if (!Objects.equals(before, now)) {
      judge(direction, Effect.ofMaximum(before, now), place, limited(keyword, before, now));
    }
  }

  private <N extends Comparable<N>> void minimum(
      String place, Direction direction, String keyword, N before, N now) {
    if (!Objects.equals(before, now)) {
      judge(direction, Effect.ofMinimum(before, now), place, limited(keyword, before, now));
    }
  }

  private void restriction(
      String place, Direction direction, String keyword, Object before, Object now) {
    if (!Objects.equals(before, now)) {
      judge(direction, Effect.ofRestriction(before, now), place, limited(keyword, before, now));
    }
  }

  private static String limited(String keyword, Object before, Object now) {
    return "has the %s %s, had %s".formatted(keyword, named(now), named(before));
  }

  private static String named(Object value) {
    return value == null ? "none" : value.toString();
  }

  private static Boolean onlyTrue(Boolean value) {
    return Boolean.TRUE.equals(value) ? value : null;
  }

  /** 10 and 10.0 are one number, and 1E+1 is none for people. */
  private static BigDecimal plain(BigDecimal number) {
    return number == null ? null : new BigDecimal(number.stripTrailingZeros().toPlainString());
  }

  private static String field(String place, String name) {
    return place.contains(", ") ? place + "." + name : place + ", " + name;
  }

  private void added(String place, boolean required) {
    if (required) {
      incompatible(place, "is new and required");
    } else {
      compatible(place, "is new");
    }
  }

  private void requirement(String place, boolean required) {
    if (required) {
      incompatible(place, "is required");
    } else {
      compatible(place, "is not required any more");
    }
  }

  private void deprecation(String place, Boolean now) {
    compatible(place, Boolean.TRUE.equals(now) ? "is deprecated" : "is not deprecated any more");
  }

  /** The verdict of openapi-diff. */
  private void verdict(String place, Changed changed, String what) {
    if (changed != null && changed.isDifferent()) {
      if (changed.isIncompatible()) {
        incompatible(place, what);
      } else {
        compatible(place, what);
      }
    }
  }

  private void judge(Direction direction, Effect effect, String place, String what) {
    changes.add(direction.change(effect, operation, place, what));
  }

  private void incompatible(String place, String what) {
    changes.add(new Incompatible(operation, place, what));
  }

  private void compatible(String place, String what) {
    changes.add(new Compatible(operation, place, what));
  }
}
