package io.kbsserver.http;

import static io.kbsserver.http.ImportedSite.outcomes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.cli.CommandLineRun;
import io.kbsserver.testing.WordPressFixture;
import io.kbsserver.wordpress.ImportOptions;
import io.kbsserver.wordpress.report.ImportException;
import io.kbsserver.wordpress.report.ImportReport;
import io.kbsserver.wordpress.report.ImportReport.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A site that is imported, and imported again after work on both sides: who may log in, and who
 * sees what.
 */
class ImportedAgainTest {

  private static final ImportOptions KEEPING = new ImportOptions(true, false, false, false);
  private static final ImportOptions ACCEPTING = new ImportOptions(false, true, false, false);

  private ImportedSite all;
  private WordPressFixture site;
  private WordPressFixture here;
  private TestServer server;

  @AfterEach
  void stop() {
    if (all != null) {
      all.close();
    }
  }

  private void begin(String name) {
    all = new ImportedSite(name);
    site = all.site;
    here = all.here;
    server = all.server;
  }

  private ImportReport run() {
    return all.run();
  }

  private HttpApi login(String name) {
    return all.login(name);
  }

  @Test
  void whoWasDeletedThereIsShutOutHere() {
    begin("users");
    run();
    HttpApi anna = login("anna");
    anna.get("/18").assertOk();
    assertEquals("7", here.value("SELECT department_id FROM department_agent WHERE user_id = 3"));
    site.change(
        "CREATE TABLE kept_user AS SELECT * FROM wp_users WHERE ID = 3",
        "DELETE FROM wp_users WHERE ID = 3");
    ImportReport second = run();
    assertEquals(401, anna.get("/18").status());
    assertEquals(List.of(Outcome.DELETED), outcomes(second, "user", 3));
    assertEquals("0", here.value("SELECT COUNT(*) FROM department_agent WHERE user_id = 3"));
    // FINDINGS 14: deleting a user leaves the references behind.
    long ticket = Long.parseLong(here.value("SELECT MIN(id) FROM ticket WHERE agent_id = 3"));
    assertEquals("3", login("manager").get("/" + ticket).assertOk().text("ticket_data.agent"));
    assertTrue(second.complete());
    assertEquals(List.of(), outcomes(run(), "user", 3));

    // With the same login again, under another id: it is hers.
    all.user(40, "anna", "anna@oracle.test", "support_agent");
    run();
    assertEquals("40", here.value("SELECT id FROM app_user WHERE login = 'anna'"));
    site.change("DELETE FROM wp_users WHERE ID = 40");

    // Restored: so is everything here.
    site.change("INSERT INTO wp_users SELECT * FROM kept_user", "DROP TABLE kept_user");
    run();
    anna.get("/18").assertOk();
    assertEquals("7", here.value("SELECT department_id FROM department_agent WHERE user_id = 3"));
  }

  /** A password was made here, which is a change on this side as well. */
  @Test
  void whatWasRevokedThereIsRevokedHereWhateverWasDoneHere() {
    begin("revoked");
    run();
    HttpApi anna = login("anna");
    HttpApi bruno = login("bruno");
    HttpApi own = server.login("anna", password("anna"));
    HttpApi brunos = server.login("bruno", password("bruno"));
    anna.get("/18").assertOk();
    own.get("/18").assertOk();
    // Revoked here, of somebody who keeps his role there.
    server.sql(
        "DELETE FROM application_password WHERE user_id = 4 AND uuid IN"
            + " (SELECT uuid FROM imported_password)");
    site.change(
        "UPDATE wp_usermeta SET meta_value = 'a:0:{}' WHERE user_id = 3 AND meta_key ="
            + " 'wp_capabilities'",
        "DELETE FROM wp_usermeta WHERE user_id = 3 AND meta_key = '_application_passwords'",
        "UPDATE wp_users SET display_name = 'Bruno B.' WHERE ID = 4");
    ImportReport second = run();
    assertEquals(List.of(Outcome.KEPT), outcomes(second, "user", 3));
    assertEquals(List.of(Outcome.KEPT), outcomes(second, "user", 4));
    assertEquals(2, second.counts().get("users").written());
    assertEquals(401, anna.get("").status());
    assertEquals("0", here.value("SELECT COUNT(*) FROM user_role WHERE user_id = 3"));
    assertNotEquals(200, own.get("/18").status());
    assertNotEquals(401, own.get("/18").status());
    assertEquals(401, bruno.get("/18").status());
    brunos.get("/18").assertOk();
    assertEquals("Bruno B.", here.value("SELECT display_name FROM app_user WHERE id = 4"));
    assertEquals(0, run().counts().get("users").written());

    // With another role: that one, and nothing is left to say.
    site.change(
        "UPDATE wp_usermeta SET meta_value = 'a:1:{s:13:\"support_agent\";b:1;}' WHERE user_id = 3"
            + " AND meta_key = 'wp_capabilities'");
    ImportReport third = run();
    assertEquals(List.of(), outcomes(third, "user", 3));
    own.get("/18").assertOk();
    assertEquals(401, anna.get("/18").status());
  }

  private String password(String login) {
    CommandLineRun run =
        CommandLineRun.of(CommandLineRun.environment(here.url()), "user", "password", login);
    assertEquals(0, run.exitCode(), run.err());
    return run.out().lines().skip(2).findFirst().orElseThrow().strip();
  }

  @Test
  void whoWasDeletedThereStaysWhereThatIsWanted() {
    begin("keep");
    run();
    site.change("DELETE FROM wp_users WHERE ID = 3", "DELETE FROM wp_posts WHERE ID = 26");
    ImportReport second = all.run(KEEPING);
    assertTrue(second.complete());
    assertEquals(List.of(Outcome.INFORMATION), outcomes(second, "user", 3));
    assertEquals(0, second.rows(Outcome.INFORMATION), "told, and not counted");
    login("anna").get("/26").assertOk();
    // Whoever forgets it the next time is told what it does.
    assertEquals(List.of(Outcome.DELETED), outcomes(run(), "ticket", 26));
    assertEquals(401, login("anna").get("/18").status());
  }

