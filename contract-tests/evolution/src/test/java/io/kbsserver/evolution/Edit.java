package io.kbsserver.evolution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** A small change of a contract. Where it does not fit, it fails. */
interface Edit {

  void apply(ObjectNode contract);

  /** The contract with the edits, one after the other. */
  static Edition of(Edition contract, Edit... edits) {
    ObjectNode tree = contract.tree().deepCopy();
    for (Edit edit : edits) {
      edit.apply(tree);
    }
    return new Edition(tree);
  }

  /** Takes out what is at a pointer. */
  static Edit remove(String pointer) {
    return at(
        pointer,
        (parent, name) -> {
          present(parent, name, pointer);
          parent.remove(name);
        });
  }

  /** Puts something where there is nothing yet, written as YAML. */
  static Edit add(String pointer, String yaml) {
    return at(
        pointer,
        (parent, name) -> {
          if (parent.has(name)) {
            throw new IllegalArgumentException("There already: " + pointer);
          }
          parent.set(name, value(yaml));
        });
  }

  /** Puts something in the place of what is there, written as YAML. */
  static Edit set(String pointer, String yaml) {
    return at(
        pointer,
        (parent, name) -> {
          present(parent, name, pointer);
          parent.set(name, value(yaml));
        });
  }

  /** Gives what is at a pointer another name. */
  static Edit rename(String pointer, String newName) {
    return at(
        pointer,
        (parent, name) -> {
          present(parent, name, pointer);
          parent.set(newName, parent.remove(name));
        });
  }

  /** Appends an item to the list at a pointer. */
  static Edit append(String pointer, String yaml) {
    return contract -> list(contract, pointer).add(value(yaml));
  }

  /** Takes an item out of the list at a pointer. */
  static Edit drop(String pointer, String item) {
    return contract -> {
      ArrayNode list = list(contract, pointer);
      for (int i = 0; i < list.size(); i++) {
        if (list.get(i).equals(value(item))) {
          list.remove(i);
          return;
        }
      }
      throw new IllegalArgumentException("No " + item + " at " + pointer);
    };
  }

  /** Changes the query parameter of this name in the list of an operation's parameters. */
  static Edit parameter(String operation, String name, Consumer<ObjectNode> change) {
    return contract -> {
      for (JsonNode parameter : list(contract, operation + "/parameters")) {
        if (parameter.path("name").asText().equals(name)) {
          change.accept((ObjectNode) parameter);
          return;
        }
      }
      throw new IllegalArgumentException("No parameter " + name + " at " + operation);
    };
  }

  /** Turns the order of all keys around. */
  static Edit reverseKeys() {
    return contract -> {
      JsonNode reversed = reversed(contract);
      contract.removeAll();
      contract.setAll((ObjectNode) reversed);
    };
  }

  private static JsonNode reversed(JsonNode node) {
    if (!node.isObject()) {
      return node;
    }
    ObjectNode result = ((ObjectNode) node).objectNode();
    Map<String, JsonNode> entries = new LinkedHashMap<>();
    node.properties().forEach(entry -> entries.put(entry.getKey(), reversed(entry.getValue())));
    String[] names = entries.keySet().toArray(String[]::new);
    for (int i = names.length - 1; i >= 0; i--) {
      result.set(names[i], entries.get(names[i]));
    }
    return result;
  }

  /** What happens at a pointer, to the name in the object that has it. */
  interface Step {
    void in(ObjectNode parent, String name);
  }

  private static Edit at(String pointer, Step change) {
    return contract -> {
      int slash = pointer.lastIndexOf('/');
      if (!(contract.at(pointer.substring(0, slash)) instanceof ObjectNode parent)) {
        throw new IllegalArgumentException("No object above " + pointer);
      }
      change.in(parent, pointer.substring(slash + 1).replace("~1", "/"));
    };
  }

  private static void present(ObjectNode parent, String name, String pointer) {
    if (!parent.has(name)) {
      throw new IllegalArgumentException("Not there: " + pointer);
    }
  }

  private static ArrayNode list(ObjectNode contract, String pointer) {
    if (contract.at(pointer) instanceof ArrayNode list) {
      return list;
    }
    throw new IllegalArgumentException("No list at " + pointer);
  }

  private static JsonNode value(String yaml) {
    return Edition.parse(yaml).tree();
  }
}
