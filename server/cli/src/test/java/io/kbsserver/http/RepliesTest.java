package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.JSON;
import static io.kbsserver.http.HttpApi.fields;
import static io.kbsserver.http.HttpApi.ticket;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.http.TestServer.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies: who reads and writes them, and what they do to their ticket. */
class RepliesTest {

  private static final String REPLIES = "/wp-json/kbs/v1/replies/";
  private static final String SOURCES = "/wp-json/wp/v2/ticket_sources";
  private static final String FORBIDDEN = "rest_forbidden_context";
  private static final String IGNORED = "Kbs-Ignored-Parameters";

  private static TestServer server;
  private static User manager;
  private static User agent;
  private static User carla;
  private static long customer;

  @BeforeAll
  static void makeTheSite() {
    server = TestServer.fresh();
    manager = server.user("support_manager");
    agent = server.user("support_agent");
    carla = server.user("support_customer");
    customer = server.customer(carla.email(), carla.id(), server.company("Carla & Co"));
  }

  @AfterEach
  void resetSettings() {
    server.resetSettings();
  }

  private static long ticketOf(User whom, Object... more) {
    Answer made = manager.api().post("", ticket(whom.email(), more));
    return made.assertOk().id();
  }

  private static Answer reply(User who, long ticket, Object... fields) {
    return reply(who.api(), ticket, fields);
  }

  private static Answer reply(HttpApi api, long ticket, Object... fields) {
    return api.send("POST", REPLIES + "ticket/" + ticket, JSON, HttpApi.json(fields(fields)));
  }

  private static Answer list(User who, long ticket, String query) {
    return who.api().send("GET", REPLIES + "ticket/" + ticket + query, null, null);
  }

  private static Answer read(User who, long reply) {
    return who.api().send("GET", REPLIES + reply, null, null);
  }

  /** Of a ticket, as they are stored. */
  private static String stored(long ticket, String columns) {
    return server
        .values("SELECT CONCAT_WS(' ', " + columns + ") FROM ticket WHERE id = ?", ticket)
        .get(0);
  }