  @Test
  void whatWasKeptThoughReplacedThereIsNotCopiedAgain() {
    begin("replaced");
    run();
    HttpApi manager = login("manager");
    manager.json("POST", "/26", Map.of("agent", 5)).assertOk();
    server.sql("UPDATE customer SET name = 'Changed here' WHERE id = 5");
    site.change(
        "DELETE FROM wp_posts WHERE ID = 26",
        "DELETE FROM wp_postmeta WHERE post_id = 26",
        "DELETE FROM wp_kbs_customers WHERE id = 5");
    all.post(26, "kbs_ticket", 0, "Quite another");
    all.customer(5, "otto@example.net", 0);
    ImportReport first = run();
    assertTrue(outcomes(first, "ticket", 26).contains(Outcome.KEPT));
    assertTrue(outcomes(first, "customer", 5).contains(Outcome.KEPT));
    String ours = manager.get("/26").assertOk().body();
    List<Long> tickets = manager.get("?per_page=100").ids();
    String customers = here.values("SELECT id FROM customer ORDER BY id").toString();
    for (int again = 0; again < 2; again++) {
      ImportReport report = run();
      assertEquals(0, report.counts().get("tickets").written());
      assertEquals(0, report.counts().get("customers").written());
      assertEquals(0, report.rows(Outcome.DELETED));
      assertEquals(ours, manager.get("/26").assertOk().body());
      assertEquals(tickets, manager.get("?per_page=100").ids());
      assertEquals(customers, here.values("SELECT id FROM customer ORDER BY id").toString());
    }
    // It goes on being the one that it is, there and here.
    site.change("UPDATE wp_posts SET post_title = 'Still another' WHERE ID = 26");
    assertEquals(1, run().counts().get("tickets").written());
    assertEquals(ours, manager.get("/26").assertOk().body());
  }

  @Test
  void aUserWhoIsKeptThoughReplacedThereIsNotCopiedAgain() {
    begin("replaced_user");
    run();
    site.change("DELETE FROM wp_users WHERE ID = 4", "DELETE FROM wp_usermeta WHERE user_id = 4");
    all.user(4, "mallory", "mallory@example.net", "support_agent");
    all.run(KEEPING);
    for (int again = 0; again < 2; again++) {
      assertEquals(0, all.run(KEEPING).counts().get("users").written());
      assertEquals(
          List.of("mallory"),
          here.values("SELECT login FROM app_user WHERE login LIKE 'mallory%'"));
      assertNotEquals(401, login("bruno").get("").status());
    }
    // Whoever forgets the option shuts him out, and nobody else.
    assertEquals(List.of(Outcome.DELETED, Outcome.REPAIRED), outcomes(run(), "user", 4));
    assertEquals(401, login("bruno").get("").status());
    assertEquals(
        "support_agent",
        here.value(
            "SELECT r.role FROM app_user u JOIN user_role r ON r.user_id = u.id"
                + " WHERE u.login = 'mallory'"));
    assertEquals(0, run().counts().get("users").written());
  }

  /** What the import takes away is no change that somebody made here. */
  @Test
  void aDepartmentFollowsWhenOneOfItsAgentsIsDeleted() {
    begin("department");
    run();
    assertEquals(
        List.of("4", "5"),
        here.values("SELECT user_id FROM department_agent WHERE department_id = 8 ORDER BY 1"));
    site.change(
        "DELETE FROM wp_users WHERE ID = 4",
        "UPDATE wp_termmeta SET meta_value = 'a:1:{i:0;i:3;}' WHERE term_id = 8"
            + " AND meta_key = 'kbs_department_agents'");
    ImportReport second = run();
    assertEquals(List.of(), outcomes(second, "term", 8));
    assertEquals(
        List.of("3"), here.values("SELECT user_id FROM department_agent WHERE department_id = 8"));
    assertEquals(401, login("bruno").get("").status());
    assertEquals(0, run().counts().get("terms").written());
  }

  @Test
  void notesFollowThoseThereAndThoseMadeHereStay() {
    begin("notes");
    all.note(11, 18, 3, "By Anna");
    all.note(12, 18, 77, "By somebody who is gone");
    all.note(13, 999_999, 3, "On nothing");
    all.note(14, 18, 3, "In the trash");
    all.note(15, 22, 3, "");
    site.change(
        "UPDATE wp_comments SET comment_approved = 'trash' WHERE comment_ID = 14",
        "UPDATE wp_comments SET comment_approved = 'post-trashed', comment_date_gmt ="
            + " '0000-00-00 00:00:00', comment_author = 'Anna' WHERE comment_ID = 15",
        "INSERT INTO wp_comments (comment_ID, comment_post_ID, comment_author, comment_content)"
            + " VALUES (16, 18, 'x', 'A comment')");
    ImportReport first = run();
    assertEquals(4, first.counts().get("notes").written());
    assertEquals(1, first.counts().get("notes").skipped());
    assertEquals(List.of(Outcome.LEFT_OUT), outcomes(first, "note", 13));
    assertEquals(List.of(Outcome.INFORMATION), outcomes(first, "note", 12));
    assertEquals(List.of(Outcome.INFORMATION), outcomes(first, "note", 15));
    assertEquals(List.of(Outcome.INFORMATION), outcomes(first, "note", 0));
    HttpApi anna = login("anna");
    assertEquals(List.of(12L, 11L), anna.get("/18/notes").assertOk().ids());
    assertEquals(3, anna.get("/18/notes/11").json().get("author").asLong());
    assertEquals(77, anna.get("/18/notes/12").json().get("author").asLong());
    assertEquals("2026-03-01T11:00:00", anna.get("/22/notes/15").text("date_gmt"));
    assertEquals("Anna", anna.get("/22/notes/15").text("author_name"));
    login("carl").get("/18/notes").assertError(403, "rest_forbidden");

    // The ids that follow are WordPress's for now: what is noted here gets later ones.
    long own = anna.post("/18/notes", Map.of("note_content", "Mine")).id();
    assertEquals(17, own);
    assertEquals(4, run().counts().get("notes").unchanged());

    site.change(
        "UPDATE wp_comments SET comment_content = 'By Anna, changed' WHERE comment_ID = 11",
        "DELETE FROM wp_comments WHERE comment_ID = 12");
    all.note(17, 18, 3, "There as well");
    ImportReport second = run();
    assertEquals(List.of(Outcome.DELETED), outcomes(second, "note", 12));
    assertEquals("By Anna, changed", anna.get("/18/notes/11").text("content.raw"));
    anna.get("/18/notes/12").assertError(404, "rest_note_invalid_id");
    assertEquals("Mine", anna.get("/18/notes/17").text("content.raw"));
    assertEquals("There as well", anna.get("/18/notes/18").assertOk().text("content.raw"));
    assertEquals(List.of(Outcome.REPAIRED), outcomes(second, "note", 17));
    ImportReport third = run();
    assertEquals(0, third.counts().get("notes").written());
    assertEquals(
        List.of(11L, 17L, 18L), anna.get("/18/notes?order=asc").ids().stream().sorted().toList());
  }

