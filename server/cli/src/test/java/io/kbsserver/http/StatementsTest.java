package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.fields;
import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.http.TestServer.User;
import io.kbsserver.sync.Waiters;
import io.kbsserver.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What each kind of request costs at the database. */
class StatementsTest {

  /** The login with its roles and passwords. */
  private static final String LOGIN = "SELECT user_role";

  /** What hangs on the tickets of a page: one statement for each kind. */
  /** Its terms, agents, participants and files, all in one. */
  private static final String CHILDREN = "SELECT ticket_term";

  /** The files of replies. */
  private static final String FILES = "SELECT attachment";

  private static TestServer server;
  private static User manager;

  @BeforeAll
  static void start() {
    String url = TestDatabase.get().createMigratedSchema("http_statements");
    server =
        TestServer.through(
            url,
            SentStatements.listenedTo(url),
            Map.of(
                // The watch has statements of its own.
                "kbs.database.watched",
                false,
                "kbs.logins.uses-written",
                "1h",
                // What is kept for a second would be read again in the middle of some test.
                "micronaut.caches.site.expire-after-write",
                "1h",
                "micronaut.caches.ticket-statuses.expire-after-write",
                "1h",
                "micronaut.caches.word-index.expire-after-write",
                "1h",
                // And what was answered a moment ago would not be read at all.
                "micronaut.caches.answers.expire-after-write",
                "0s"));
    server.set("multiple_agents", "1");
    manager = server.user("support_manager");
    for (int i = 0; i < 12; i++) {
      manager.api().post("", ticket("first" + i + "@example.org")).assertOk();
    }
    manager.api().get("").assertOk();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Of the count, as long as nothing is changed, the page tells that it is still right. */
  @Test
  void aListOfTicketsIsItsLoginItsPageItsCountAndWhatHangsOnThePage() {
    manager.api().post("", ticket("counted@example.org")).assertOk();
    assertEquals(
        String.join(", ", LOGIN, "SELECT ticket", "SELECT ticket", CHILDREN),
        sent(() -> manager.api().get("").assertOk()));
    for (String list : List.of("", "?orderby=title", "?page=2&per_page=3&_fields=id")) {
      assertEquals(
          String.join(", ", LOGIN, "SELECT ticket", CHILDREN),
          sent(() -> manager.api().get(list).assertOk()));
    }
  }

  @Test
  void aListThatTheClientHasIsItsLoginWhichTellsHowMuchWasChanged() {
    String tag = manager.api().get("").assertOk().header("ETag");
    assertEquals(
        LOGIN,
        sent(() -> assertEquals(304, manager.api().with("If-None-Match", tag).get("").status())));
  }

  @Test
  void theNewestRepliesToAllTicketsOfAPageAreOneStatement() {
    for (int i = 0; i < 2; i++) {
      long id = manager.api().post("", ticket("replied@example.org")).assertOk().id();
      String path = "/wp-json/kbs/v1/replies/ticket/" + id;
      String body = HttpApi.json(fields("reply_content", "Hello"));
      manager.api().send("POST", path, HttpApi.JSON, body).assertOk();
    }
    assertEquals(
        // The replies were a change; where it was, the tickets are counted again.
        String.join(
            ", ", LOGIN, "SELECT ticket", "SELECT change_log", CHILDREN, "SELECT reply", FILES),
        sent(() -> manager.api().get("?_embed=replies").assertOk()));
  }

  @Test
  void aCustomersListAsksForTheCustomerAsWell() {
    User customer = server.user("support_customer");
    server.customer(customer.email(), customer.id(), null);
    assertEquals(
        String.join(", ", LOGIN, "SELECT customer", "SELECT ticket"),
        sent(() -> customer.api().get("").assertOk()));
  }

  @Test
  void aTicketByIdIsRead() {
    long id = manager.api().post("", ticket("read@example.org")).assertOk().id();
    assertEquals(
        String.join(", ", LOGIN, "SELECT ticket", CHILDREN),
        sent(() -> manager.api().get("/" + id).assertOk()));
  }

  @Test
  void aNewCustomersTicketIsOneTransaction() {
    assertEquals(
        String.join(
            ", ",
            LOGIN,
            "SET autocommit=0",
            "SELECT customer",
            "SELECT customer",
            "SELECT app_user",
            "INSERT customer_id",
            "SELECT customer",
            "INSERT customer",
            "SELECT term",
            "INSERT post",
            "INSERT ticket",
            "INSERT ticket_term",
            "INSERT term_count",
            "INSERT ticket_participant",
            "SELECT ticket",
            CHILDREN,
            // What the new customer is and what hangs on the ticket: whatever else the log tells
            // was
            // said as it was made. Behind the number nothing is read.
            "SELECT customer",
            "INSERT ticket_sequence",
            "UPDATE ticket",
            "INSERT change_log",
            "COMMIT",
            "SET autocommit=1"),
        sent(() -> manager.api().post("", ticket("new@example.org")).assertOk()));
  }

  @Test
  void anUpdateWritesWhatChangesAndListsOfIdsAtOnce() {
    long id = manager.api().post("", ticket("update@example.org")).assertOk().id();
    User agent = server.user("support_agent");
    User further = server.user("support_agent");
    List<Long> categories =
        List.of(
            server.term("ticket_categories", "one"), server.term("ticket_categories", "another"));
    assertEquals(
        String.join(
            ", ",
            LOGIN,
            "SET autocommit=0",
            "SELECT ticket",
            "SELECT app_user",
            "SELECT ticket_status",
            "SELECT term",
            // What the ticket was before, and below what it has become.
            "SELECT ticket",
            "UPDATE ticket",
            "DELETE ticket_agent",
            "INSERT ticket_agent",
            "SELECT ticket_term",
            "INSERT ticket_term",
            "INSERT term_count",
            "SELECT ticket",
            CHILDREN,
            "SELECT ticket",
            "INSERT change_log",
            "COMMIT",
            "SET autocommit=1"),
        sent(
            () ->
                manager
                    .api()
                    .post(
                        "/" + id,
                        fields(
                            "agents",
                            agent.id() + "," + further.email(),
                            "post_category",
                            categories,
                            "status",
                            "hold"))
                    .assertOk()));
  }

  @Test
  void aStatusIsLoggedWithOneRowAndNoRead() {
    long id = manager.api().post("", ticket("status@example.org")).assertOk().id();
    assertEquals(
        String.join(
            ", ",
            LOGIN,
            "SET autocommit=0",
            // As it is locked, what the log tells of it is read as well.
            "SELECT ticket",
            "SELECT ticket_status",
            "UPDATE ticket",
            "SELECT ticket",
            CHILDREN,
            // What it has become was said as it was set.
            "INSERT change_log",
            "COMMIT",
            "SET autocommit=1"),
        sent(() -> manager.api().post("/" + id, fields("status", "hold")).assertOk()));
  }

  @Test
  void aReplyIsLoggedWithItsTicketUnread() {
    long id = manager.api().post("", ticket("replied.to@example.org")).assertOk().id();
    assertEquals(
        String.join(
            ", ",
            LOGIN,
            "SET autocommit=0",
            // As above.
            "SELECT ticket",
            "SELECT app_user",
            "SELECT app_user",
            "SELECT term",
            "INSERT post",
            "INSERT reply",
            "UPDATE ticket",
            "INSERT term_count",
            "SELECT reply",
            FILES,
            "INSERT change_log",
            "COMMIT",
            "SET autocommit=1"),
        sent(() -> OperationRequest.reply(manager.api(), id).assertOk()));
  }

  @Test
  void anUploadLocksItsTicketBeforeItWritesAnything() {
    long id = manager.api().post("", ticket("upload@example.org")).assertOk().id();
    String sent =
        sent(
            () ->
                manager
                    .api()
                    .with("Content-Disposition", "attachment; filename=a.txt")
                    .send("POST", "/wp-json/wp/v2/media?post=" + id, "text/plain", "x")
                    .id());
    assertTrue(sent.contains("SELECT ticket, SELECT ticket, INSERT post, INSERT attachment"), sent);
  }

  /** Nor that walks a table at once, however few of its rows somebody sees. */
  @Test
  void noStatementOfAnExportLooksForLong() {
    User customer = server.user("support_customer");
    server.customer(customer.email(), customer.id(), null);
    server.sql("ALTER TABLE post AUTO_INCREMENT = 100001");
    manager.api().post("", ticket("far@example.org")).assertOk();
    String sent =
        sent(
            () ->
                customer
                    .api()
                    .send("GET", "/wp-json/kbs/v1/tickets/export", null, null)
                    .assertOk());
    String range = "SELECT ticket, SELECT ticket";
    assertTrue(sent.endsWith(range + ", " + range), sent);
  }

  @Test
  void howFarTheLogReachesTakesTwoStatements() {
    String changes = "/wp-json/kbs/v1/changes";
    manager.api().send("GET", changes, null, null).assertOk();
    assertEquals(
        String.join(", ", LOGIN, "SELECT change_log", "SELECT change_sequence"),
        sent(() -> manager.api().send("GET", changes, null, null).assertOk()));
  }

  @Test
  void nothingIsAskedWhereBytesComeAndGo() {
    HttpApi api = manager.api();
    String changes = "/wp-json/kbs/v1/changes";
    long start = api.send("GET", changes, null, null).json().path("next").asLong();
    SentStatements.whereNobodyWaits().clear();
    CompletableFuture<Answer> told =
        CompletableFuture.supplyAsync(
            () -> api.send("GET", changes + "?wait=30&after=" + start, null, null));
    Waiters.await(server, manager.id());
    long ticket = api.post("", ticket("waited.for@example.org")).assertOk().id();
    long next = told.join().assertOk().json().path("next").asLong();
    api.send("GET", changes + "?wait=1&after=" + next, null, null).assertOk();
    String events = "/wp-json/kbs/v1/events?wait=1&after=";
    for (int i = 0; i < 60; i++) {
      OperationRequest.reply(api, ticket).assertOk();
    }
    // In several pieces, the next of which is made when one has gone out.
    assertTrue(api.send("GET", events + start, null, null).body().contains("reply.created"));
    assertEquals(List.of(), SentStatements.whereNobodyWaits());
  }

  private static String sent(Runnable request) {
    return String.join(", ", SentStatements.during(request));
  }
}
