package io.kbsserver.mock;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.contract.Example;
import io.kbsserver.contract.Operation;
import io.kbsserver.refusal.NotFound;
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
  private static final String WEBHOOK = "webhookId";
  private static final String REPLIES = "/kbs/v1/replies/";

  /** What a webhook's message is called, with the id of the webhook first. */
  private static final Pattern MESSAGE = Pattern.compile("msg_\\d+(?<rest>_\\d+)");

  private static final String TICKET = "idOrNumber";
  private static final Pattern ID = Pattern.compile("\\d{1,18}");
  private static final Pattern UUID = Pattern.compile("[0-9a-f-]{36}");

  private final BaseUrl baseUrl;
  private final TicketNumbers numbers;
  private final ReplyIds replies;

  ToldExamples(BaseUrl baseUrl, TicketNumbers numbers, ReplyIds replies) {
    this.baseUrl = baseUrl;
    this.numbers = numbers;
    this.replies = replies;
  }

  /** One of the items of a list, with another id. Its own counts where a name means both. */
  JsonNode item(JsonNode item, long id, Map<String, String> names) {
    Map<String, String> ofItem = new HashMap<>(names);
    ofItem.put(item.path("id").asText(), Long.toString(id));
    return told(item, ofItem);
  }

  /** An example about others, which are called otherwise. */
  Example retold(Example example, Map<String, String> names) {
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

  /**
   * What the example calls otherwise than the path.
   *
   * @param asked the variable parts of the path
   */
  Map<String, String> names(Example example, Operation operation, Map<String, String> asked) {
    Map<String, String> known = new HashMap<>(asked);
    known.computeIfPresent(TICKET, (name, ticket) -> Long.toString(ticket(ticket)));
    PathForm whole = PathForm.of(operation.path());
    PathForm beginning = PathForm.upToLastVariable(operation.path());
    Map<String, String> names = new HashMap<>();
    addresses(example.body())
        .flatMap(address -> whole.in(address).stream())
        .findFirst()
        .or(
            () ->
                addresses(example.body())
                    .flatMap(address -> beginning.before(address).stream())
                    .findFirst())
        .ifPresent(shown -> shown.forEach((name, value) -> rename(names, value, known.get(name))));
    texts(example.body())
        .map(MESSAGE::matcher)
        .filter(message -> message.matches() && known.containsKey(WEBHOOK))
        .forEach(
            message ->
                names.put(message.group(), "msg_" + known.get(WEBHOOK) + message.group("rest")));
    nameReply(names, example.body(), operation.path(), known.get("id"));
    return names;
  }

  /** Of a reply the ticket, and of a ticket the replies. */
  private void nameReply(
      Map<String, String> names, JsonNode told, String path, @Nullable String asked) {
    JsonNode reply = told.isArray() ? told.path(0) : told;
    if (asked == null || !ID.matcher(asked).matches() || !path.startsWith(REPLIES)) {
      return;
    }
    long id = Long.parseLong(asked);
    if (path.equals(REPLIES + "{id}")) {
      names.put(reply.at("/ticket_data/ID").asText(), Long.toString(replies.ticket(id)));
    } else {
      names.put(reply.path("id").asText(), Long.toString(replies.last(id)));
    }
  }

  private long ticket(String idOrNumber) {
    return (ID.matcher(idOrNumber).matches()
            ? Optional.of(Long.parseLong(idOrNumber)).filter(id -> id > 0)
            : numbers.id(idOrNumber))
        .orElseThrow(NotFound::ticket);
  }

  private static void rename(Map<String, String> names, String shown, @Nullable String asked) {
    if (asked == null) {
      return;
    }
    if (ID.matcher(shown).matches()) {
      if (ID.matcher(asked).matches()) {
        names.put(shown, Long.toString(Long.parseLong(asked)));
      }
    } else if (UUID.matcher(shown).matches()) {
      names.put(shown, asked);
    } else {
      names.put(shown, asked);
      names.put(Taxonomy.of(shown).nameInWordPress(), Taxonomy.of(asked).nameInWordPress());
    }
  }

  /** The paths of the routes that an example leads to. */
  private static Stream<String> addresses(JsonNode told) {
    return texts(told)
        .filter(text -> text.startsWith(ROUTES))
        .map(text -> text.substring(ROUTES.length()));
  }

  private static Stream<String> texts(JsonNode told) {
    return told.isTextual()
        ? Stream.of(told.asText())
        : StreamSupport.stream(told.spliterator(), false).flatMap(ToldExamples::texts);
  }
}
