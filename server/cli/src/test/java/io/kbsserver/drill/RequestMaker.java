package io.kbsserver.drill;

import io.kbsserver.contract.Contract;
import io.kbsserver.contract.Operation;
import io.kbsserver.contract.Parameter;
import io.kbsserver.contract.Schema;
import io.kbsserver.drill.FuzzPart.Pair;
import io.kbsserver.drill.FuzzPart.Place;
import io.kbsserver.drill.FuzzPart.Ruling;
import io.kbsserver.drill.FuzzRequest.Client;
import io.kbsserver.drill.FuzzRequest.Format;
import io.micronaut.http.HttpMethod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Makes up requests for the operations that the contract has: what it allows, what it just does not
 * allow any more, and what nobody means.
 */
final class RequestMaker {

  /**
   * What a site has that parameters may name.
   *
   * @param named what there is in the places that a path has, by the path
   */
  record Things(
      List<String> tickets,
      List<Long> goneTickets,
      List<Long> others,
      Map<String, List<?>> named,
      List<Client> clients) {}

  private static final List<String> HOSTILE =
      List.of(
          "' OR 1=1 -- ",
          "\"><script>alert(1)</script>",
          "${7*7}{{7*7}}",
          "../../etc/passwd",
          "a\0b",
          "line\r\nX-Injected: 1",
          "😀\u202Eabc\u0301",
          "%41%zz%",
          "\\",
          "[]",
          "{}",
          ",",
          " ",
          "*",
          "a".repeat(300),
          "-a -b -c \"d e\"",
          "\uFEFFx",
          "null",
          "true");

  private static final List<String> NO_NUMBERS = List.of("x", "1.5", "--1", "0x10", "1 2x", "٣");
  private static final List<String> GOOD_MOMENTS =
      List.of(
          "2026-01-02T03:04:05",
          "2026-01-02 03:04:05Z",
          "2026-02-30T24:00:00+05:30",
          "0001-01-01T00:00:00.123",
          "9999-12-31T23:59:60");
  private static final List<String> BAD_MOMENTS =
      List.of(
          "2026-01-02", "2026-01-02T03:04", "2026-13-01T00:00:00", "now", "2026-01-02t03:04:05z");
  private static final List<String> STATUSES = List.of("new", "open", "hold", "closed");

  private final Random random;
  private final Things things;
  private final List<Operation> operations = Contract.packaged().operations();

  RequestMaker(Random random, Things things) {
    this.random = random;
    this.things = things;
  }

  /** Any request. */
  FuzzRequest any() {
    Operation operation = one(operations);
    Client client = one(things.clients());
    boolean body =
        switch (operation.method()) {
          case POST, PUT, PATCH -> true;
          default -> false;
        };
    Format format = body ? one(List.of(Format.JSON, Format.FORM, Format.PARTS)) : Format.NONE;
    List<FuzzPart> parts = new ArrayList<>();
    for (Parameter parameter : operation.parameters()) {
      if (random.nextInt(operation.parameters().size()) < 2) {
        parts.add(part(Place.QUERY, parameter.name(), parameter.schema()));
      }
    }
    if (body) {
      operation
          .body()
          .properties()
          .forEach((name, schema) -> field(operation, name, schema, parts));
    }
    extra(parts);
    List<?> names = things.named().get(operation.path());
    // What is deleted is there no longer, and everybody has application passwords of their own.
    boolean stays =
        operation.method() != HttpMethod.DELETE
            && !operation.path().contains("/application-passwords");
    boolean exists = !names.isEmpty() && stays && random.nextInt(3) > 0;
    String named = names.isEmpty() ? "" : exists ? existing(operation, names) : nothing();
    String path = operation.path();
    for (Object name : names.subList(0, Math.max(0, names.size() - 1))) {
      path = path.replaceFirst("\\{[^}]+\\}", name.toString());
    }
    return new FuzzRequest(operation, client, path, named, exists, format, List.copyOf(parts));
  }