  @Test
  void notesThatAreThrownAwayStayThereUntilTheyAreFetchedBack() {
    begin("notes_thrown_away");
    all.note(21, 18, 3, "In the trash");
    all.note(22, 18, 3, "For spam");
    all.note(23, 18, 3, "Later");
    String thrownAway = "UPDATE wp_comments SET comment_approved = '%s' WHERE comment_ID = %d";
    site.change(thrownAway.formatted("trash", 21), thrownAway.formatted("spam", 22));
    assertEquals(List.of(Outcome.INFORMATION), outcomes(run(), "note", 0));
    HttpApi anna = login("anna");
    assertEquals(List.of(23L), anna.get("/18/notes").assertOk().ids());
    for (long id : List.of(21L, 22L)) {
      anna.get("/18/notes/" + id).assertError(404, "rest_note_invalid_id");
    }
    site.change(thrownAway.formatted("1", 21), thrownAway.formatted("trash", 23));
    assertEquals(List.of(Outcome.DELETED), outcomes(run(), "note", 23));
    assertEquals(List.of(21L), anna.get("/18/notes").assertOk().ids());
    assertEquals("In the trash", anna.get("/18/notes/21").text("content.raw"));
  }

  @Test
  void historyBeginsWithWhatThePluginHadLogged() {
    begin("history");
    ImportReport first = run();
    assertEquals(204, first.counts().get("log entries").written());
    // Of additional agents the plugin does not say on which ticket.
    assertEquals(15, first.counts().get("log entries").skipped());
    assertEquals(List.of(Outcome.INFORMATION), outcomes(first, "log_entry", 30));
    HttpApi manager = login("manager");
    Answer history = manager.get("/18/history?order=asc").assertOk();
    assertEquals(List.of(19L, 20L, 21L, 239L), history.ids().subList(0, 4));
    JsonNode entries = history.json();
    assertEquals("ticket.created", entries.at("/0/type").asText());
    assertEquals("wordpress", entries.at("/0/source").asText());
    assertEquals("2026-11-23T19:50:41Z", entries.at("/0/at").asText());
    assertEquals(1, entries.at("/0/user").asLong());
    assertEquals(
        "[{\"field\":\"status\",\"from\":[\"new\"],\"to\":[],\"long_text\":false}]",
        entries.at("/1/changes").toString());
    assertEquals(
        "[{\"field\":\"agent\",\"from\":[],\"to\":[\"4\"],\"long_text\":false}]",
        entries.at("/2/changes").toString());
    assertEquals("reply.created", entries.at("/3/type").asText());
    assertEquals(238, entries.at("/3/object_id").asLong());
    assertEquals("import", entries.get(entries.size() - 1).get("source").asText());
    manager.post("/18", Map.of("status", "hold")).assertOk();
    Answer now = manager.get("/18/history").assertOk();
    assertEquals("api", now.json().at("/0/source").asText());
    assertEquals(entries.size() + 1, now.total());
    CommandLineRun shown = run("history", "18");
    assertEquals(0, shown.exitCode(), shown.err());
    assertTrue(shown.out().contains("status: open -> hold"), shown.out());
    CommandLineRun json = run("history", "18", "--json");
    assertTrue(json.out().contains("\"long_text\" : false"), json.out());
    assertEquals(now.total(), json.out().lines().filter(line -> line.contains("\"at\"")).count());
    assertEquals("kbs-server: There is no ticket 4711", run("history", "4711").err().strip());

    // As the plugin's log is tidied up.
    site.change("DELETE FROM wp_posts WHERE post_type = 'kbs_log'");
    ImportReport second = run();
    assertEquals(List.of(), outcomes(second, "log_entry", 21));
    assertEquals(now.ids(), manager.get("/18/history").assertOk().ids());
  }

  private CommandLineRun run(String... command) {
    return CommandLineRun.of(CommandLineRun.environment(here.url()), command);
  }

  @Test
  void notesGoAndComeBackWithTheirTicket() {
    begin("notes_of_tickets");
    run();
    HttpApi manager = login("manager");
    assertEquals(List.of(2L), manager.get("/26/notes").assertOk().ids());
    assertEquals(201, manager.post("/31/notes", Map.of("note_content", "Not yet")).status());
    site.change(
        "CREATE TABLE kept_post AS SELECT * FROM wp_posts WHERE ID = 26",
        "CREATE TABLE kept_comment AS SELECT * FROM wp_comments",
        "DELETE FROM wp_posts WHERE ID IN (26, 31)",
        "DELETE FROM wp_comments WHERE comment_post_ID = 26");
    ImportReport second = run();
    manager.get("/26/notes").assertError(404, "rest_post_invalid_id");
    manager.get("/26/notes/2").assertError(404, "rest_post_invalid_id");
    assertEquals(List.of(), outcomes(second, "note", 2));
    // A ticket on which somebody has noted something here is kept.
    assertEquals(List.of(Outcome.KEPT), outcomes(second, "ticket", 31));
    assertEquals(1, manager.get("/31/notes").assertOk().total());
    site.change(
        "INSERT INTO wp_posts SELECT * FROM kept_post",
        "INSERT INTO wp_comments SELECT * FROM kept_comment",
        "DROP TABLE kept_post",
        "DROP TABLE kept_comment");
    run();
    assertEquals(List.of(2L), manager.get("/26/notes").assertOk().ids());
  }

