package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.TICKETS;
import static io.kbsserver.http.HttpApi.fields;
import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.http.TestServer.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Edits that cross, and what has not changed since it was read. */
class PreconditionsTest {

  private static TestServer server;
  private static User manager;

  @BeforeAll
  static void start() {
    server = TestServer.fresh();
    manager = server.user("support_manager");
  }

  @AfterEach
  void reset() {
    server.resetSettings();
  }

  private static long open() {
    return manager.api().post("", ticket(TestServer.unique("tag") + "@example.org")).id();
  }

  private static Answer read(long id, String query) {
    return manager.api().get("/" + id + query).assertOk();
  }

  private static String tag(long id) {
    return read(id, "").header("ETag");
  }

  private static HttpApi ifMatch(String tags) {
    return manager.api().with("If-Match", tags);
  }

  private static HttpApi ifNoneMatch(String tags) {
    return manager.api().with("If-None-Match", tags);
  }

  @Test
  void whatIsMadeAndChangedHasTheTagThatReadingItGives() {
    Answer made = manager.api().post("", ticket("tagged@example.org")).assertOk();
    String first = made.header("ETag");
    assertTrue(first.matches("\"[A-Za-z0-9_-]{22}\""), first);
    assertEquals(first, tag(made.id()));
    Answer changed = manager.api().post("/" + made.id(), fields("status", "hold")).assertOk();
    assertNotEquals(first, changed.header("ETag"));
    assertEquals(changed.header("ETag"), tag(made.id()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH"})
  void anEditOfAnOlderStateIsRefusedWithThePresentOne(String method) {
    long id = open();
    String seen = tag(id);
    Answer faster = ifMatch(seen).json(method, "/" + id, fields("status", "hold")).assertOk();
    Answer late = ifMatch(seen).json(method, "/" + id, fields("status", "closed"));
    late.assertError(412, "rest_precondition_failed");
    assertEquals(faster.header("ETag"), late.header("ETag"));
    assertEquals(faster.json(), late.json().at("/data/ticket"));
    assertEquals("hold", read(id, "").text("status"));
    ifMatch(late.header("ETag")).json(method, "/" + id, fields("status", "closed")).assertOk();
  }

  @Test
  void manyTagsOrAnyWillDoAndAWeakOneNever() {
    long id = open();
    String tag = tag(id);
    ifMatch("\"none\", " + tag).post("/" + id, fields()).assertOk();
    ifMatch(", \"none\",, " + tag + " ,").post("/" + id, fields()).assertOk();
    ifMatch("\"none\"").with("If-Match", tag).post("/" + id, fields()).assertOk();
    ifMatch("*").post("/" + id, fields()).assertOk();
    ifMatch(read(id, "?_fields=id").header("ETag")).post("/" + id, fields()).assertOk();
    ifMatch("W/" + tag).post("/" + id, fields()).assertEnvelopeOf(412);
    ifMatch("\"none\",\"never\"").post("/" + id, fields()).assertEnvelopeOf(412);
    ifMatch("*").post("/99999999", fields()).assertEnvelopeOf(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " , ",
        "abc",
        "\"a",
        "\"a\" \"b\"",
        "\"a\", b",
        "*, \"a\"",
        "w/\"a\"",
        "\"a b\""
      })
  void whatIsNoTagIsRefused(String tags) {
    long id = open();
    ifMatch(tags).post("/" + id, fields("status", "hold")).assertNames("If-Match");
    assertEquals("new", read(id, "").text("status"));
  }

  @Test
  void aTicketFromBeforeTheLogIsTaggedAsWell() {
    long id = open();
    server.sql("UPDATE ticket SET revision = 0 WHERE id = ?", id);
    ifMatch(tag(id)).post("/" + id, fields("status", "hold")).assertOk();
    ifMatch("\"old\"").post("/" + id, fields("status", "open")).assertEnvelopeOf(412);
  }

  @Test
  void whatTheClientHasIsNotSentAgain() {
    long id = open();
    Answer whole = read(id, "");
    Answer same = ifNoneMatch("\"x\", W/" + whole.header("ETag")).get("/" + id);
    assertEquals(304, same.status());
    assertEquals("", same.body());
    assertEquals(whole.header("ETag"), same.header("ETag"));
    assertEquals(304, ifNoneMatch("*").get("/" + id).status());
    Answer head = ifNoneMatch(whole.header("ETag")).send("HEAD", TICKETS + "/" + id, null, null);
    assertEquals(304, head.status());
    ifNoneMatch("nonsense").get("/" + id).assertOk();
    ifNoneMatch("*").get("/99999999").assertEnvelopeOf(404);
    for (String query :
        List.of("?_fields=id", "?_fields=id,status", "?_embed", "?_embed=customer")) {
      Answer other = ifNoneMatch(whole.header("ETag")).get("/" + id + query).assertOk();
      assertNotEquals(whole.header("ETag"), other.header("ETag"), query);
      assertEquals(304, ifNoneMatch(other.header("ETag")).get("/" + id + query).status(), query);
    }
  }

  /** Each changes what is answered, though not all of them change the ticket's row. */
  @Test
  void whateverAnAnswerDependsOnChangesItsTag() {
    long id = open();
    String customer = "SELECT customer_id FROM ticket WHERE id = " + id;
    long category = server.term("ticket_categories", TestServer.unique("Tagged"));
    long department = server.term("ticket_departments", TestServer.unique("Tagged"));
    server.set("enable_departments", "1");
    server.sql("UPDATE ticket SET first_name = '', last_name = '' WHERE id = ?", id);
    List<Runnable> changes =
        List.of(
            // The first change of a ticket keeps what it has of its customer.
            () -> server.sql("UPDATE customer SET name = 'Nora Neu' WHERE id = (" + customer + ")"),
            () -> manager.api().post("/" + id, fields("post_category", category)).assertOk(),
            () -> OperationRequest.reply(manager.api(), id).assertOk(),
            () -> server.file(id, null, "a.txt", new byte[] {1}),
            () -> server.sql("INSERT INTO ticket_term VALUES (?, ?)", id, department),
            () -> server.set("enable_departments", ""));
    for (Runnable change : changes) {
      Answer before = read(id, "");
      change.run();
      Answer after = awaitOther(id, before);
      assertNotEquals(before.header("ETag"), after.header("ETag"), before + "\n" + after);
      ifNoneMatch(before.header("ETag")).get("/" + id).assertOk();
    }
    Answer embedded = read(id, "?_embed=customer");
    server.sql("UPDATE customer SET website = 'https://e.org' WHERE id = (" + customer + ")");
    ifNoneMatch(embedded.header("ETag")).get("/" + id + "?_embed=customer").assertOk();
  }

  /** Settings are remembered for a moment. */
  private static Answer awaitOther(long id, Answer before) {
    long end = System.nanoTime() + 30_000_000_000L;
    Answer now = read(id, "");
    while (now.body().equals(before.body()) && System.nanoTime() < end) {
      now = read(id, "");
    }
    return now;
  }

  @Test
  void aTagTellsNobodyOfWhatTheyDoNotSee() {
    User customer = server.user("support_customer");
    long id = customer.api().post("", ticket(customer.email())).assertOk().id();
    Answer before = customer.api().get("/" + id).assertOk();
    manager.api().post("/" + id + "/notes", fields("note_content", "Between us"));
    assertEquals(before.header("ETag"), customer.api().get("/" + id).assertOk().header("ETag"));
  }

  @Test
  void aDescriptionAndAListThatHangsOnMoreThanTheLogHaveNoTag() {
    long id = open();
    String replies = "/wp-json/kbs/v1/replies/ticket/" + id;
    assertEquals("", manager.api().send("GET", replies, null, null).assertOk().header("ETag"));
    assertEquals("", manager.api().send("OPTIONS", TICKETS + "/" + id, null, null).header("ETag"));
  }

  @Test
  void editsOfDifferentFieldsLoseNothing() throws Exception {
    long id = open();
    List<Long> categories = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      categories.add(server.term("ticket_categories", TestServer.unique("Crossing")));
    }
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Callable<Integer>> edits = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Map<String, Object> change = fields("post_category", categories.get(i));
      edits.add(i % 2 == 0 ? () -> edited(id, change) : () -> editedAsSeen(id, change));
    }
    for (Future<Integer> edit : threads.invokeAll(edits)) {
      assertTrue(edit.get() > 0);
    }
    threads.shutdownNow();
    TreeSet<Long> kept = new TreeSet<>();
    read(id, "").json().path("ticket_categories").forEach(each -> kept.add(each.asLong()));
    assertEquals(new TreeSet<>(categories), kept);
  }

  private static int edited(long id, Map<String, Object> change) {
    manager.api().post("/" + id, change).assertOk();
    return 1;
  }

  /** Reads and tries until nobody was faster, as a client does. */
  private static int editedAsSeen(long id, Map<String, Object> change) {
    Answer answer = ifMatch(tag(id)).post("/" + id, change);
    int tries = 1;
    while (answer.status() == 412) {
      answer = ifMatch(answer.header("ETag")).post("/" + id, change);
      tries++;
    }
    answer.assertOk();
    return tries;
  }

  @Test
  void ofManyEditsOfOneStateOneIsMade() throws Exception {
    long id = open();
    String seen = tag(id);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Callable<Answer>> edits = new ArrayList<>();
    for (String status : List.of("open", "hold", "closed", "open", "hold", "closed", "hold")) {
      edits.add(() -> ifMatch(seen).post("/" + id, fields("status", status)));
    }
    int made = 0;
    for (Future<Answer> edit : threads.invokeAll(edits)) {
      int status = edit.get().status();
      assertTrue(status == 200 || status == 412, () -> "Status " + status);
      made += status == 200 ? 1 : 0;
    }
    threads.shutdownNow();
    assertEquals(1, made);
  }

  @Test
  void aRetriedEditIsAnsweredAgainThoughTheTicketHasChangedByIt() {
    long id = open();
    HttpApi retrying = ifMatch(tag(id)).with("Idempotency-Key", TestServer.unique("edit"));
    Answer first = retrying.post("/" + id, fields("status", "hold")).assertOk();
    Answer again = retrying.post("/" + id, fields("status", "hold")).assertOk();
    assertEquals("true", again.header("Idempotency-Replayed"));
    assertEquals(first.header("ETag"), again.header("ETag"));
    HttpApi late = ifMatch("\"old\"").with("Idempotency-Key", TestServer.unique("edit"));
    late.post("/" + id, fields("status", "open")).assertEnvelopeOf(412);
    Answer late2 = late.post("/" + id, fields("status", "open"));
    assertEquals("", late2.assertEnvelopeOf(412).header("Idempotency-Replayed"));
  }
}