  @Test
  void aReplyIsShownWithItsTicketAndWhatThatRefersTo() {
    long id = ticketOf(carla);
    Answer made = reply(agent, id, "reply_content", "Look:\n\n<b>here</b>").assertOk();
    String root = server.address() + "/wp-json/";
    assertEquals(root + "kbs/v1/replies/" + made.id(), made.header("Location"));
    assertEquals("publish", made.text("status"));
    assertEquals("<p>Look:</p>\n<p><b>here</b></p>\n", made.text("content.rendered"));
    assertEquals(String.valueOf(id), made.text("ticket_data.ID"));
    assertEquals("new", made.text("ticket_data.status"));
    assertEquals(manager.api().get("/" + id).text("ticket_data.key"), made.text("ticket_data.key"));
    assertEquals(
        server.number("SELECT id FROM term WHERE slug = 'kbs-rest'"),
        made.json().at("/ticket_sources/0").asLong());
    assertEquals(root + "kbs/v1/tickets/" + id, made.text("_links.ticket.0.href"));
    assertEquals(root + "kbs/v1/replies/ticket/" + id, made.text("_links.collection.0.href"));
    assertEquals(root + "kbs/v1/customers/" + customer, made.text("_links.customer.0.href"));
    assertEquals(root + "wp/v2/users/" + carla.id(), made.text("_links.user.0.href"));
    assertTrue(made.text("_links.company.0.href").contains("/companies/"));
    assertEquals(made.json(), read(agent, made.id()).assertOk().json());
    assertEquals(made.json(), list(agent, id, "").assertOk().json().get(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "new    | {}                                           | new",
        "open   | {}                                           | open",
        "hold   | {}                                           | hold",
        "closed | {}                                           | open",
        "trash  | {}                                           | trash",
        "new    | {'ticket_status':'hold'}                     | hold",
        "open   | {'ticket_status':'closed'}                   | closed",
        "closed | {'ticket_status':'hold'}                     | open",
        "closed | {'ticket_status':'closed'}                   | open",
        "closed | {'close_ticket':true}                        | closed",
        "trash  | {'close_ticket':true}                        | closed",
        "hold   | {'close_ticket':true,'ticket_status':'open'} | closed",
        "hold   | {'close_ticket':'1'}                         | closed",
        "hold   | {'close_ticket':'false'}                     | hold",
        "hold   | {'close_ticket':0}                           | hold"
      })
  void aReplyMovesItsTicket(String before, String asked, String after) {
    long id = ticketOf(carla);
    server.sql(
        "INSERT IGNORE INTO ticket_status (slug, label, registered, assignable, position)"
            + " VALUES ('trash', 'Trash', FALSE, FALSE, 99)");
    server.sql(
        "UPDATE ticket SET status = ?, modified_local = '2020-01-01', modified_gmt = '2020-01-01'"
            + " WHERE id = ?",
        before,
        id);
    String body = asked.replace('\'', '"').replaceFirst("\\{", "{\"reply_content\":\"So.\",");
    Answer made =
        manager
            .api()
            .send("POST", REPLIES + "ticket/" + id, JSON, body.replace(",}", "}"))
            .assertOk();
    assertEquals(after, made.text("ticket_data.status"));
    Answer now = manager.api().get("/" + id).assertOk();
    assertEquals(after, now.text("status"));
    assertEquals(1, now.json().get("replies").asInt());
    assertEquals(made.text("modified_gmt"), now.text("modified_gmt"));
    boolean closed = after.equals("closed");
    assertEquals(closed, now.json().at("/ticket_data/resolved_date").isTextual());
    assertEquals(
        asked.contains("close_ticket") && closed,
        server.number("SELECT resolution FROM reply WHERE id = ?", made.id()) == 1);
    assertEquals(closed ? "" : "1", stored(id, "last_reply_by"));
    server.sql("UPDATE ticket SET status = 'open' WHERE id = ?", id);
  }

  @Test
  void theFirstResolutionCountsAndWhoRepliedLastIsKept() {
    long id = ticketOf(carla, "agent_id", agent.id());
    reply(agent, id, "reply_content", "Done.", "close_ticket", true).assertOk();
    server.sql("UPDATE ticket SET resolved_local = '2020-02-03 04:05:06' WHERE id = ?", id);
    reply(carla, id, "reply_content", "No.").assertOk();
    assertEquals("open 3", stored(id, "status, last_reply_by"));
    reply(agent, id, "reply_content", "Now?").assertOk();
    assertEquals("open 2", stored(id, "status, last_reply_by"));
    reply(manager, id, "reply_content", "Ask me.").assertOk();
    assertEquals("open 1", stored(id, "status, last_reply_by"));
    manager.api().post("/" + id, Map.of("agent", manager.id())).assertOk();
    reply(manager, id, "reply_content", "It is mine.").assertOk();
    assertEquals("open 2", stored(id, "status, last_reply_by"));
    Answer closed = reply(manager, id, "reply_content", "Done.", "close_ticket", true).assertOk();
    assertEquals("closed", closed.text("ticket_data.status"));
    assertEquals("closed", stored(id, "status, last_reply_by"));
    Answer now = manager.api().get("/" + id);
    assertEquals("2020-02-03T04:05:06", now.text("ticket_data.resolved_date"));
    assertEquals(6, now.json().get("replies").asInt());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                  | 3 2 1 0",
        "order=asc                           | 0 1 2 3",
        "orderby=date&order=asc              | 3 0 1 2",
        "orderby=modified                    | 1 3 2 0",
        "orderby=agent&order=asc             | 2 0 1 3",
        "orderby=customer&order=asc          | 1 0 2 3",
        "orderby=include&include=R1,R3,R0    | 1 3 0",
        "include=R2,T                        | 2",
        "exclude=R3,R0                       | 2 1",
        "per_page=3&page=2                   | 0",
        "offset=3                            | 0",
        "offset=1&per_page=1                 | 2",
        "search=cable                        | 2 0",
        "search=cable+-red                   | 0"
      })
  void aParameterBringsWhatItSays(String query, String expected) {
    long id = ticketOf(carla);
    List<Long> replies =
        Stream.of("A cable", "Something", "The red cable", "Else")
            .map(text -> reply(manager, id, "reply_content", text).assertOk().id())
            .toList();
    server.sql("UPDATE reply SET date_local = '2020-01-01' WHERE id = ?", replies.get(3));
    server.sql("UPDATE reply SET modified_local = '2037-01-01' WHERE id = ?", replies.get(1));
    server.sql("UPDATE reply SET agent_id = NULL WHERE id = ?", replies.get(2));
    server.sql("UPDATE reply SET customer_id = NULL WHERE id = ?", replies.get(1));
    String asked = query.replace("T", String.valueOf(id));
    for (int i = 0; i < replies.size(); i++) {
      asked = asked.replace("R" + i, String.valueOf(replies.get(i)));
    }
    List<Long> wanted =
        Stream.of(expected.split(" ")).map(place -> replies.get(Integer.parseInt(place))).toList();
    Answer page = list(manager, id, "?" + asked).assertOk();
    assertEquals(wanted, page.ids());
    assertEquals(page.json(), list(carla, id, "?" + asked).assertOk().json());
  }