  @Test
  void aTicketDeletedForGoodIsNotFound() {
    begin("tickets");
    run();
    HttpApi manager = login("manager");
    String number = manager.get("/26").assertOk().text("ticket_data.number");
    long total = manager.get("").total();
    manager.json("POST", "/31", Map.of("status", "closed")).assertOk();
    String reply = site.value("SELECT MIN(ID) FROM wp_posts WHERE post_type = 'kbs_ticket_reply'");
    String replied = site.value("SELECT post_parent FROM wp_posts WHERE ID = ?", reply);
    int replies = manager.get("/" + replied).json().path("replies").asInt();
    site.change(
        "CREATE TABLE kept_post AS SELECT * FROM wp_posts WHERE ID = 26",
        // FINDINGS 14: replies stay, files lose their parent.
        "DELETE FROM wp_posts WHERE ID IN (26, 31)",
        "UPDATE wp_posts SET post_parent = 0 WHERE post_type = 'attachment' AND post_parent = 26",
        "DELETE FROM wp_posts WHERE ID = " + reply,
        "DELETE FROM wp_kbs_customers WHERE id = 9");
    ImportReport second = run();

    manager.get("/26").assertError(404, "rest_post_invalid_id");
    manager.get("/" + number).assertError(404, "rest_post_invalid_id");
    manager.json("POST", "/26", Map.of("status", "open")).assertError(404, "rest_post_invalid_id");
    assertEquals(total - 1, manager.get("").total());
    assertFalse(manager.get("?per_page=100&status=").ids().contains(26L));
    login("dora").get("/26").assertError(404, "rest_post_invalid_id");
    assertEquals(List.of(Outcome.DELETED), outcomes(second, "ticket", 26));
    assertEquals("1", here.value("SELECT COUNT(*) FROM ticket WHERE id = 26"));
    // What was changed here is kept, and named.
    manager.get("/31").assertOk();
    assertEquals(List.of(Outcome.KEPT), outcomes(second, "ticket", 31));
    assertEquals(1, second.rows(Outcome.KEPT));
    assertEquals(0, second.rows(Outcome.LEFT_OUT));
    assertEquals(
        replies - 1, manager.get("/" + replied).json().path("replies").asInt(), "a reply less");
    // A customer that is gone is nobody, and the tickets still say whose they were.
    assertEquals("1", here.value("SELECT missing FROM customer WHERE id = 9"));
    assertEquals("9", manager.get("/66").text("ticket_data.customer").replaceAll("^$", "9"));

    site.change("INSERT INTO wp_posts SELECT * FROM kept_post", "DROP TABLE kept_post");
    run();
    manager.get("/26").assertOk();
    assertEquals(total, manager.get("").total());
  }

  @Test
  void termsCompaniesAndFilesThatWereDeletedGoAsWell() {
    begin("terms");
    site.change(
        "INSERT INTO wp_terms VALUES (51, 'fleeting', 'fleeting', 0)",
        "INSERT INTO wp_term_taxonomy VALUES (51, 51, 'ticket_tag', '', 0, 0)",
        "INSERT INTO wp_term_relationships VALUES (31, 51, 0)");
    run();
    HttpApi manager = login("manager");
    String file = site.value("SELECT MIN(ID) FROM wp_posts WHERE post_type = 'attachment'");
    String owner = site.value("SELECT post_parent FROM wp_posts WHERE ID = ?", file);
    int files = manager.get("/" + owner).json().at("/ticket_data/files").size();
    List<Long> urgent = manager.get("?per_page=100&ticket_tag=15").ids();
    // One of them was changed here, and keeps what it has.
    long changed = urgent.get(0);
    long agent = manager.get("/" + changed).text("ticket_data.agent").equals("4") ? 3 : 4;
    manager.json("POST", "/" + changed, Map.of("agent", agent)).assertOk();
    site.change(
        "DELETE FROM wp_terms WHERE term_id IN (15, 51)",
        "DELETE FROM wp_term_taxonomy WHERE term_id IN (15, 51)",
        "DELETE FROM wp_term_relationships WHERE term_taxonomy_id IN (15, 51)",
        "DELETE FROM wp_posts WHERE ID = " + file,
        "DELETE FROM wp_posts WHERE ID = 14",
        // A new one of the same name.
        "INSERT INTO wp_terms VALUES (50, 'urgent', 'urgent', 0)",
        "INSERT INTO wp_term_taxonomy VALUES (50, 50, 'ticket_tag', '', 0, 0)");
    ImportReport second = run();
    assertEquals(List.of(changed), manager.get("?per_page=100&ticket_tag=15").ids());
    assertEquals("50", here.value("SELECT id FROM term WHERE slug = 'urgent'"));
    assertEquals("0", here.value("SELECT COUNT(*) FROM term WHERE id = 51"));
    assertEquals(files - 1, manager.get("/" + owner).json().at("/ticket_data/files").size());
    assertEquals("1", here.value("SELECT missing FROM company WHERE id = 14"));
    assertEquals(List.of(Outcome.DELETED), outcomes(second, "attachment", Long.parseLong(file)));
    assertEquals(List.of(Outcome.DELETED), outcomes(second, "company", 14));
    assertEquals(0, second.rows(Outcome.LEFT_OUT), second.problems().toString());
  }

  @Test
  void whatMayBeTheWrongSourceStopsBeforeTheFirstWrite() {
    begin("guard");
    run();
    String before = all.everything();

    site.change(
        "UPDATE wp_options SET option_value = 'https://staging.example' WHERE option_name ="
            + " 'siteurl'",
        "UPDATE wp_options SET option_value = 'Staging' WHERE option_name = 'blogname'");
    ImportException other = assertThrows(ImportException.class, this::run);
    assertTrue(other.getMessage().contains("--accept-deletions"), other.getMessage());
    assertTrue(other.getMessage().contains("https://staging.example"), other.getMessage());
    assertEquals(before, all.everything());

    // With TLS it is the same site.
    site.change(
        "UPDATE wp_options SET option_value = 'https://127.0.0.1:8890/' WHERE option_name ="
            + " 'siteurl'",
        "DELETE FROM wp_posts WHERE post_type = 'kbs_ticket' ORDER BY ID LIMIT 8");
    ImportException many = assertThrows(ImportException.class, this::run);
    assertTrue(many.getMessage().contains("8 of the 68 tickets"), many.getMessage());
    assertTrue(many.getMessage().contains("--accept-deletions"), many.getMessage());
    assertEquals(before, all.everything());
    assertEquals(
        8,
        all.run(ACCEPTING).problems().stream()
            .filter(problem -> problem.kind().equals("ticket"))
            .filter(problem -> problem.outcome() == Outcome.DELETED)
            .count());
    assertEquals("Staging", here.value("SELECT value FROM site_setting WHERE name = 'site_name'"));

    // All of a kind is never few.
    site.change("DELETE FROM wp_posts WHERE post_type = 'kbs_company'");
    assertThrows(ImportException.class, this::run);
  }

