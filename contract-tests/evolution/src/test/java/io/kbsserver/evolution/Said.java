package io.kbsserver.evolution;

import au.com.dius.pact.core.model.IHttpPart;
import au.com.dius.pact.core.model.IRequest;
import au.com.dius.pact.core.model.IResponse;
import au.com.dius.pact.core.model.Interaction;
import au.com.dius.pact.core.model.OptionalBody;
import au.com.dius.pact.core.model.PathExpressionsKt;
import au.com.dius.pact.core.model.PathToken;
import au.com.dius.pact.core.model.SynchronousRequestResponse;
import au.com.dius.pact.core.model.generators.Category;
import au.com.dius.pact.core.model.generators.Generators;
import au.com.dius.pact.core.model.messaging.MessageInteraction;
import io.kbsserver.spec.Exchange;
import io.kbsserver.spec.Expectations;
import io.kbsserver.spec.Expectations.Part;
import io.kbsserver.spec.Expectations.Violation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One thing that a consumer says in a pact.
 *
 * @param pointer where in the file
 */
record Said(PactFile pact, String pointer, Interaction interaction) {

  private static final String TYPE = "Content-Type";

  /** What the contract does not promise of it, each time with file and line. */
  List<String> findings(Expectations contract) {
    Optional<Exchange> exchange = exchange();
    if (exchange.isEmpty()) {
      return List.of(
          line("/type", "is no exchange over HTTP and no message, and there is nothing else"));
    }
    return contract.findings(exchange.get(), this::standsIn).stream()
        .map(finding -> line(pointer(finding), finding.message()))
        .toList();
  }

  /** Whether the consumer says itself that it is not so yet. */
  boolean isPending() {
    return interaction.isV4() && interaction.asV4Interaction().getPending();
  }

  /** What it relies on, though it may not be there. */
  List<String> notAlwaysThere(Expectations contract) {
    return exchange().map(contract::notAlwaysThere).orElse(List.of());
  }

  /** What of the contract it sends and reads. */
  Set<String> used(Expectations contract) {
    return exchange().map(contract::used).orElse(Set.of());
  }

  /** The answer of the contract that it is about; empty if there is no such answer. */
  Optional<String> answer(Expectations contract) {
    return exchange().flatMap(contract::answer);
  }

  private String line(String part, String message) {
    return "%s:%d: %s in \"%s\" %s"
        .formatted(
            pact.name(),
            pact.lines().line(pointer + part),
            pact.consumer(),
            interaction.getDescription(),
            message);
  }

  private Optional<MessageInPact> message() {
    return interaction instanceof MessageInteraction message
            && message.getMessageContents().isPresent()
        ? Optional.of(new MessageInPact(message))
        : Optional.empty();
  }

  /** As if it had happened; empty where it is neither over HTTP nor a message. */
  Optional<Exchange> exchange() {
    return interaction.isSynchronousRequestResponse()
        ? Optional.of(exchange(interaction.asSynchronousRequestResponse()))
        : message().map(MessageInPact::exchange);
  }

  private Exchange exchange(SynchronousRequestResponse http) {
    IRequest request = http.getRequest();
    IResponse response = http.getResponse();
    String query =
        request.getQuery().entrySet().stream()
            .flatMap(entry -> entry.getValue().stream().map(value -> pair(entry.getKey(), value)))
            .collect(Collectors.joining("&"));
    return new Exchange(
        request.getMethod(),
        request.getPath() + (query.isEmpty() ? "" : "?" + query),
        headers(request),
        text(request.getBody()).orElse(null),
        response.getStatus(),
        headers(response),
        text(response.getBody()).orElse(""));
  }

  /** With the content type that the body says itself since version 4. */
  private Map<String, List<String>> headers(IHttpPart part) {
    boolean typed = part.getHeaders().keySet().stream().anyMatch(TYPE::equalsIgnoreCase);
    if (typed || !interaction.isV4() || !part.getBody().isPresent()) {
      return part.getHeaders();
    }
    Map<String, List<String>> headers = new HashMap<>(part.getHeaders());
    headers.put(TYPE, List.of(part.getBody().getContentType().toString()));
    return headers;
  }

  private static String pair(String name, String value) {
    return encoded(name) + "=" + encoded(Objects.requireNonNullElse(value, ""));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Optional<String> text(OptionalBody body) {
    return body.isPresent() ? Optional.of(body.valueAsString()) : Optional.empty();
  }

  private String pointer(Violation finding) {
    Optional<MessageInPact> message = message();
    if (message.isPresent()) {
      return message.get().pointer(finding);
    }
    String place =
        switch (finding.part()) {
          case PATH -> "/request/path";
          case QUERY -> "/request/query";
          case REQUEST_HEADER -> "/request/headers";
          case REQUEST_BODY -> "/request/body" + content();
          case STATUS -> "/response/status";
          case HEADER -> "/response/headers";
          case BODY -> "/response/body" + content();
        };
    return place + finding.pointer();
  }

  /** Since version 4, a body is told apart from its content type. */
  private String content() {
    return interaction.isV4() ? "/content" : "";
  }

  /** Whether a text is an example of what a provider state will put in its place. */
  private boolean standsIn(Part part, String place) {
    Optional<MessageInPact> message = message();
    if (message.isPresent()) {
      return given(message.get().message().getGenerators(), message.get().category(part), place);
    }
    SynchronousRequestResponse http = interaction.asSynchronousRequestResponse();
    Generators generators =
        switch (part) {
          case STATUS, HEADER, BODY -> http.getResponse().getGenerators();
          default -> http.getRequest().getGenerators();
        };
    Category category =
        switch (part) {
          case PATH -> Category.PATH;
          case QUERY -> Category.QUERY;
          case REQUEST_HEADER, HEADER -> Category.HEADER;
          case STATUS -> Category.STATUS;
          case REQUEST_BODY, BODY -> Category.BODY;
        };
    return given(generators, category, place);
  }

  private static boolean given(Generators generators, Category category, String place) {
    return generators.getCategories().getOrDefault(category, Map.of()).keySet().stream()
        .anyMatch(path -> matches(path, place, category));
  }

  private static boolean matches(String path, String place, Category category) {
    if (category == Category.PATH) {
      return true;
    }
    if (category != Category.BODY && !path.startsWith("$")) {
      // Headers and parameters are named as they are.
      return place.matches("(?i)" + Pattern.quote("/" + path) + "(/.*)?");
    }
    Stream<PathToken> tokens = PathExpressionsKt.parsePath(path).stream();
    String pattern =
        tokens
            .filter(token -> !(token instanceof PathToken.Root))
            .map(Said::step)
            .collect(Collectors.joining());
    return place.matches(category == Category.BODY ? pattern : pattern + "(/.*)?");
  }

  private static String step(PathToken token) {
    if (token instanceof PathToken.Field field) {
      return Pattern.quote("/" + field.getName().replace("~", "~0").replace("/", "~1"));
    }
    return token instanceof PathToken.Index index ? "/" + index.getIndex() : "/[^/]+";
  }
}
