package io.kbsserver.evolution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kbsserver.spec.Testimony;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * A contract with another one at a single place.
 *
 * @param kind what is changed, as the report counts it
 * @param pointer where
 * @param after what stands there then; null if nothing does
 * @param words how, in a word or two
 * @param unwitnessed whether it lets something be that never was, where there was the opportunity
 */
record Mutant(
    String kind, String pointer, JsonNode after, String words, Predicate<Testimony> unwitnessed) {

  /** The same, that lets be what either lets be: who refers to a shared part looks at it anew. */
  Mutant or(Mutant other) {
    return new Mutant(kind, pointer, after, words, unwitnessed.or(other.unwitnessed));
  }

  String name() {
    return kind + " " + pointer + " " + words;
  }

  /** The part of the contract that it changes: what depends on no other part does not matter. */
  String part() {
    String[] steps = pointer.substring(1).split("/");
    int length =
        switch (steps[0]) {
          case "paths" -> steps.length > 4 && steps[3].equals("responses") ? 5 : 3;
          case "components" -> 3;
          default -> 2;
        };
    return "/" + String.join("/", Arrays.copyOf(steps, Math.min(length, steps.length)));
  }

  /** The changed contract. */
  JsonNode of(JsonNode contract) {
    ObjectNode tree = contract.deepCopy();
    int end = pointer.lastIndexOf('/');
    String key = pointer.substring(end + 1).replace("~1", "/").replace("~0", "~");
    JsonNode parent = tree.at(pointer.substring(0, end));
    if (parent instanceof ObjectNode object) {
      if (after == null) {
        object.remove(key);
      } else {
        object.set(key, after);
      }
    } else if (after == null) {
      ((ArrayNode) parent).remove(Integer.parseInt(key));
    } else {
      ((ArrayNode) parent).set(Integer.parseInt(key), after);
    }
    return tree;
  }
}