  @Test
  void aDryRunTellsAndWritesNothing() {
    begin("dry");
    ImportOptions dry = new ImportOptions(false, false, false, true);
    String empty = all.everything();
    ImportReport first = all.run(dry);
    assertEquals(68, first.counts().get("tickets").written());
    assertEquals(45, first.counts().get("replies").written());
    assertEquals(empty, all.everything());
    assertEquals(first.counts(), run().counts());
    site.change(
        "UPDATE wp_posts SET post_title = 'Changed' WHERE ID = 26",
        "DELETE FROM wp_posts WHERE ID = 31",
        "UPDATE wp_postmeta SET meta_value = 'a:7:{' WHERE post_id = 18"
            + " AND meta_key = '_kbs_ticket_participants'");
    String before = all.everything();
    ImportReport second = all.run(dry);
    assertEquals(before, all.everything());
    ImportReport real = run();
    assertEquals(second.counts(), real.counts());
    assertEquals(second.rows(), real.rows());
    assertEquals(second.problems(), real.problems());
    assertEquals(1, real.rows(Outcome.DELETED));
  }

  /** Made here first, under ids that mean somebody else in WordPress. */
  @Test
  void nobodyReadsWhatBelongsToAnotherWithTheSameId() {
    begin("clash");
    TestServer.User hera = server.user("hera", "support_customer");
    TestServer.User hugo = server.user("hugo", "support_agent");
    long company = server.company("Hera Ltd");
    long own = server.customer(hera.email(), hera.id(), company);
    long department = server.term("ticket_departments", "Here");
    server.sql("INSERT INTO department_agent VALUES (?, ?)", department, hugo.id());
    server.set("restrict_agent_view", "1").set("enable_departments", "1");
    long mine = hugo.api().post("", HttpApi.ticket(hera.email())).assertOk().id();
    hugo.api().json("POST", "/" + mine, Map.of("company", company)).assertOk();
    assertEquals(List.of(mine), hera.api().get("").ids());

    // The same ids are others in WordPress: a customer, a user, an agent, a company, a department.
    all.customer(own, "otto@example.net", hera.id());
    all.user(hera.id(), "otto", "otto@example.net", "support_customer");
    all.user(hugo.id(), "zoe", "zoe@example.net", "support_agent");
    all.post(company, "kbs_company", 0, "Otto Inc");
    site.change(
        "INSERT INTO wp_terms VALUES (%d, 'There', 'there', 0)".formatted(department),
        "INSERT INTO wp_term_taxonomy VALUES (%d, %d, 'department', '', 0, 0)"
            .formatted(department, department),
        "INSERT INTO wp_termmeta (term_id, meta_key, meta_value) VALUES (%d,".formatted(department)
            + " 'kbs_department_agents', 'a:1:{i:0;i:%d;}')".formatted(hugo.id()),
        "UPDATE wp_posts SET post_status = 'open' WHERE ID IN (48, 37, 33)",
        "DELETE FROM wp_term_relationships WHERE object_id = 33",
        "INSERT INTO wp_term_relationships VALUES (33, %d, 0)".formatted(department));
    all.meta(48, "_kbs_ticket_customer_id", own);
    all.meta(48, "_kbs_ticket_user_id", hera.id());
    all.meta(48, "_kbs_ticket_company_id", company);
    all.meta(37, "_kbs_ticket_agent_id", hugo.id());
    all.meta(33, "_kbs_ticket_agents", "a:1:{i:0;i:%d;}".formatted(hugo.id()));
    // Nobody there, and somebody else here: the reference of a deleted customer.
    long other = server.customer("hebe@example.org", hera.id(), null);
    all.meta(46, "_kbs_ticket_customer_id", other);
    all.meta(46, "_kbs_ticket_user_id", 0);

    for (int run = 1; run <= 2; run++) {
      ImportReport report = run();
      assertTrue(outcomes(report, "customer", own).contains(Outcome.REPAIRED));
      assertTrue(outcomes(report, "user", hera.id()).contains(Outcome.REPAIRED));
      assertTrue(outcomes(report, "ticket", 46).contains(Outcome.REPAIRED));
      assertEquals(List.of(mine), hera.api().get("?per_page=100").ids());
      for (long foreign : new long[] {48, 46}) {
        hera.api().get("/" + foreign).assertError(403, "rest_forbidden");
      }
      for (long foreign : new long[] {37, 33}) {
        hugo.api().get("/" + foreign).assertError(403, "rest_forbidden");
      }
      hugo.api().get("/" + mine).assertOk();
      HttpApi manager = login("manager");
      Answer ticket = manager.get("/48").assertOk();
      long customer = Long.parseLong(ticket.text("ticket_data.customer"));
      assertEquals(
          "otto@example.net", here.value("SELECT email FROM customer WHERE id = ?", customer));
      assertEquals(
          "otto",
          here.value(
              "SELECT login FROM app_user WHERE id = ?", ticket.text("ticket_data.user_id")));
      assertEquals(
          "Otto Inc",
          here.value(
              "SELECT c.name FROM ticket t JOIN company c ON c.id = t.company_id WHERE t.id = 48"));
      assertEquals(
          "zoe",
          here.value(
              "SELECT login FROM app_user WHERE id = ?",
              manager.get("/37").text("ticket_data.agent")));
      assertEquals(
          "There zoe",
          here.value(
              "SELECT CONCAT(te.name, ' ', u.login) FROM ticket_term tt JOIN term te ON te.id ="
                  + " tt.term_id JOIN department_agent d ON d.department_id = te.id"
                  + " JOIN app_user u ON u.id = d.user_id WHERE tt.ticket_id = 33"));
      assertEquals("hera", here.value("SELECT login FROM app_user WHERE id = ?", hera.id()));
      assertEquals(
          "0",
          here.value(
              "SELECT COUNT(*) FROM department_agent WHERE department_id = ? AND user_id <> ?",
              department,
              hugo.id()));
    }
    assertEquals(0, run().counts().get("tickets").written());
  }

