package io.kbsserver.spec;

import io.kbsserver.spec.Spec.SpecOperation;
import io.kbsserver.spec.Spec.SpecParameter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What the contract describes, and what of it the tests have reached: every response of every
 * operation with each content type and header, every content type of a request, every parameter and
 * every field of a body. What belongs to a request counts where the request succeeded.
 */
final class SpecCoverage {

  private final Set<String> all = new LinkedHashSet<>();
  private final Set<String> reached = ConcurrentHashMap.newKeySet();

  SpecCoverage(Spec spec) {
    for (SpecOperation operation : spec.operations()) {
      all.addAll(sendable(operation));
      operation
          .responses()
          .forEach(
              (status, response) -> {
                response.content().keySet().forEach(t -> all.add(response(operation, status, t)));
                response.headers().keySet().forEach(h -> all.add(header(operation, status, h)));
              });
    }
  }

  void reach(SpecOperation operation, Meaning meaning, String type, Exchange exchange) {
    int status = meaning.status();
    reached.add(response(operation, status, type));
    for (String header : operation.responses().get(status).headers().keySet()) {
      if (meaning.headers().keySet().stream().anyMatch(header::equalsIgnoreCase)) {
        reached.add(header(operation, status, header));
      }
    }
    if (status >= 300) {
      return;
    }
    reached.addAll(sent(operation, meaning, exchange));
  }

  /** What a request can be made of. */
  static Set<String> sendable(SpecOperation operation) {
    Set<String> parts = new LinkedHashSet<>();
    operation.parameters().forEach(parameter -> parts.add(parameter(operation, parameter)));
    operation.requestTypes().forEach(type -> parts.add(request(operation, type)));
    operation.fields().keySet().forEach(field -> parts.add(field(operation, field)));
    return parts;
  }

  /** What of that a request was made of. */
  static Set<String> sent(SpecOperation operation, Meaning meaning, Exchange exchange) {
    Set<String> parts = new LinkedHashSet<>();
    for (SpecParameter parameter : operation.parameters()) {
      boolean sent =
          switch (parameter.in()) {
            case "query" -> meaning.query().containsKey(parameter.name());
            case "header" -> exchange.requestHeader(parameter.name()) != null;
            default -> true;
          };
      if (sent) {
        parts.add(parameter(operation, parameter));
      }
    }
    if (exchange.requestBody() != null && exchange.requestHeader("Content-Type") != null) {
      String type = exchange.requestHeader("Content-Type");
      parts.add(request(operation, SpecWatch.type(Map.of("Content-Type", type))));
      Meaning.fieldsSent(exchange).keySet().forEach(name -> parts.add(field(operation, name)));
    }
    return parts;
  }

  /** Writes what was reached into a file of its own in this folder. */
  void write(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.write(Files.createTempFile(folder, "reached", ".txt"), reached);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds what all files of this folder hold. */
  void read(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        reached.addAll(Files.readAllLines(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Set<String> all() {
    return Collections.unmodifiableSet(all);
  }

  Set<String> reached() {
    return Collections.unmodifiableSet(reached);
  }

  /** What is to be reached and was not, in the order of the contract. */
  List<String> missing() {
    return all.stream().filter(item -> !reached.contains(item)).toList();
  }

  private static String parameter(SpecOperation operation, SpecParameter parameter) {
    return operation.id() + ": parameter " + parameter.name() + " (" + parameter.in() + ")";
  }

  private static String request(SpecOperation operation, String type) {
    return operation.id() + ": request as " + type;
  }

  private static String field(SpecOperation operation, String name) {
    return operation.id() + ": field " + name;
  }

  private static String response(SpecOperation operation, int status, String type) {
    return operation.id() + ": " + status + " as " + type;
  }

  private static String header(SpecOperation operation, int status, String name) {
    return operation.id() + ": " + status + " with " + name;
  }
}