  private void field(Operation operation, String name, Schema schema, List<FuzzPart> parts) {
    boolean required = operation.body().required().contains(name);
    if (required && random.nextInt(30) > 0) {
      parts.add(
          random.nextInt(6) > 0
              ? FuzzPart.of(Place.BODY, name, usual(name), Ruling.GOOD)
              : part(Place.BODY, name, schema));
    } else if (!required && random.nextInt(4) == 0) {
      parts.add(part(Place.BODY, name, schema));
    }
  }

  private String usual(String field) {
    return field.equals("customer_email")
        ? one(things.clients()).email()
        : "Drill " + random.nextInt(1000);
  }

  private void extra(List<FuzzPart> parts) {
    int chance = random.nextInt(12);
    if (chance == 0) {
      parts.add(FuzzPart.of(Place.QUERY, "colour" + random.nextInt(3), "red", Ruling.BAD));
    } else if (chance == 1) {
      parts.add(
          FuzzPart.of(
              Place.QUERY, one(List.of("_embed", "_envelope", "_locale", "_x")), "1", Ruling.GOOD));
    } else if (chance <= 4) {
      String handling = one(List.of("handling=strict", "handling=lenient", "handling=x", "wait=1"));
      parts.add(FuzzPart.of(Place.HEADER, "Prefer", handling, Ruling.GOOD));
    }
  }

  private String existing(Operation operation, List<?> names) {
    if (operation.path().contains("{idOrNumber}")) {
      // By its number a ticket is only read.
      return one(
          things.tickets().stream()
              .filter(name -> !operation.changesObject() || name.matches("\\d+"))
              .toList());
    }
    return names.get(names.size() - 1).toString();
  }

  /** The name of what is gone, is another's, or never was. */
  private String nothing() {
    return switch (random.nextInt(5)) {
      case 0 -> String.valueOf(one(things.goneTickets()));
      case 1 -> String.valueOf(one(things.others()) + 5_000_000);
      case 2 -> one(List.of("0", "-1", "99999999999999999999", "007x", "KBS-1/2", "%", "ä", "a b"));
      case 3 -> String.valueOf(random.nextLong());
      default -> "x" + one(HOSTILE).replaceAll("[\\s\0]", "");
    };
  }

  private FuzzPart part(Place place, String name, Schema schema) {
    int kind = random.nextInt(20);
    if (kind == 0) {
      return FuzzPart.of(place, name, "", Ruling.OPEN);
    }
    if (kind == 1) {
      Map<String, Object> object = Map.of("x", "1");
      return new FuzzPart(
          place,
          name,
          List.of(new Pair(name + "[x]", "1")),
          object,
          schema.type() == Schema.Type.ANY ? Ruling.OPEN : Ruling.BAD);
    }
    if (kind == 2 && place == Place.QUERY) {
      // The same name twice.
      return new FuzzPart(
          place, name, List.of(new Pair(name, "1"), new Pair(name, "2")), "1", Ruling.OPEN);
    }
    return switch (schema.type()) {
      case ARRAY -> list(place, name, schema);
      case ANY ->
          FuzzPart.of(place, name, one(List.of(anId(), one(HOSTILE), "1,2,3")), Ruling.OPEN);
      default -> scalar(place, name, schema);
    };
  }

  private FuzzPart scalar(Place place, String name, Schema schema) {
    boolean good = random.nextInt(4) > 0;
    String text = good ? good(name, schema) : bad(schema);
    Ruling ruling = text == null ? Ruling.OPEN : good ? judged(name) : Ruling.BAD;
    return FuzzPart.of(place, name, text == null ? one(HOSTILE) : text, ruling);
  }

  /** Pages may be beyond the end, and what is named in a body may not be there. */
  private static Ruling judged(String name) {
    return switch (name) {
      case "page",
          "offset",
          "search",
          "orderby",
          "status",
          "customer_email",
          "id",
          "company",
          "parent",
          "post",
          "department",
          "delete_category",
          // Are not for everybody, or not at any time.
          "roles",
          "ticket_status",
          // Some letter or digit has to be left of them.
          "name",
          "slug",
          "customer_first",
          "customer_last",
          "note_content",
          "reply_content" ->
          Ruling.OPEN;
      default -> Ruling.GOOD;
    };
  }