  /** The same person, known on both sides. */
  @Test
  void whatIsTheSameByItsNameIsReferredTo() {
    begin("match");
    TestServer.User dora = server.user("dora", "support_customer");
    server.sql("UPDATE app_user SET email = 'dora@example.org' WHERE id = ?", dora.id());
    long carl = server.customer("CARL@example.org", null, null);
    long second = server.customer("second@example.org", null, null);
    server.sql(
        "INSERT INTO customer_email (customer_id, email) VALUES (?, 'hana@globex.example')",
        second);
    long billing = server.term("ticket_departments", "Billing");
    long company = server.company(site.value("SELECT post_title FROM wp_posts WHERE ID = 12"));
    ImportReport report = run();
    assertTrue(outcomes(report, "customer", 1).contains(Outcome.KEPT));
    assertTrue(outcomes(report, "term", 9).contains(Outcome.KEPT));
    assertFalse(report.complete());
    HttpApi manager = login("manager");
    assertEquals(Long.toString(carl), manager.get("/52").text("ticket_data.customer"));
    assertEquals(Long.toString(second), manager.get("/33").text("ticket_data.customer"));
    assertEquals(
        site.value("SELECT COUNT(*) FROM wp_term_relationships WHERE term_taxonomy_id = 9"),
        here.value("SELECT COUNT(*) FROM ticket_term WHERE term_id = ?", billing));
    assertEquals("0", here.value("SELECT COUNT(*) FROM term WHERE id = 9"));
    assertEquals(Long.toString(company), here.value("SELECT company_id FROM ticket WHERE id = 52"));
    // Dora's login of here sees what belongs to her there.
    assertTrue(dora.api().get("?per_page=100").ids().contains(26L));
    assertEquals(0, run().counts().get("tickets").written());
  }

  /** Both sides give out the next ids: a ticket, a reply, a file that are two things. */
  @Test
  void aTicketMadeHereGetsNothingOfTheOneWithItsIdThere() {
    begin("posts");
    run();
    HttpApi manager = login("manager");
    long mine = manager.post("", HttpApi.ticket("nina@example.org")).assertOk().id();
    all.post(mine, "kbs_ticket", 0, "Theirs");
    all.meta(mine, "_kbs_ticket_customer_id", 5);
    all.post(mine + 1, "kbs_ticket_reply", mine, "Their reply");
    all.post(mine + 2, "attachment", mine, "Their file");
    all.post(mine + 3, "attachment", mine + 1, "File of the reply");
    String ours = manager.get("/" + mine).assertOk().body();
    ImportReport report = run();
    assertEquals(ours, manager.get("/" + mine).assertOk().body());
    assertTrue(outcomes(report, "ticket", mine).contains(Outcome.REPAIRED));
    long theirs = Long.parseLong(here.value("SELECT id FROM ticket WHERE title_raw = 'Theirs'"));
    assertNotEquals(mine, theirs);
    JsonNode ticket = manager.get("/" + theirs).assertOk().json();
    assertEquals(1, ticket.path("replies").asInt());
    assertEquals("Their file", ticket.at("/ticket_data/files/0/filename").asText());
    assertEquals(1, ticket.at("/ticket_data/files").size());
    assertEquals(
        Long.toString(theirs),
        here.value("SELECT ticket_id FROM attachment WHERE title = 'File of the reply'"));

    // It goes on being that one.
    site.change("UPDATE wp_posts SET post_title = 'Still theirs' WHERE ID = " + mine);
    assertEquals(1, run().counts().get("tickets").written());
    assertEquals("Still theirs", manager.get("/" + theirs).text("title.raw"));
    site.change("DELETE FROM wp_posts WHERE ID = " + mine);
    run();
    assertEquals(404, manager.get("/" + theirs).status());
    assertEquals(ours, manager.get("/" + mine).assertOk().body());
  }

  /** After a restore WordPress gives an id to somebody else. */
  @Test
  void anIdThatChangedItsMeaningIsAnother() {
    begin("reused");
    run();
    HttpApi manager = login("manager");
    manager.json("POST", "/18", Map.of("agent", 5)).assertOk();
    server.set("restrict_agent_view", "1");
    site.change(
        "DELETE FROM wp_users WHERE ID = 5",
        "DELETE FROM wp_usermeta WHERE user_id = 5",
        "DELETE FROM wp_posts WHERE ID = 26",
        "DELETE FROM wp_postmeta WHERE post_id = 26",
        "UPDATE wp_terms SET name = 'Law', slug = 'law' WHERE term_id = 9",
        "UPDATE wp_term_taxonomy SET term_taxonomy_id = 60 WHERE term_id = 9");
    all.user(5, "yann", "yann@example.net", "support_agent");
    all.post(26, "kbs_ticket", 0, "Quite another");
    ImportReport report = run();
    assertEquals(401, login("chloe").get("/18").status());
    assertEquals(List.of(Outcome.DELETED, Outcome.REPAIRED), outcomes(report, "user", 5));
    assertEquals("5", manager.get("/18").text("ticket_data.agent"));
    String yann = here.value("SELECT id FROM app_user WHERE login = 'yann'");
    assertNotEquals("5", yann);
    assertEquals("support_agent", here.value("SELECT role FROM user_role WHERE user_id = ?", yann));
    assertEquals("0", here.value("SELECT COUNT(*) FROM user_role WHERE user_id = 5"));
    manager.get("/26").assertError(404, "rest_post_invalid_id");
    String other = here.value("SELECT id FROM ticket WHERE title_raw = 'Quite another'");
    manager.get("/" + other).assertOk();
    assertNotEquals("9", here.value("SELECT id FROM term WHERE slug = 'law'"));
    ImportReport again = run();
    assertEquals(0, again.counts().get("tickets").written());
    assertEquals(0, again.counts().get("users").written());
    assertEquals(0, again.rows(Outcome.DELETED));
  }