  @Test
  void aReplyHasNoLinkToWhatItsTicketDoesNotHave() {
    long id = ticketOf(carla);
    long reply = reply(manager, id, "reply_content", "Whose?").assertOk().id();
    String nobody = "UPDATE ticket SET customer_id = NULL, user_id = NULL, company_id = NULL";
    server.sql(nobody + " WHERE id = ?", id);
    JsonNode links = read(manager, reply).assertOk().json().get("_links");
    for (String none : List.of("customer", "user", "company")) {
      assertFalse(links.has(none), links::toString);
    }
  }

  @Test
  void pagesHaveTotalsLinksAndAnEnd() {
    long id = ticketOf(carla);
    IntStream.range(0, 5).forEach(i -> reply(manager, id, "reply_content", "R" + i).assertOk());
    Answer page = list(manager, id, "?per_page=2&page=2").assertOk();
    assertEquals(5, page.total());
    assertEquals("3", page.header("X-WP-TotalPages"));
    assertTrue(page.header("Link").contains("/kbs/v1/replies/ticket/" + id + "?per_page=2&page=3"));
    list(manager, id, "?per_page=2&page=4").assertError(400, "rest_post_invalid_page_number");
    list(manager, id, "?orderby=title").assertNames("orderby");
    list(manager, id, "?order=up").assertNames("order");
    list(manager, id, "?orderby=include").assertError(400, "rest_orderby_include_missing_include");
    assertEquals(List.of(), list(manager, ticketOf(carla), "?page=9").assertOk().ids());
  }

  @Test
  void whatIsNotPublishedIsInNoListAndInNoCountAndOnlyAgentsReadIt() {
    long id = ticketOf(carla);
    reply(manager, id, "reply_content", "Shown").assertOk();
    for (String status : List.of("draft", "trash", "odd-one")) {
      long hidden = reply(manager, id, "reply_content", "Hidden " + status).assertOk().id();
      server.sql("UPDATE reply SET status = ? WHERE id = ?", status, hidden);
      assertEquals(status, read(agent, hidden).assertOk().text("status"));
      read(carla, hidden).assertError(403, FORBIDDEN);
    }
    for (User who : List.of(manager, carla)) {
      assertEquals(1, list(who, id, "").assertOk().total());
      assertEquals(1, list(who, id, "?search=Hidden+-Hidden").total() + 1);
      JsonNode embedded = who.api().get("/" + id + "?_embed=replies").assertOk().json();
      assertEquals(1, embedded.at("/_embedded/replies/0").size());
    }
  }

  @Test
  void whatWasDeletedInWordPressIsNowhere() {
    long id = ticketOf(carla);
    long gone = reply(manager, id, "reply_content", "Gone").assertOk().id();
    server.sql("UPDATE reply SET status = '.deleted' WHERE id = ?", gone);
    read(manager, gone).assertError(404, "rest_post_invalid_id");
    assertEquals(List.of(), list(manager, id, "").assertOk().ids());
    long kept = reply(manager, id, "reply_content", "Of a ticket that goes").assertOk().id();
    server.sql(
        "INSERT IGNORE INTO ticket_status (slug, label, registered, assignable, position)"
            + " VALUES ('.deleted', 'Deleted', FALSE, FALSE, 1000)");
    server.sql("UPDATE ticket SET status = '.deleted' WHERE id = ?", id);
    read(manager, kept).assertError(404, "rest_post_invalid_id");
    list(manager, id, "").assertError(404, "rest_post_invalid_id");
    reply(manager, id, "reply_content", "x").assertError(404, "rest_post_invalid_id");
    server.sql("UPDATE ticket SET status = 'open' WHERE id = ?", id);
  }

