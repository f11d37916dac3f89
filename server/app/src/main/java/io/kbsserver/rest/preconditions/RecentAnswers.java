package io.kbsserver.rest.preconditions;

import io.kbsserver.list.LateTexts;
import io.kbsserver.rest.login.CurrentCaller;
import io.kbsserver.rest.request.RequestParameters;
import io.kbsserver.rest.response.AttachedTexts;
import io.kbsserver.rest.routing.Routes;
import io.micronaut.cache.SyncCache;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was answered a moment ago, for whoever asks the same again while nothing is changed: many
 * programs have one login, and ask for the same list all the time. An answer is kept with how much
 * was changed when its request's login was looked up, and so before anything was read for it; it is
 * given again where the next one's login has seen as much. So it is never older than what would be
 * read, on whatever server something is written. Who asks has logged in, as always.
 *
 * <p>What is changed in the tables by hand is not in the log; it is seen when an answer's moment is
 * over, as settings are.
 */
@Singleton
public class RecentAnswers {

  /** What hangs on nothing else than the log of changes tells, as the contract calls it. */
  private static final Set<String> OPERATIONS = Set.of("listTickets", "getTicket");

  /** What the answer itself has; all others are of the message, and made for each. */
  private static final Set<String> HEADERS =
      Set.of(HttpHeaders.ETAG, HttpHeaders.LINK, "X-WP-Total", "X-WP-TotalPages");

  /** In bytes. Larger ones would leave no room for others. */
  private static final int LARGEST = 128 << 10;

  /** An answer, and how much was changed by then. */
  record Given(String mark, Map<String, String> headers, byte[] body) {}

  private final Routes routes;
  private final Questions questions;
  private final JsonMapper json;
  private final SyncCache<?> given;

  RecentAnswers(
      Routes routes, Questions questions, JsonMapper json, @Named("answers") SyncCache<?> given) {
    this.routes = routes;
    this.questions = questions;
    this.json = json;
    this.given = given;
  }

  /** The answer to a request, if it is known still. */
  Optional<MutableHttpResponse<?>> again(HttpRequest<?> request) {
    return mark(request)
        .flatMap(
            mark ->
                given
                    .get(questions.of(request), Given.class)
                    .filter(known -> known.mark().equals(mark)))
        .map(RecentAnswers::answer);
  }

  /** Keeps an answer that nothing is done to any more. */
  @SuppressWarnings("unchecked") // What is sent is the same.
  void keep(HttpRequest<?> request, MutableHttpResponse<?> response, Object body) {
    Optional<String> mark = body instanceof byte[] ? Optional.empty() : mark(request);
    List<LateTexts> late = AttachedTexts.of(response);
    if (mark.isEmpty() || (!late.isEmpty() && !(body instanceof JsonNode))) {
      // Most of its texts are read as it is sent, unless _fields has left them out.
      return;
    }
    byte[] bytes = bytes(body);
    if (isWhole(bytes, late)) {
      ((MutableHttpResponse<Object>) response).body(bytes);
      if (bytes.length <= LARGEST) {
        given.put(questions.of(request), new Given(mark.get(), headers(response), bytes));
      }
    }
  }

  /** How much was changed, for a request whose answer hangs on that. */
  private Optional<String> mark(HttpRequest<?> request) {
    Map<String, Object> query = RequestParameters.of(request).query();
    return request.getMethod() == HttpMethod.GET
            && !query.containsKey("_embed")
            && !query.containsKey("_envelope")
            && routes.operation(request).filter(op -> OPERATIONS.contains(op.id())).isPresent()
        ? CurrentCaller.mark(request)
        : Optional.empty();
  }

  /** Whether none of its texts is read as it is sent. */
  private static boolean isWhole(byte[] bytes, List<LateTexts> late) {
    return late.isEmpty()
        || !LateTexts.marks(late, new String(bytes, StandardCharsets.UTF_8)).find();
  }

  private byte[] bytes(Object body) {
    try {
      return json.writeValueAsBytes(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> headers(HttpResponse<?> response) {
    Map<String, String> headers = new LinkedHashMap<>();
    HEADERS.forEach(
        name ->
            Optional.ofNullable(response.getHeaders().get(name))
                .ifPresent(value -> headers.put(name, value)));
    return headers;
  }

  private static MutableHttpResponse<?> answer(Given known) {
    MutableHttpResponse<byte[]> response = HttpResponse.ok(known.body());
    known.headers().forEach(response::header);
    return response;
  }
}