  private FuzzPart list(Place place, String name, Schema schema) {
    int most = schema.maxItems() == null ? 20 : schema.maxItems();
    int size = random.nextInt(20) == 0 ? most + 1 : random.nextInt(Math.min(most, 5));
    String bad = random.nextInt(4) == 0 && size > 0 && size <= most ? bad(schema.items()) : null;
    List<String> items = new ArrayList<>();
    IntStream.range(0, size)
        .forEach(i -> items.add(size > most ? String.valueOf(i + 1) : good(name, schema.items())));
    if (bad != null) {
      items.set(random.nextInt(size), bad);
    }
    boolean refused = bad != null || (size > most);
    Ruling ruling =
        refused ? Ruling.BAD : size == 0 || name.equals("include") ? Ruling.OPEN : judged(name);
    List<Pair> pairs =
        switch (size > most ? 0 : random.nextInt(3)) {
          case 0 -> List.of(new Pair(name, String.join(",", items)));
          case 1 -> items.stream().map(item -> new Pair(name + "[]", item)).toList();
          default ->
              IntStream.range(0, size)
                  .mapToObj(i -> new Pair(name + "[" + i + "]", items.get(i)))
                  .toList();
        };
    return new FuzzPart(place, name, pairs, items, ruling);
  }

  private String good(String name, Schema schema) {
    if (schema.type() == Schema.Type.INTEGER) {
      if (schema.id()) {
        return anId();
      }
      long least = schema.minimum() == null ? 0 : schema.minimum();
      long most = schema.maximum() == null ? 1_000_000 : schema.maximum();
      return String.valueOf(one(List.of(least, most, (least + most) / 2)));
    }
    if (schema.type() == Schema.Type.BOOLEAN) {
      return one(List.of("true", "false", "1", "0"));
    }
    if (schema.values() != null) {
      return one(schema.values());
    }
    if ("wordpress-date-time".equals(schema.format())) {
      return one(GOOD_MOMENTS);
    }
    if ("ticket-status".equals(schema.format()) || name.equals("status")) {
      return one(STATUSES);
    }
    if (schema.maxLength() != null && random.nextInt(40) == 0 && schema.maxLength() < 10_000) {
      return "m".repeat(schema.maxLength());
    }
    return random.nextBoolean() ? "drill" : one(HOSTILE).replaceAll("[\\s,\0]", "");
  }

  /** A value that is not allowed; null where all are. */
  private String bad(Schema schema) {
    if (schema.type() == Schema.Type.INTEGER) {
      List<String> bad = new ArrayList<>(NO_NUMBERS);
      bad.remove("1 2x");
      if (schema.minimum() != null) {
        bad.add(String.valueOf(schema.minimum() - 1));
      }
      if (schema.maximum() != null) {
        bad.add(String.valueOf(schema.maximum() + 1));
      }
      if (schema.id()) {
        bad.add("-1");
      }
      return one(bad);
    }
    if (schema.values() != null || schema.type() == Schema.Type.BOOLEAN) {
      return "nonsense";
    }
    if ("wordpress-date-time".equals(schema.format())) {
      return one(BAD_MOMENTS);
    }
    if ("ticket-status".equals(schema.format())) {
      return "nonsense";
    }
    return schema.maxLength() != null && schema.maxLength() < 10_000
        ? "m".repeat(schema.maxLength() + 1)
        : null;
  }

  private String anId() {
    return switch (random.nextInt(4)) {
      case 0 -> String.valueOf(one(things.goneTickets()));
      case 1 -> one(things.tickets()).replaceAll("\\D", "");
      case 2 -> String.valueOf(one(things.others()));
      default -> String.valueOf(1 + random.nextInt(50));
    };
  }

  private <T> T one(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /** A new ticket with nothing wrong: name and value of each field. */
  Map<String, Object> ticket(String title, String email) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("ticket_title", title);
    fields.put("ticket_content", random.nextBoolean() ? "It was fine." : one(HOSTILE) + " text");
    fields.put("customer_email", email);
    fields.put("customer_first", "Nina");
    fields.put("customer_last", one(List.of("Newman", "O'Neil", "Müller 😀")));
    return fields;
  }
}