  /** Exchanges what two rows have, through a third value, since it may have to be unique. */
  private void swap(String table, String id, String column, long one, long other) {
    String first = site.value("SELECT %s FROM %s WHERE %s = %d".formatted(column, table, id, one));
    String second =
        site.value("SELECT %s FROM %s WHERE %s = %d".formatted(column, table, id, other));
    String set = "UPDATE " + table + " SET " + column + " = '%s' WHERE " + id + " = %d";
    site.change(
        set.formatted("between", one), set.formatted(first, other), set.formatted(second, one));
  }

  private void assertSame(String there, String here) {
    assertEquals(site.rows(there), this.here.rows(here));
  }

  @Test
  void whatChangesHandsArrives() {
    begin("swap");
    run();
    site.change(
        "CREATE TABLE old_address AS SELECT email FROM wp_kbs_customers WHERE id = 6",
        "UPDATE wp_kbs_customers SET email = 'gus.new@example.org' WHERE id = 6",
        "UPDATE wp_kbs_customers SET email = (SELECT email FROM old_address) WHERE id = 1",
        "DROP TABLE old_address",
        // One that is new has what another one gives up.
        "UPDATE wp_kbs_customers SET email = 'moved@example.org' WHERE id = 8");
    all.customer(40, here.value("SELECT email FROM customer WHERE id = 8"), 0);
    swap("wp_kbs_customers", "id", "email", 9, 10);
    swap("wp_users", "ID", "user_login", 3, 4);
    swap("wp_users", "ID", "user_email", 5, 6);
    String ofTags = "(term_id) FROM wp_term_taxonomy WHERE taxonomy = 'ticket_tag'";
    long one = Long.parseLong(site.value("SELECT MIN" + ofTags));
    long other = Long.parseLong(site.value("SELECT MAX" + ofTags));
    swap("wp_terms", "term_id", "slug", one, other);
    String numbers = "FROM wp_postmeta WHERE meta_key = '_kbs_ticket_number'";
    long first = Long.parseLong(site.value("SELECT MIN(meta_id) " + numbers));
    long last = Long.parseLong(site.value("SELECT MAX(meta_id) " + numbers));
    swap("wp_postmeta", "meta_id", "meta_value", first, last);
    ImportReport report = run();
    assertTrue(report.complete(), report.problems().toString());
    assertSame(
        "SELECT id, email FROM wp_kbs_customers ORDER BY id",
        "SELECT id, email FROM customer WHERE missing = 0 ORDER BY id");
    assertEquals(
        site.value(
            "SELECT COUNT(DISTINCT kbs_customer_id, LOWER(meta_value)) FROM wp_kbs_customermeta"
                + " WHERE meta_key = 'additional_email'"),
        here.value("SELECT COUNT(*) FROM customer_email"));
    assertSame(
        "SELECT ID, user_login, user_email FROM wp_users ORDER BY ID",
        "SELECT id, login, email FROM app_user WHERE missing = 0 ORDER BY id");
    assertSame(
        "SELECT slug FROM wp_terms WHERE term_id IN (%d, %d) ORDER BY term_id"
            .formatted(one, other),
        "SELECT slug FROM term WHERE id IN (%d, %d) ORDER BY id".formatted(one, other));
    assertSame(
        "SELECT post_id, meta_value " + numbers + " ORDER BY post_id",
        "SELECT id, number FROM ticket WHERE number IS NOT NULL ORDER BY id");
    assertEquals(0, run().counts().get("customers").written());
  }

  @Test
  void anAddressThatIsNotFreeYetArrivesTheNextTime() {
    begin("later");
    // More than one batch apart, and the one that gives it up comes later.
    for (int id = 1000; id < 1510; id++) {
      all.customer(id, "c" + id + "@example.org", 0);
    }
    run();
    site.change(
        "UPDATE wp_kbs_customers SET email = 'new@example.org' WHERE id = 1509",
        "UPDATE wp_kbs_customers SET email = 'c1509@example.org' WHERE id = 1");
    assertEquals(List.of(Outcome.REPAIRED), outcomes(run(), "customer", 1));
    assertTrue(run().complete());
    assertEquals("c1509@example.org", here.value("SELECT email FROM customer WHERE id = 1"));
    assertEquals(
        "0", here.value("SELECT COUNT(*) FROM customer_email WHERE email = 'c1509@example.org'"));

    // As long as somebody else has it, every import says so.
    site.change(
        "ALTER TABLE wp_kbs_customers DROP INDEX email",
        "UPDATE wp_kbs_customers SET email = 'c1000@example.org' WHERE id = 1001");
    for (int i = 0; i < 2; i++) {
      assertEquals(List.of(Outcome.REPAIRED), outcomes(run(), "customer", 1001));
    }
    site.change("UPDATE wp_kbs_customers SET email = 'free@example.org' WHERE id = 1000");
    run();
    assertTrue(run().complete());
    assertEquals("c1000@example.org", here.value("SELECT email FROM customer WHERE id = 1001"));
  }