  @Test
  void replyingTakesWhatTheListTakesAndEveryFormat() {
    long id = ticketOf(carla);
    String path = REPLIES + "ticket/" + id;
    String asked = "?page=2&per_page=5&search=x&orderby=date&context=edit&_fields=id,status";
    HttpApi api = manager.api();
    Answer made =
        api.send("POST", path + asked, HttpApi.FORM, "reply_content=x&close_ticket=0&id=" + id);
    assertEquals("publish", made.assertOk().text("status"));
    assertFalse(made.json().has("content"));
    assertEquals("new 1", stored(id, "status, reply_count"));
    for (String wrong : List.of("page=0", "per_page=y", "orderby=title", "search[]=x")) {
      api.send("POST", path + "?" + wrong, JSON, "{\"reply_content\":\"x\"}")
          .assertNames(wrong.replaceAll("\\W.*", ""));
    }
    reply(manager, id, "reply_content", "x", "id", id + 1).assertNames("id");
    api.send("POST", path, "text/plain", "x").assertError(415, "rest_unsupported_media_type");
    api.send("POST", path, JSON, "x".repeat(10 * 1024 * 1024 + 1))
        .assertError(413, "rest_content_too_large");
    Answer one = api.send("GET", REPLIES + made.id() + "?_fields=content.raw", null, null);
    assertEquals("x", one.assertOk().text("content.raw"));
    assertFalse(one.json().has("status"));
  }

  @Test
  void nobodyEditsReplies() {
    long id = ticketOf(carla);
    long reply = reply(manager, id, "reply_content", "x").assertOk().id();
    list(manager, id, "?context=edit").assertError(403, FORBIDDEN);
    manager
        .api()
        .send("GET", REPLIES + reply + "?context=edit", null, null)
        .assertError(403, FORBIDDEN);
  }

  @Test
  void checksComeInThePluginsOrder() {
    HttpApi anonymous = server.anonymous();
    User subscriber = server.user("subscriber");
    String none = REPLIES + "ticket/999999";
    anonymous.send("POST", none, JSON, "{\"reply_content\":").assertError(400, "rest_invalid_json");
    anonymous.send("POST", none + "?page=0", JSON, "{}").assertNames("page");
    reply(anonymous, 999999).assertError(401, FORBIDDEN);
    assertEquals("", reply(subscriber, 999999).assertError(403, FORBIDDEN).header("Allow"));
    Answer missing = reply(agent, 999999).assertError(400, "required_fields");
    assertTrue(missing.json().at("/data/params").has("reply_content"));
    reply(agent, 0, "reply_content", "x").assertError(400, "required_fields");
    Answer unknown = reply(agent, 999999, "reply_content", "x");
    assertEquals("POST", unknown.assertError(404, "rest_post_invalid_id").header("Allow"));
    long id = ticketOf(carla);
    for (String empty : List.of("null", "\"\"", "0", "\"0\"", "false", "[]")) {
      agent
          .api()
          .send("POST", REPLIES + "ticket/" + id, JSON, "{\"reply_content\":" + empty + "}")
          .assertError(400, "required_fields");
    }
    assertEquals("0", stored(id, "reply_count"));
    assertEquals("GET, POST", list(agent, id, "?page=0").assertNames("page").header("Allow"));
    assertEquals("", list(subscriber, id, "").assertError(403, FORBIDDEN).header("Allow"));
    Answer described = agent.api().send("OPTIONS", REPLIES + "ticket/" + id, null, null).assertOk();
    assertEquals("GET, POST", described.header("Allow"));
  }

  @Test
  void theTextIsWhatItsAuthorMayWrite() {
    long id = ticketOf(carla);
    String text = "<script>1</script><b>C:\\temp</b>";
    Answer plain = reply(agent, id, "reply_content", text).assertOk();
    assertEquals("1<b>C:\\temp</b>", plain.text("content.raw"));
    assertEquals("reply_content", plain.header("Kbs-Changed-Parameters"));
    Answer trusted = reply(manager, id, "reply_content", text).assertOk();
    assertEquals(text, trusted.text("content.raw"));
    assertEquals("", trusted.header("Kbs-Changed-Parameters"));
    assertEquals("lower case", reply(agent, id, "reply_content", "lower case").text("content.raw"));
    reply(agent, id, "reply_content", "x".repeat(1_048_577)).assertNames("reply_content");
    reply(agent, id, "reply_content", "\"".repeat(400_000)).assertError(400, "rest_too_long");
    reply(agent, id, "reply_content", List.of("x")).assertNames("reply_content");
    reply(agent, id, "reply_content", "x", "close_ticket", List.of(1)).assertNames("close_ticket");
  }

