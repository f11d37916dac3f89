package io.kbsserver.mock;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.contract.Example;
import io.kbsserver.contract.Operation;
import io.kbsserver.rest.address.BaseUrl;
import io.kbsserver.terms.Taxonomy;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Tells the examples of the contract about what is asked for: {@code GET /tickets/7} is answered
 * with ticket 7, whose links lead to the mock. What is not in the address stays the example's.
 */
@Singleton
@Requires(beans = MockMode.class)
class ToldExamples {

  private static final String ROUTES = Retelling.SITE + "/wp-json";
  private static final Pattern ID = Pattern.compile("\\d{1,18}");
  private static final Pattern UUID = Pattern.compile("[0-9a-f-]{36}");

  private final BaseUrl baseUrl;
  private final TicketNumbers numbers;

  ToldExamples(BaseUrl baseUrl, TicketNumbers numbers) {
    this.baseUrl = baseUrl;
    this.numbers = numbers;
  }

  /**
   * An example of an operation about others.
   *
   * @param asked the variable parts of the path
   */
  Example about(Example example, Operation operation, Map<String, String> asked) {
    return retold(example, names(example, operation, asked));
  }

  /** One of the items of a list, with another id. */
  JsonNode item(JsonNode item, long id) {
    return told(item, Map.of(item.path("id").asText(), Long.toString(id)));
  }

  private Example retold(Example example, Map<String, String> names) {
    Retelling retelling = new Retelling(baseUrl.ofServer(), names);
    Map<String, String> headers =
        example.headers().entrySet().stream()
            .collect(toMap(Entry::getKey, header -> retelling.of(header.getValue())));
    return new Example(
        example.status(), example.name(), example.type(), headers, told(example.body(), names));
  }

  private JsonNode told(JsonNode body, Map<String, String> names) {
    JsonNode told = new Retelling(baseUrl.ofServer(), names).of(body);
    numbers.tell(told);
    return told;
  }

  /** What the example calls otherwise than the path. */
  private Map<String, String> names(
      Example example, Operation operation, Map<String, String> asked) {
    PathForm form = PathForm.of(operation.path());
    Map<String, String> names = new HashMap<>();
    addresses(example.body())
        .flatMap(address -> form.in(address).stream())
        .findFirst()
        .ifPresent(shown -> shown.forEach((name, value) -> rename(names, value, asked.get(name))));
    return names;
  }

  private void rename(Map<String, String> names, String shown, @Nullable String asked) {
    if (asked == null) {
      return;
    }
    if (ID.matcher(shown).matches()) {
      Optional.of(asked)
          .filter(text -> ID.matcher(text).matches())
          .or(() -> numbers.id(asked).map(String::valueOf))
          .ifPresent(id -> names.put(shown, id));
    } else if (UUID.matcher(shown).matches()) {
      names.put(shown, asked);
    } else {
      names.put(shown, asked);
      names.put(Taxonomy.of(shown).nameInWordPress(), Taxonomy.of(asked).nameInWordPress());
    }
  }

  /** The paths of the routes that an example leads to. */
  private static Stream<String> addresses(JsonNode told) {
    if (told.isTextual()) {
      return Stream.of(told.asText())
          .filter(text -> text.startsWith(ROUTES))
          .map(text -> text.substring(ROUTES.length()));
    }
    return StreamSupport.stream(told.spliterator(), false).flatMap(ToldExamples::addresses);
  }
}