  /** Both name and slug of a term, date and title of a draft, the address of a customer. */
  @Test
  void whatIsRenamedKeepsItsId() {
    begin("renamed");
    all.post(500, "kbs_ticket", 0, "Auto Draft");
    all.post(501, "kbs_ticket", 0, "Undated");
    all.post(502, "kbs_company", 0, "Auto Draft");
    all.customer(50, "old@example.net", 0);
    site.change(
        "SET SESSION sql_mode = ''",
        "UPDATE wp_posts SET post_status = 'auto-draft' WHERE ID IN (500, 502)",
        "UPDATE wp_posts SET post_date_gmt = '0000-00-00 00:00:00' WHERE ID = 501",
        "UPDATE wp_kbs_customers SET date_created = '0000-00-00 00:00:00' WHERE id = 50");
    run();
    HttpApi manager = login("manager");
    List<Long> billed = manager.get("?per_page=100&ticket_departments=9").ids();
    String category =
        site.value("SELECT MIN(term_id) FROM wp_term_taxonomy WHERE taxonomy = 'ticket_category'");
    List<Long> inCategory = manager.get("?per_page=100&ticket_categories=" + category).ids();
    assertFalse(billed.isEmpty() || inCategory.isEmpty());
    site.change(
        "UPDATE wp_terms SET name = CONCAT('New ', term_id), slug = CONCAT('new-', term_id)"
            + " WHERE term_id IN (9, "
            + category
            + ")",
        "UPDATE wp_posts SET post_status = IF(ID = 502, 'publish', 'new'), post_title ="
            + " CONCAT('Saved ', ID), post_date = '2026-03-02 12:00:00', post_date_gmt ="
            + " '2026-03-02 11:00:00' WHERE ID IN (500, 501, 502)",
        "UPDATE wp_kbs_customers SET email = 'new@example.net' WHERE id = 50");
    ImportReport second = run();
    assertEquals(billed, manager.get("?per_page=100&ticket_departments=9").ids());
    assertEquals(inCategory, manager.get("?per_page=100&ticket_categories=" + category).ids());
    assertEquals("New 9", here.value("SELECT name FROM term WHERE id = 9"));
    assertEquals("Saved 500", manager.get("/500").assertOk().text("title.raw"));
    assertEquals("Saved 501", manager.get("/501").assertOk().text("title.raw"));
    assertEquals("Saved 502", here.value("SELECT name FROM company WHERE id = 502"));
    assertEquals("new@example.net", here.value("SELECT email FROM customer WHERE id = 50"));
    assertEquals(0, second.rows(Outcome.DELETED), second.problems().toString());
    assertEquals("0", here.value("SELECT COUNT(*) FROM imported_as"));
    // From now on they have what tells them from others.
    site.change("DELETE FROM wp_posts WHERE ID = 500");
    all.post(500, "kbs_ticket", 0, "Quite another");
    assertTrue(outcomes(run(), "ticket", 500).contains(Outcome.DELETED));
  }

  /** The version before knew no local dates of files, and hashed them without. */
  @Test
  void filesOfAnEarlierVersionGetTheirLocalDate() {
    begin("files");
    run();
    List<String> dates = here.values("SELECT date_local FROM attachment ORDER BY id");
    here.change(
        "UPDATE attachment SET date_local = NULL",
        "UPDATE imported SET source_hash = UNHEX(MD5(id)), here_hash = UNHEX(MD5(id)),"
            + " identity = NULL WHERE kind = 'attachment'");
    String file = site.value("SELECT MIN(ID) FROM wp_posts WHERE post_type = 'attachment'");
    ImportReport second = run();
    assertTrue(second.complete(), second.problems().toString());
    assertEquals(dates, here.values("SELECT date_local FROM attachment ORDER BY id"));
    assertEquals(0, run().counts().get("attachments").written());
    here.change("UPDATE imported SET here_hash = UNHEX(MD5(id)) WHERE kind = 'attachment'");
    site.change("DELETE FROM wp_posts WHERE ID = " + file);
    assertEquals(List.of(Outcome.DELETED), outcomes(run(), "attachment", Long.parseLong(file)));
    assertEquals("0", here.value("SELECT COUNT(*) FROM attachment WHERE id = ?", file));
  }

  /** The version before noted nothing that tells rows from others of the same id. */
  @Test
  void whatAnEarlierVersionBroughtIsToldFromOthersLater() {
    begin("earlier");
    run();
    List<String> noted =
        here.rows("SELECT kind, id, HEX(identity) FROM imported WHERE id > 0 ORDER BY kind, id");
    here.change("UPDATE imported SET identity = NULL");
    assertEquals(0, run().counts().get("users").written());
    assertEquals(
        noted,
        here.rows("SELECT kind, id, HEX(identity) FROM imported WHERE id > 0 ORDER BY kind, id"));
    site.change(
        "DELETE FROM wp_users WHERE ID = 5",
        "DELETE FROM wp_usermeta WHERE user_id = 5",
        "DELETE FROM wp_posts WHERE ID = 26");
    all.user(5, "yann", "yann@example.net", "support_agent");
    all.post(26, "kbs_ticket", 0, "Quite another");
    run();
    assertEquals(401, login("chloe").get("/18").status());
    login("manager").get("/26").assertError(404, "rest_post_invalid_id");
  }

  /** FINDINGS 14: of a ticket deleted for good the replies stay, and the files have no parent. */
  @Test
  void aTicketThatIsGoneKeepsItsFiles() {
    begin("kept");
    for (long ticket : new long[] {26, 31}) {
      all.post(600 + ticket, "attachment", ticket, "Photo");
      all.post(700 + ticket, "kbs_ticket_reply", ticket, "Reply");
    }
    run();
    HttpApi manager = login("manager");
    int files = manager.get("/26").json().at("/ticket_data/files").size();
    manager.json("POST", "/31", Map.of("status", "closed")).assertOk();
    JsonNode changed = manager.get("/31").assertOk().json();
    site.change(
        "CREATE TABLE kept_post AS SELECT * FROM wp_posts WHERE ID = 26",
        "DELETE FROM wp_posts WHERE ID IN (26, 31, 726, 731)",
        "UPDATE wp_posts SET post_parent = 0 WHERE ID IN (626, 631)");
    for (int again = 0; again < 2; again++) {
      ImportReport report = run();
      assertEquals(List.of(Outcome.KEPT), outcomes(report, "ticket", 31));
      for (long ticket : new long[] {26, 31}) {
        assertEquals(List.of(), outcomes(report, "attachment", 600 + ticket));
        assertEquals(List.of(), outcomes(report, "reply", 700 + ticket));
      }
      assertEquals(changed, manager.get("/31").assertOk().json());
      manager.get("/26").assertError(404, "rest_post_invalid_id");
    }
    site.change(
        "INSERT INTO wp_posts SELECT * FROM kept_post",
        "UPDATE wp_posts SET post_parent = 26 WHERE ID = 626");
    run();
    assertEquals(files, manager.get("/26").assertOk().json().at("/ticket_data/files").size());
  }
}