  @Test
  void valuesThatNameNothingAreRefusedOrNamed() {
    long id = ticketOf(carla);
    Object[] odd = {
      "reply_content",
      "x",
      "ticket_status",
      "new-one",
      "agent",
      "nobody@example.org",
      "reply_author",
      999999
    };
    reply(manager, id, odd).assertNames("reply_author", "agent", "ticket_status");
    reply(manager, id, "reply_content", "x", "source", "Email").assertNames("source");
    assertEquals("0", stored(id, "reply_count"));
    Answer made = reply(manager.api().preferring("lenient"), id, odd).assertOk();
    assertEquals("reply_author, agent, ticket_status", made.header(IGNORED));
    assertEquals("handling=lenient", made.header("Preference-Applied"));
    assertEquals("new 1", stored(id, "status, reply_count"));
  }

  /** {@code replies-to-hidden-tickets} */
  @Test
  void anAgentDoesNotReplyToATicketThatIsHiddenFromThem() {
    server.set("restrict_agent_view", "1");
    long hidden = ticketOf(carla, "agent_id", manager.id());
    Answer refused = reply(agent, hidden, "reply_content", "x", "close_ticket", true);
    refused.assertError(403, FORBIDDEN);
    assertEquals("", refused.header("Allow"));
    assertEquals("open 0", stored(hidden, "status, reply_count"));
    long reply = reply(manager, hidden, "reply_content", "secret").assertOk().id();
    list(agent, hidden, "").assertError(403, FORBIDDEN);
    read(agent, reply).assertError(403, FORBIDDEN);
  }

  @Test
  void aReplyThatMovesItsTicketOutOfSightIsStillAnswered() {
    server.set("restrict_agent_view", "1");
    long id = ticketOf(carla);
    Answer made = reply(agent, id, "reply_content", "For another", "ticket_status", "open");
    assertEquals("open", made.assertOk().text("ticket_data.status"));
    read(agent, made.id()).assertError(403, FORBIDDEN);
  }

  @Test
  void aCustomerDoesNotReadTheRepliesOfAnothersTicket() {
    User other = server.user("support_customer");
    server.customer(other.email(), other.id(), null);
    long id = ticketOf(carla);
    long reply = reply(manager, id, "reply_content", "For Carla only").assertOk().id();
    assertEquals(List.of(reply), list(carla, id, "").assertOk().ids());
    assertEquals(reply, read(carla, reply).assertOk().id());
    for (Answer answer :
        List.of(
            list(other, id, ""),
            list(other, id, "?include=" + reply),
            read(other, reply),
            reply(other, id, "reply_content", "x"),
            other.api().send("HEAD", REPLIES + "ticket/" + id, null, null))) {
      assertEquals(403, answer.status(), answer::toString);
      assertEquals("", answer.header("X-WP-Total"));
      assertFalse(answer.body().contains("Carla"), answer::toString);
    }
    assertEquals("1", stored(id, "reply_count"));
  }

