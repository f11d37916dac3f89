package io.kbsserver.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.drill.FuzzPart.Ruling;
import io.kbsserver.drill.FuzzRequest.Client;
import io.kbsserver.http.Answer;
import io.kbsserver.http.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Says what an answer to a request that was made up has to be, from what the contract says. */
final class FuzzJudge {

  /** What may be wrong with a request whose parameters are all right. */
  private static final Set<String> OF_THE_WHOLE =
      Set.of(
          "rest_post_invalid_page_number",
          "rest_search_too_dear",
          "rest_orderby_include_missing_include",
          "rest_no_search_term_defined",
          "rest_upload_no_data",
          "duplicate_term_slug",
          "term_exists");

  private static final Pattern ID = Pattern.compile("\\{id(OrNumber)?}");

  private static final Set<Integer> DONE = Set.of(200, 201);

  private static final int BUSY = 503;

  /** Of the address, which several long lists have filled. */
  private static final int TOO_LONG = 431;

  private final TestServer server;
  private final AtomicInteger busy = new AtomicInteger();

  /** Tickets of which somebody else may have become the customer. */
  private final Set<Long> moved = ConcurrentHashMap.newKeySet();

  FuzzJudge(TestServer server) {
    this.server = server;
  }

  /** How often a client was asked to come again later. */
  int timesBusy() {
    return busy.get();
  }

  void moved(long ticket) {
    moved.add(ticket);
  }

  /** Fails where it is not. */
  void judge(FuzzRequest request, Answer answer) {
    if (answer.status() == BUSY) {
      assertTrue(!answer.header("Retry-After").isEmpty(), answer::toString);
      busy.incrementAndGet();
      return;
    }
    assertTrue(answer.status() < 500, () -> "A failure inside: " + answer);
    if (answer.status() == TOO_LONG) {
      return;
    }
    assertTrue(answer.innerLife().isEmpty(), () -> "Shows " + answer.innerLife() + ": " + answer);
    boolean enveloped = request.parts().stream().anyMatch(part -> part.name().equals("_envelope"));
    // "On a route that there is not, OPTIONS answers []."
    if (enveloped || (request.method().equals("OPTIONS") && answer.body().equals("[]"))) {
      return;
    }
    if (!request.client().among().contains(request.operation().callers())) {
      assertTrue(List.of(400, 401, 403, 404).contains(answer.status()), () -> "Let in: " + answer);
    } else if (!request.prefers("lenient")) {
      strictly(request, answer);
    }
    if (answer.status() == 400) {
      namesWhatIsWrong(request, answer);
    }
    if (answer.status() == 200) {
      onlyWhatIsTheirs(request, answer);
    }
  }

  private static void strictly(FuzzRequest request, Answer answer) {
    List<String> bad = request.names(Ruling.BAD);
    List<String> wrong = new ArrayList<>(bad);
    wrong.addAll(request.missing());
    boolean open = !request.names(Ruling.OPEN).isEmpty();
    boolean there = request.named().isEmpty() || request.exists();
    boolean sees = request.client().isAgent() && !request.editsWordPress();
    if (!wrong.isEmpty()) {
      assertTrue(
          List.of(400, 401, 403, 404).contains(answer.status()), () -> "Taken: " + wrong + answer);
      if (bad.size() == 1 && request.missing().isEmpty() && !open && there && sees) {
        assertEquals(400, answer.status(), answer::toString);
        assertTrue(
            answer.json().at("/data/params").has(bad.get(0)), () -> "Not named: " + bad + answer);
      }
    } else if (!open && there && sees) {
      boolean good =
          DONE.contains(answer.status())
              || (answer.status() == 400
                  && OF_THE_WHOLE.contains(answer.json().path("code").asText()));
      assertTrue(good, () -> "Refused, and nothing is wrong: " + answer);
    }
  }

  /** Names what was sent or is missing, and nothing else. */
  private static void namesWhatIsWrong(FuzzRequest request, Answer answer) {
    List<String> known = new ArrayList<>(request.missing());
    // What orderby needs.
    known.add("include");
    known.add("search");
    if (ID.matcher(request.operation().path()).find()) {
      // What the path names is no ticket.
      known.add("id");
    }
    request.parts().forEach(part -> known.add(part.name()));
    answer
        .json()
        .at("/data/params")
        .fieldNames()
        .forEachRemaining(
            name -> assertTrue(known.contains(name), () -> "Names " + name + ": " + answer));
  }

  /** Whoever is no agent sees tickets of theirs, and nobody else's. */
  private void onlyWhatIsTheirs(FuzzRequest request, Answer answer) {
    Client client = request.client();
    if (client.isAgent() || !request.operation().path().contains("/tickets")) {
      return;
    }
    JsonNode body = answer.json();
    List<JsonNode> tickets = new ArrayList<>();
    if (body.isArray()) {
      body.forEach(tickets::add);
    } else if (body.has("ticket_data")) {
      tickets.add(body);
    }
    for (JsonNode ticket : tickets) {
      long id = ticket.path("id").asLong();
      if (id > 0 && !moved.contains(id)) {
        assertEquals(1, theirs(client, id), () -> "Shown to " + client.name() + ": " + ticket);
      }
    }
  }

  private long theirs(Client client, long ticket) {
    return server.number(
        """
        SELECT COUNT(*) FROM ticket t LEFT JOIN customer c ON c.id = t.customer_id
        WHERE t.id = ? AND (c.email = ? OR t.company_id = ? OR EXISTS (
          SELECT 1 FROM ticket_participant p WHERE p.ticket_id = t.id AND p.email = ?))""",
        ticket,
        client.email(),
        client.company(),
        client.email());
  }
}
