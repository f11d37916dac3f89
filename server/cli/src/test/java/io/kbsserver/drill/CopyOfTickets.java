package io.kbsserver.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What somebody who keeps a copy of a site's tickets and replies has. */
final class CopyOfTickets {

  private final Map<String, JsonNode> things = new ConcurrentHashMap<>();

  /** This is what it is like now. */
  void put(String kind, JsonNode thing) {
    things.put(kind + " " + thing.get("id").asLong(), itself(kind, thing));
  }

  /** It is gone. */
  void remove(String kind, long id) {
    things.remove(kind + " " + id);
  }

  int size() {
    return things.size();
  }

  /** How many of a kind it has. */
  long count(String kind) {
    return things.keySet().stream().filter(name -> name.startsWith(kind + " ")).count();
  }

  /** The tickets' titles. */
  List<String> titles() {
    return things.entrySet().stream()
        .filter(thing -> thing.getKey().startsWith("ticket "))
        .map(thing -> thing.getValue().at("/title/raw").asText())
        .toList();
  }

  /** In what it differs from another; nothing where they are the same. */
  List<String> differences(CopyOfTickets other, String kind) {
    Set<String> names = new HashSet<>(things.keySet());
    names.addAll(other.things.keySet());
    List<String> differences = new ArrayList<>();
    for (String name : names) {
      JsonNode here = things.get(name);
      JsonNode there = other.things.get(name);
      if (name.startsWith(kind + " ") && (here == null || !here.equals(there))) {
        differences.add(name + ": " + here + " and not " + there);
      }
    }
    return differences;
  }

  /** Without what a reply shows of its ticket, which is told of by itself, and without links. */
  private static JsonNode itself(String kind, JsonNode thing) {
    ObjectNode copy = thing.deepCopy();
    copy.remove(List.of("_links", "links"));
    if (kind.equals("reply")) {
      copy.remove("ticket_data");
    }
    return copy;
  }
}