  /** {@code replies-of-others} */
  @Test
  void aReplyInTheNameOfAnotherIsRefused() {
    User colleague = server.user("support_agent");
    User subscriber = server.user("subscriber");
    long id = ticketOf(carla);
    for (Object other : List.of(manager.id(), colleague.email(), carla.id(), 999999)) {
      reply(agent, id, "reply_content", "x", "reply_author", other).assertError(403, FORBIDDEN);
      reply(agent, id, "reply_content", "x", "agent", other).assertError(403, FORBIDDEN);
      Object[] forged = {"reply_content", "x", "reply_author", other};
      if (!other.equals(carla.id())) {
        reply(carla, id, forged).assertError(403, FORBIDDEN);
      }
    }
    reply(manager, id, "reply_content", "x", "reply_author", subscriber.id())
        .assertError(403, FORBIDDEN);
    assertEquals("0", stored(id, "reply_count"));
    String author = "SELECT CONCAT_WS(' ', author_id, agent_id) FROM reply WHERE id = ?";
    Map<Object[], String> allowed =
        Map.of(
            new Object[] {agent, "reply_author", agent.email()}, agent.id() + " " + agent.id(),
            new Object[] {agent, "agent", agent.id()}, agent.id() + " " + agent.id(),
            new Object[] {carla, "reply_author", carla.id()}, carla.id() + "",
            new Object[] {manager, "reply_author", colleague.id()},
                colleague.id() + " " + colleague.id(),
            new Object[] {manager, "agent", agent.email()}, manager.id() + " " + agent.id(),
            new Object[] {manager, "reply_author", carla.email()}, carla.id() + "");
    allowed.forEach(
        (asked, stored) -> {
          Answer made = reply((User) asked[0], id, "reply_content", "x", asked[1], asked[2]);
          assertEquals(stored, server.values(author, made.assertOk().id()).get(0));
        });
  }

  @Test
  void aCustomerRepliesToTheOwnTicketWhereTheSiteSaysSoAndChangesNothingElse() {
    User colleague = server.user("support_customer");
    server.customer(
        colleague.email(),
        colleague.id(),
        server.number("SELECT company_id FROM customer WHERE id = ?", customer));
    long id = ticketOf(carla);
    assertEquals("GET, POST", reply(carla, id, "reply_content", "Mine").assertOk().header("Allow"));
    assertEquals("3", stored(id, "last_reply_by"));
    assertEquals(1, list(colleague, id, "").assertOk().total());
    reply(colleague, id, "reply_content", "Not mine").assertError(403, FORBIDDEN);
    for (String asked : List.of("close_ticket", "ticket_status")) {
      reply(carla, id, "reply_content", "x", asked, asked.startsWith("close") ? 1 : "closed")
          .assertError(403, "rest_cannot_edit");
    }
    server.set("customers_may_reply", "");
    Answer refused = reply(carla, id, "reply_content", "x").assertError(403, FORBIDDEN);
    assertEquals("GET", list(carla, id, "").assertOk().header("Allow"));
    assertEquals("", refused.header("Location"));
    assertEquals("new 1", stored(id, "status, reply_count"));
  }

  @Test
  void aPageOfTicketsEmbedsTheTenNewestRepliesOfEachInOneStatement() {
    List<Long> ids = IntStream.range(0, 3).mapToObj(i -> ticketOf(carla)).toList();
    IntStream.range(0, 12)
        .forEach(i -> reply(manager, ids.get(0), "reply_content", "A" + i).assertOk());
    reply(manager, ids.get(1), "reply_content", "B").assertOk();
    String all = ids.stream().map(String::valueOf).collect(joining(","));
    Answer page = carla.api().get("?_embed&orderby=include&include=" + all).assertOk();
    JsonNode first = page.json().at("/0/_embedded/replies");
    assertEquals(1, first.size());
    assertEquals(list(carla, ids.get(0), "").json(), first.get(0));
    assertEquals("B", page.json().at("/1/_embedded/replies/0/0/content/raw").asText());
    assertTrue(page.json().at("/2/_embedded/replies").isMissingNode());
    server.sql("UPDATE ticket SET reply_count = 1 WHERE id = ?", ids.get(2));
    JsonNode none = carla.api().get("/" + ids.get(2) + "?_embed=replies").assertOk().json();
    assertEquals("[[]]", none.at("/_embedded/replies").toString());
  }

  @Test
  void aReplyEmbedsItsTicketItsPeopleAndItsThread() {
    long id = ticketOf(carla);
    long reply = reply(manager, id, "reply_content", "x").assertOk().id();
    Answer whole = manager.api().send("GET", REPLIES + reply + "?_embed", null, null).assertOk();
    JsonNode embedded = whole.json().get("_embedded");
    assertEquals(manager.api().get("/" + id).json(), embedded.at("/ticket/0"));
    assertEquals(customer, embedded.at("/customer/0/id").asLong());
    assertEquals(1, embedded.get("user").size());
    assertTrue(embedded.at("/company/0").has("title"));
    assertEquals(reply, embedded.at("/collection/0/0/id").asLong());
    Answer own = carla.api().send("GET", REPLIES + reply + "?_embed=customer", null, null);
    assertEquals("rest_forbidden", own.text("_embedded.customer.0.code"));
  }

