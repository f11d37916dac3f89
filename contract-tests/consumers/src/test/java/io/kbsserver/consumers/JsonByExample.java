package io.kbsserver.consumers;

import au.com.dius.pact.consumer.dsl.DslPart;
import au.com.dius.pact.consumer.dsl.LambdaDsl;
import au.com.dius.pact.consumer.dsl.LambdaDslJsonArray;
import au.com.dius.pact.consumer.dsl.LambdaDslObject;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a pact says of JSON, made from an example of it: lists are as long, and values of the same
 * types. A text behind {@code =} has to be that text, and {@code ${…}} is a number that a state
 * brings.
 */
final class JsonByExample {

  private JsonByExample() {}

  static DslPart of(JsonNode example) {
    return example.isArray()
        ? LambdaDsl.newJsonArray(array -> example.forEach(item -> add(array, item))).build()
        : LambdaDsl.newJsonBody(object -> addAll(object, example)).build();
  }

  private static void addAll(LambdaDslObject object, JsonNode example) {
    example.properties().forEach(field -> add(object, field.getKey(), field.getValue()));
  }

  private static void add(LambdaDslObject object, String name, JsonNode example) {
    switch (example.getNodeType()) {
      case OBJECT -> object.object(name, inner -> addAll(inner, example));
      case ARRAY -> object.array(name, array -> example.forEach(item -> add(array, item)));
      case NUMBER -> object.integerType(name, example.asInt());
      case BOOLEAN -> object.booleanType(name, example.asBoolean());
      case NULL -> object.nullValue(name);
      default -> addText(object, name, example.asText());
    }
  }

  private static void addText(LambdaDslObject object, String name, String example) {
    if (example.startsWith("${")) {
      object.valueFromProviderState(name, example, Integer.valueOf(Conversation.example(example)));
    } else if (example.startsWith("=")) {
      object.stringValue(name, example.substring(1));
    } else {
      object.stringType(name, example);
    }
  }

  private static void add(LambdaDslJsonArray array, JsonNode example) {
    switch (example.getNodeType()) {
      case OBJECT -> array.object(inner -> addAll(inner, example));
      case ARRAY -> array.array(inner -> example.forEach(item -> add(inner, item)));
      case NUMBER -> array.integerType(example.asLong());
      case BOOLEAN -> array.booleanType(example.asBoolean());
      case NULL -> array.nullValue();
      default -> addText(array, example.asText());
    }
  }

  private static void addText(LambdaDslJsonArray array, String example) {
    if (example.startsWith("=")) {
      array.stringValue(example.substring(1));
    } else {
      array.stringType(example);
    }
  }
}
