package io.kbsserver.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.drill.FuzzRequest.Client;
import io.kbsserver.http.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** Requests that follow each other: what one has acknowledged, the next ones find. */
final class FuzzSequence {

  private static final String TICKETS = "/wp-json/kbs/v1/tickets";
  private static final List<String> STATUSES = List.of("open", "hold", "closed");

  private final DrillClient http;
  private final Random random;
  private final RequestMaker maker;
  private final Client manager;
  private final Client owner;
  private final Client stranger;

  FuzzSequence(
      DrillClient http,
      Random random,
      RequestMaker maker,
      Client manager,
      Client owner,
      Client stranger) {
    this.http = http;
    this.random = random;
    this.maker = maker;
    this.manager = manager;
    this.owner = owner;
    this.stranger = stranger;
  }

  /** Makes a ticket, changes it, and looks for it from all sides; its id. */
  long run() {
    String title = "Sequence " + Long.toString(random.nextLong() >>> 1, 36);
    Client author = random.nextBoolean() ? manager : owner;
    JsonNode made =
        ok(http.send(author, "POST", TICKETS, maker.ticket(title, owner.email()))).json();
    long id = made.path("id").asLong();
    String number = made.at("/ticket_data/number").asText();
    assertEquals(title, made.at("/title/raw").asText());
    for (Client reader : List.of(manager, owner)) {
      assertEquals(made, read(reader, "/" + id), "by id");
      assertEquals(made, read(reader, "/" + encoded(number)), "by number");
      assertEquals(List.of(made), list(reader, "?include=" + id));
      assertEquals(List.of(made), list(reader, "?search=" + encoded(title)));
    }
    hidden(id, title);
    for (String method : List.of("POST", "PUT", "PATCH")) {
      JsonNode before = read(manager, "/" + id);
      String status = STATUSES.get(random.nextInt(STATUSES.size()));
      JsonNode changed =
          ok(http.send(manager, method, TICKETS + "/" + id, Map.of("status", status))).json();
      assertEquals(status, changed.path("status").asText());
      assertEquals(before.path("title"), changed.path("title"));
      assertEquals(before.path("date"), changed.path("date"));
      assertEquals(changed, read(owner, "/" + id));
      assertEquals(List.of(changed), list(manager, "?status=" + status + "&include=" + id));
      for (String other : STATUSES) {
        assertEquals(
            other.equals(status), !list(manager, "?status=" + other + "&include=" + id).isEmpty());
      }
    }
    twoAtOnce(id);
    hidden(id, title);
    assertEquals(
        403, http.send(owner, "POST", TICKETS + "/" + id, Map.of("status", "open")).status());
    return id;
  }

  private void hidden(long id, String title) {
    Answer refused = http.send(stranger, "GET", TICKETS + "/" + id, null);
    assertEquals(403, refused.status(), refused::toString);
    assertTrue(!refused.body().contains(title), refused::toString);
    assertEquals(List.of(), list(stranger, "?include=" + id));
    assertEquals(List.of(), list(stranger, "?search=" + encoded(title)));
  }

  /** Of two changes at once both are acknowledged, and one of them is left. */
  private void twoAtOnce(long id) {
    CompletableFuture<JsonNode> other =
        CompletableFuture.supplyAsync(
            () ->
                ok(http.send(manager, "POST", TICKETS + "/" + id, Map.of("status", "hold")))
                    .json());
    JsonNode mine =
        ok(http.send(manager, "POST", TICKETS + "/" + id, Map.of("status", "closed"))).json();
    String last = read(manager, "/" + id).path("status").asText();
    assertEquals("closed", mine.path("status").asText());
    assertEquals("hold", other.join().path("status").asText());
    assertTrue(
        List.of("hold", "closed").contains(read(manager, "/" + id).path("status").asText()), last);
  }

  private JsonNode read(Client client, String ticket) {
    return ok(http.send(client, "GET", TICKETS + ticket, null)).json();
  }

  private List<JsonNode> list(Client client, String query) {
    Answer answer = ok(http.send(client, "GET", TICKETS + query, null));
    List<JsonNode> items = new ArrayList<>();
    answer.json().forEach(items::add);
    assertEquals(String.valueOf(items.size()), answer.header("X-WP-Total"), answer::toString);
    return items;
  }

  private static Answer ok(Answer answer) {
    assertEquals(200, answer.status(), answer::toString);
    return answer;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