  /** Long texts come late in a list of replies, and embedded in other answers. */
  @ParameterizedTest
  @ValueSource(strings = {"", "&_envelope", "&_embed", "&_embed&_fields=id,_links"})
  void longTextsComeWhereverTheyBelong(String asked) {
    long id =
        manager
            .api()
            .post("", ticket(carla.email(), "ticket_content", "T" + "ä😀\"".repeat(90_000)))
            .assertOk()
            .id();
    List<String> texts =
        List.of("short", "L" + "ß\\\"".repeat(60_000), "x", "M" + "😀 ".repeat(70_000));
    texts.forEach(text -> reply(manager, id, "reply_content", text).assertOk());
    Answer page = list(manager, id, "?order=asc&per_page=100" + asked).assertOk();
    JsonNode items = page.json().isArray() ? page.json() : page.json().get("body");
    for (int i = 0; i < texts.size(); i++) {
      JsonNode item = items.get(i);
      if (!asked.contains("_fields")) {
        assertEquals(texts.get(i), item.at("/content/raw").asText());
      }
      if (asked.contains("_embed")) {
        assertEquals(
            manager.api().get("/" + id).json(), item.at("/_embedded/ticket/0"), "of item " + i);
        assertEquals(texts.get(3), item.at("/_embedded/collection/0/0/content/raw").asText());
      }
    }
    JsonNode ticket = manager.api().get("?_embed=replies&include=" + id).assertOk().json().get(0);
    assertEquals(texts.get(1), ticket.at("/_embedded/replies/0/2/content/raw").asText());
    assertEquals(
        manager.api().get("/" + id).text("content.rendered"),
        ticket.at("/content/rendered").asText());
  }

  @Test
  void manyReplyAtOnceAndEachReplyCounts() throws Exception {
    long id = ticketOf(carla);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Answer>> all = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        Object closing = i % 3 == 0;
        User who = i % 2 == 0 ? agent : manager;
        all.add(() -> reply(who, id, "reply_content", "Reply", "close_ticket", closing));
      }
      for (Future<Answer> answer : threads.invokeAll(all)) {
        answer.get().assertOk();
      }
    } finally {
      threads.shutdown();
    }
    assertEquals("24", stored(id, "reply_count"));
    assertEquals(24, list(manager, id, "?per_page=1").total());
  }

  @Test
  void aReplyIsCountedInItsSource() {
    long id = ticketOf(carla);
    long source = server.number("SELECT id FROM term WHERE slug = 'kbs-rest'");
    long before = count(source);
    reply(manager, id, "reply_content", "Counted").assertOk();
    assertEquals(before + 1, count(source));
  }

  private static long count(long source) {
    Answer shown = manager.api().send("GET", SOURCES + "/" + source, null, null);
    return shown.assertOk().json().get("count").asLong();
  }

  @Test
  void aSourceThatIsGoneIsNotShown() {
    long id = ticketOf(carla);
    long reply = reply(manager, id, "reply_content", "By pigeon").assertOk().id();
    String name = HttpApi.json(fields("name", TestServer.unique("Pigeon")));
    long source = manager.api().send("POST", SOURCES, JSON, name).id();
    server.sql("UPDATE reply SET source_id = ? WHERE id = ?", source, reply);
    assertEquals("[" + source + "]", sources(read(manager, reply).json()));
    manager.api().send("DELETE", SOURCES + "/" + source + "?force=true", null, null).assertOk();
    assertEquals("[]", sources(read(manager, reply).json()));
    assertEquals("[]", sources(list(manager, id, "").json().get(0)));
  }

  private static String sources(JsonNode reply) {
    return reply.get("ticket_sources").toString();
  }

  @Test
  void repliesGoWithTheTickets() {
    long id = ticketOf(carla);
    long reply = reply(manager, id, "reply_content", "x").assertOk().id();
    server.set("disable_tickets", "1");
    list(manager, id, "").assertError(404, "rest_no_route");
    read(manager, reply).assertError(404, "rest_no_route");
    reply(manager, id, "reply_content", "x").assertError(404, "rest_no_route");
  }
}
