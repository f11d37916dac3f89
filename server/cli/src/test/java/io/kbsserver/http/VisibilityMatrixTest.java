package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.fields;
import static io.kbsserver.http.HttpApi.ticket;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kbsserver.change.Subject;
import io.kbsserver.contract.Contract;
import io.kbsserver.contract.Operation;
import io.kbsserver.http.TestServer.User;
import io.micronaut.http.HttpMethod;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Who sees and changes which ticket: every operation × every kind of caller × every kind of
 * ownership × the settings that decide it, by id and by number alike.
 */
class VisibilityMatrixTest {

  /** In every title, so that a search finds the tickets of this class only. */
  private static final String MARK = TestServer.unique("visibilitymatrix");

  /** The tickets, by what makes somebody see them. */
  private enum Kind {
    /**
     * Carla's, of her company, assigned to Annie, Hank helps, in Dina's department, Pat takes part.
     */
    OWN,
    /** Otto's, new, nobody's yet. */
    NEW,
    /** Otto's, open, assigned to Oscar. */
    FOREIGN,
    /** Otto's, open, assigned to nobody, in no department. */
    UNASSIGNED,
    /** Of no customer, assigned to Oscar. */
    ORPHAN,
    /** Carla's, in the trash, assigned to Oscar. */
    TRASH,
    /** Carla's, protected by a password, assigned to Oscar. */
    PROTECTED;

    /** Whether lists show it to those who may see it. */
    boolean listed() {
      return this != TRASH;
    }
  }

  private enum Who {
    ADMINISTRATOR,
    MANAGER,
    AGENT_ASSIGNED,
    AGENT_HELPING,
    AGENT_OF_DEPARTMENT,
    AGENT_OF_THE_OTHERS,
    CUSTOMER,
    COLLEAGUE,
    PARTICIPANT,
    STRANGER,
    SUBSCRIBER,
    EDITOR;

    boolean agent() {
      return name().startsWith("AGENT");
    }
  }

  /** One set of settings. */
  private record Site(
      boolean restricted,
      boolean departments,
      boolean multipleAgents,
      boolean participants,
      boolean adminAgents) {

    Set<Kind> seenBy(Who who) {
      Set<Kind> all = EnumSet.allOf(Kind.class);
      return switch (who) {
        case ADMINISTRATOR -> adminAgents ? all : EnumSet.noneOf(Kind.class);
        case MANAGER -> all;
        case AGENT_ASSIGNED -> restricted ? restricted(EnumSet.of(Kind.OWN)) : all;
        case AGENT_HELPING ->
            restricted
                ? restricted(multipleAgents ? EnumSet.of(Kind.OWN) : EnumSet.noneOf(Kind.class))
                : all;
        case AGENT_OF_DEPARTMENT ->
            restricted
                ? restricted(departments ? EnumSet.of(Kind.OWN) : EnumSet.noneOf(Kind.class))
                : all;
        case AGENT_OF_THE_OTHERS ->
            restricted
                ? restricted(EnumSet.of(Kind.FOREIGN, Kind.ORPHAN, Kind.TRASH, Kind.PROTECTED))
                : all;
        case CUSTOMER, COLLEAGUE -> EnumSet.of(Kind.OWN);
        case PARTICIPANT -> participants ? EnumSet.of(Kind.OWN) : EnumSet.noneOf(Kind.class);
        case STRANGER, SUBSCRIBER, EDITOR -> EnumSet.noneOf(Kind.class);
      };
    }

    /** What every agent sees, and without departments what nobody has taken. */
    private Set<Kind> restricted(Set<Kind> own) {
      own.add(Kind.NEW);
      if (!departments) {
        own.add(Kind.UNASSIGNED);
      }
      return own;
    }

    boolean isAgent(Who who) {
      return who.agent() || who == Who.MANAGER || (who == Who.ADMINISTRATOR && adminAgents);
    }

    static boolean mayEditSome(Who who) {
      return who.agent() || who == Who.MANAGER || who == Who.ADMINISTRATOR;
    }

    void applyTo(TestServer server) {
      server
          .set("restrict_agent_view", restricted ? "1" : "")
          .set("enable_departments", departments ? "1" : "")
          .set("multiple_agents", multipleAgents ? "1" : "")
          .set("enable_participants", participants ? "1" : "")
          .set("admin_agents", adminAgents ? "1" : "");
    }
  }

  /** The three methods mean the same; not every ticket needs all of them. */
  private static final Map<Kind, List<String>> METHODS = new EnumMap<>(Kind.class);

  static {
    for (Kind kind : Kind.values()) {
      METHODS.put(kind, List.of("POST"));
    }
    METHODS.put(Kind.OWN, List.of("POST", "PUT", "PATCH"));
    METHODS.put(Kind.FOREIGN, List.of("PUT"));
    METHODS.put(Kind.ORPHAN, List.of("PATCH"));
  }

  /** What of an operation is to be held for a caller on a site. */
  private interface Row {
    void check(Site site, Who who, Operation operation);
  }

  /** By operation: one that has no row here fails. */
  private static final Map<String, Row> ROWS =
      Map.ofEntries(
          entry("getIndex", VisibilityMatrixTest::checkIndex),
          entry("describeIndex", VisibilityMatrixTest::checkIndex),
          entry("runBatch", VisibilityMatrixTest::checkBatch),
          entry("describeBatch", VisibilityMatrixTest::checkIndex),
          entry("getNamespace", VisibilityMatrixTest::checkIndex),
          entry("describeNamespace", VisibilityMatrixTest::checkIndex),
          entry("listTickets", (site, who, operation) -> checkLists(site, who)),
          entry("createTicket", (site, who, operation) -> checkOpening(who)),
          entry("describeTickets", VisibilityMatrixTest::checkIndex),
          entry("getTicket", (site, who, operation) -> checkReading(site, who)),
          entry("updateTicket", VisibilityMatrixTest::checkUpdates),
          entry("putTicket", VisibilityMatrixTest::checkUpdates),
          entry("patchTicket", VisibilityMatrixTest::checkUpdates),
          entry("describeTicket", (site, who, operation) -> checkDescriptions(site, who)),
          entry("listMedia", VisibilityMatrixTest::checkMediaList),
          entry("uploadMedia", (site, who, operation) -> checkUploads(site, who)),
          entry("describeMedia", VisibilityMatrixTest::checkMediaList),
          entry("getMedia", VisibilityMatrixTest::checkMedia),
          entry("describeMediaFile", VisibilityMatrixTest::checkMedia),
          entry("listChanges", (site, who, operation) -> checkChanges(site, who)),
          entry("describeChanges", VisibilityMatrixTest::checkIndex),
          entry("streamChanges", (site, who, operation) -> checkEvents(site, who)),
          entry("describeEvents", VisibilityMatrixTest::checkIndex),
          entry("exportTickets", (site, who, operation) -> checkExport(site, who)),
          entry("describeExport", VisibilityMatrixTest::checkIndex),
          entry("listReplies", VisibilityMatrixTest::checkReplies),
          entry("createReply", VisibilityMatrixTest::checkReplying),
          entry("describeReplies", VisibilityMatrixTest::checkReplies),
          entry("getReply", VisibilityMatrixTest::checkReplies),
          entry("describeReply", VisibilityMatrixTest::checkReplies),
          entry("listTicketNotes", VisibilityMatrixTest::checkNotes),
          entry("createTicketNote", VisibilityMatrixTest::checkNotes),
          entry("describeTicketNotes", VisibilityMatrixTest::checkNotes),
          entry("getTicketNote", VisibilityMatrixTest::checkNotes),
          entry("describeTicketNote", VisibilityMatrixTest::checkNotes),
          entry("listTicketHistory", VisibilityMatrixTest::checkHistory),
          entry("describeTicketHistory", VisibilityMatrixTest::checkHistory),
          entry("downloadTicketFile", VisibilityMatrixTest::checkFiles),
          entry("describeTicketFile", VisibilityMatrixTest::checkFiles),
          entry("listCustomers", VisibilityMatrixTest::checkPeople),
          entry("describeCustomers", VisibilityMatrixTest::checkPeople),
          entry("getCustomer", VisibilityMatrixTest::checkPeople),
          entry("describeCustomer", VisibilityMatrixTest::checkPeople),
          entry("listCompanies", VisibilityMatrixTest::checkPeople),
          entry("describeCompanies", VisibilityMatrixTest::checkPeople),
          entry("getCompany", VisibilityMatrixTest::checkPeople),
          entry("describeCompany", VisibilityMatrixTest::checkPeople),
          entry("listAgents", VisibilityMatrixTest::checkPeople),
          entry("describeAgents", VisibilityMatrixTest::checkPeople),
          entry("getAgent", VisibilityMatrixTest::checkPeople),
          entry("describeAgent", VisibilityMatrixTest::checkPeople),
          entry("listWebhooks", VisibilityMatrixTest::checkWebhooks),
          entry("createWebhook", VisibilityMatrixTest::checkWebhooks),
          entry("describeWebhooks", VisibilityMatrixTest::checkWebhooks),
          entry("getWebhook", VisibilityMatrixTest::checkWebhooks),
          entry("updateWebhook", VisibilityMatrixTest::checkWebhooks),
          entry("putWebhook", VisibilityMatrixTest::checkWebhooks),
          entry("patchWebhook", VisibilityMatrixTest::checkWebhooks),
          entry("deleteWebhook", VisibilityMatrixTest::checkWebhooks),
          entry("describeWebhook", VisibilityMatrixTest::checkWebhooks),
          entry("listWebhookSecrets", VisibilityMatrixTest::checkWebhooks),
          entry("createWebhookSecret", VisibilityMatrixTest::checkWebhooks),
          entry("describeWebhookSecrets", VisibilityMatrixTest::checkWebhooks),
          entry("listWebhookDeliveries", VisibilityMatrixTest::checkWebhooks),
          entry("createWebhookDelivery", VisibilityMatrixTest::checkWebhooks),
          entry("describeWebhookDeliveries", VisibilityMatrixTest::checkWebhooks),
          entry("listForms", VisibilityMatrixTest::checkKnowledge),
          entry("describeForms", VisibilityMatrixTest::checkKnowledge),
          entry("getForm", VisibilityMatrixTest::checkKnowledge),
          entry("describeForm", VisibilityMatrixTest::checkKnowledge),
          entry("listFormFields", VisibilityMatrixTest::checkKnowledge),
          entry("describeFormFields", VisibilityMatrixTest::checkKnowledge),
          entry("getFormField", VisibilityMatrixTest::checkKnowledge),
          entry("describeFormField", VisibilityMatrixTest::checkKnowledge),
          entry("listArticles", VisibilityMatrixTest::checkKnowledge),
          entry("describeArticles", VisibilityMatrixTest::checkKnowledge),
          entry("getArticle", VisibilityMatrixTest::checkKnowledge),
          entry("describeArticle", VisibilityMatrixTest::checkKnowledge),
          entry("getWordPressNamespace", VisibilityMatrixTest::checkIndex),
          entry("describeWordPressNamespace", VisibilityMatrixTest::checkIndex),
          entry("listUsers", VisibilityMatrixTest::checkUsers),
          entry("describeUsers", VisibilityMatrixTest::checkUsers),
          entry("getCurrentUser", VisibilityMatrixTest::checkUsers),
          entry("describeCurrentUser", VisibilityMatrixTest::checkUsers),
          entry("getUser", VisibilityMatrixTest::checkUsers),
          entry("describeUser", VisibilityMatrixTest::checkUsers),
          entry("listApplicationPasswords", VisibilityMatrixTest::checkPasswords),
          entry("createApplicationPassword", VisibilityMatrixTest::checkPasswords),
          entry("deleteApplicationPasswords", VisibilityMatrixTest::checkPasswords),
          entry("describeApplicationPasswords", VisibilityMatrixTest::checkPasswords),
          entry("introspectApplicationPassword", VisibilityMatrixTest::checkPasswords),
          entry("getApplicationPassword", VisibilityMatrixTest::checkPasswords),
          entry("updateApplicationPassword", VisibilityMatrixTest::checkPasswords),
          entry("putApplicationPassword", VisibilityMatrixTest::checkPasswords),
          entry("patchApplicationPassword", VisibilityMatrixTest::checkPasswords),
          entry("deleteApplicationPassword", VisibilityMatrixTest::checkPasswords),
          entry("describeApplicationPassword", VisibilityMatrixTest::checkPasswords),
          entry("describeIntrospection", VisibilityMatrixTest::checkPasswords),
          entry("listTerms", VisibilityMatrixTest::checkTerms),
          entry("createTerm", VisibilityMatrixTest::checkTerms),
          entry("describeTerms", VisibilityMatrixTest::checkTerms),
          entry("getTerm", VisibilityMatrixTest::checkTerms),
          entry("updateTerm", VisibilityMatrixTest::checkTerms),
          entry("putTerm", VisibilityMatrixTest::checkTerms),
          entry("patchTerm", VisibilityMatrixTest::checkTerms),
          entry("deleteTerm", VisibilityMatrixTest::checkTerms),
          entry("describeTerm", VisibilityMatrixTest::checkTerms));

  private static final List<Operation> OPERATIONS = Contract.packaged().operations();

  /** What of a ticket is embedded is read as by these. */
  private static final Map<String, String> EMBEDDED =
      Map.of("getCustomer", "customer", "getCompany", "company");

  private static final String MEDIA = "/wp-json/wp/v2/media";
  private static final String CHANGES = "/wp-json/kbs/v1/changes";

  private static TestServer server;
  private static long source;
  private static long webhook;
  private static final Map<Who, User> USERS = new EnumMap<>(Who.class);
  private static final Map<Kind, Long> IDS = new EnumMap<>(Kind.class);
  private static final Map<Kind, String> NUMBERS = new EnumMap<>(Kind.class);
  private static final Map<Kind, Long> NOTES = new EnumMap<>(Kind.class);
  private static final Map<Kind, Long> REPLIES = new EnumMap<>(Kind.class);

  /** The files of replies that are drafts. */
  private static final Map<Kind, Long> DRAFTED = new EnumMap<>(Kind.class);

  private static final Map<Kind, Long> FILES = new EnumMap<>(Kind.class);
  private static long customer;
  private static long otto;
  private static long company;

  /** By the route of all of them: one that is published, and one that is not. */
  private static final Map<String, List<Long>> KNOWLEDGE = new HashMap<>();

  @BeforeAll
  static void makeTheKnowledge() {
    server = TestServer.fresh();
    long form = server.form("Open form");
    long draft = server.form(MARK + " form");
    long article = server.article("Open article", "For all");
    long hidden = server.article(MARK + " article", "For some");
    server.sql("UPDATE form SET status = 'draft' WHERE id = ?", draft);
    server.sql("UPDATE article SET status = 'draft' WHERE id = ?", hidden);
    KNOWLEDGE.put("/kbs/v1/forms", List.of(form, draft));
    KNOWLEDGE.put(
        "/kbs/v1/forms/fields",
        List.of(
            server.formField(form, "Open field", 0), server.formField(draft, MARK + " field", 0)));
    KNOWLEDGE.put("/wp/v2/articles", List.of(article, hidden));
  }

  @BeforeAll
  static void makeTheSite() {
    server = TestServer.fresh();
    for (Who who : Who.values()) {
      String role =
          switch (who) {
            case ADMINISTRATOR -> "administrator";
            case MANAGER -> "support_manager";
            case CUSTOMER, COLLEAGUE, PARTICIPANT, STRANGER -> "support_customer";
            case SUBSCRIBER -> "subscriber";
            case EDITOR -> "editor";
            default -> "support_agent";
          };
      User user = server.user(role);
      server.sql("UPDATE app_user SET display_name = ? WHERE id = ?", MARK + " " + who, user.id());
      USERS.put(who, user);
    }
    company = server.company(MARK + " Carla & Co");
    customer = customerOf(Who.CUSTOMER, company);
    customerOf(Who.COLLEAGUE, company);
    customerOf(Who.STRANGER, server.company("Strangers"));
    String ottosEmail = MARK + "-otto@example.org";
    otto = server.customer(ottosEmail, null, null);
    long department = server.term("ticket_departments", TestServer.unique("Dina's"));
    server.sql(
        "INSERT INTO department_agent (department_id, user_id) VALUES (?, ?)",
        department,
        USERS.get(Who.AGENT_OF_DEPARTMENT).id());

    source = server.term("ticket_sources", MARK);
    webhook = OperationRequest.newWebhook(server.user("support_manager").api()).id();
    server.sql("UPDATE webhook SET description = ?, status = 'paused' WHERE id = ?", MARK, webhook);
    server.set("ticket_prefix", "VM").set("ticket_suffix", "X");
    String carla = USERS.get(Who.CUSTOMER).email();
    String annie = USERS.get(Who.AGENT_ASSIGNED).email();
    String oscar = USERS.get(Who.AGENT_OF_THE_OTHERS).email();
    long own = create(Kind.OWN, carla, fields("agent_id", annie, "department", department));
    create(Kind.NEW, ottosEmail, Map.of());
    create(Kind.FOREIGN, ottosEmail, fields("agent_id", oscar));
    long unassigned = create(Kind.UNASSIGNED, ottosEmail, Map.of());
    long orphan = create(Kind.ORPHAN, ottosEmail, fields("agent_id", oscar));
    long trash = create(Kind.TRASH, carla, fields("agent_id", oscar));
    long hidden = create(Kind.PROTECTED, carla, fields("agent_id", oscar));
    server.sql(
        "INSERT INTO ticket_agent (ticket_id, user_id, position) VALUES (?, ?, 0)",
        own,
        USERS.get(Who.AGENT_HELPING).id());
    server.sql(
        "INSERT INTO ticket_participant (ticket_id, email, position) VALUES (?, ?, 1)",
        own,
        USERS.get(Who.PARTICIPANT).email());
    // Whoever has published something is a user whom everybody may see.
    User author = server.user("support_manager");
    IDS.forEach((kind, id) -> REPLIES.put(kind, reply(author, id, MARK).assertOk().id()));
    IDS.forEach((kind, id) -> DRAFTED.put(kind, fileOfADraft(author, id)));
    server.sql("UPDATE ticket SET status = 'open' WHERE id = ?", unassigned);
    server.sql("UPDATE ticket SET customer_id = NULL, user_id = NULL WHERE id = ?", orphan);
    server.sql(
        "INSERT IGNORE INTO ticket_status (slug, label, registered, assignable, position)"
            + " VALUES ('trash', 'Trash', FALSE, FALSE, 99)");
    server.sql("UPDATE ticket SET status = 'trash' WHERE id = ?", trash);
    server.sql("UPDATE ticket SET protected = TRUE WHERE id = ?", hidden);
    server.resetSettings();
  }

  @AfterEach
  void resetSettings() {
    server.resetSettings();
  }

  @AfterAll
  static void removeTheStatusOfThisTest() {
    server.sql("DELETE FROM ticket_participant WHERE ticket_id = ?", IDS.get(Kind.TRASH));
    server.sql("DELETE FROM reply WHERE ticket_id = ?", IDS.get(Kind.TRASH));
    server.sql("DELETE FROM ticket WHERE id = ?", IDS.get(Kind.TRASH));
    server.sql("DELETE FROM ticket_status WHERE slug = 'trash'");
  }

  private static long customerOf(Who who, long companyId) {
    User user = USERS.get(who);
    return server.customer(user.email(), user.id(), companyId);
  }

  private static long create(Kind kind, String email, Map<String, Object> more) {
    Map<String, Object> body = ticket(email, "ticket_title", MARK + " " + kind);
    body.putAll(more);
    Answer created = USERS.get(Who.MANAGER).api().post("", body).assertOk();
    IDS.put(kind, created.id());
    NUMBERS.put(kind, created.text("ticket_data.number"));
    String notes = "/" + created.id() + "/notes";
    NOTES.put(kind, USERS.get(Who.MANAGER).api().post(notes, fields("note_content", MARK)).id());
    FILES.put(kind, server.file(created.id(), null, "notes.txt", MARK.getBytes(UTF_8)));
    return created.id();
  }

  private static long fileOfADraft(User author, long ticket) {
    long draft = reply(author, ticket, MARK).assertOk().id();
    server.sql("UPDATE reply SET status = 'draft' WHERE id = ?", draft);
    return server.file(ticket, draft, "draft.txt", MARK.getBytes(UTF_8));
  }

  @TestFactory
  Stream<DynamicTest> everyCallerSeesAndChangesWhatTheSettingsSay() {
    List<Site> sites =
        List.of(
            new Site(false, true, true, true, true),
            new Site(true, true, true, true, true),
            new Site(true, false, true, true, true),
            new Site(true, true, false, false, false));
    return sites.stream()
        .flatMap(
            site ->
                Stream.of(Who.values())
                    .map(
                        who ->
                            dynamicTest(
                                who + " on " + site,
                                () -> {
                                  site.applyTo(server);
                                  for (Operation operation : OPERATIONS) {
                                    Row row = ROWS.get(operation.id());
                                    assertNotNull(row, operation.id() + " needs a row");
                                    row.check(site, who, operation);
                                  }
                                })));
  }

  /** Parts change what they would change alone, and tell no more. */
  private static void checkBatch(Site site, Who who, Operation operation) {
    HttpApi api = USERS.get(who).api();
    List<Map<String, Object>> parts =
        IDS.values().stream()
            .map(id -> fields("method", "PATCH", "path", "/kbs/v1/tickets/" + id))
            .toList();
    String body = HttpApi.json(fields("requests", parts));
    Answer answer = api.send("POST", "/wp-json" + operation.path(), HttpApi.JSON, body);
    assertEquals(207, answer.status(), answer::toString);
    int part = 0;
    for (long id : IDS.values()) {
      Answer alone = api.json("PATCH", "/" + id, Map.of());
      JsonNode together = answer.json().at("/responses/" + part++);
      assertEquals(alone.status(), together.get("status").asInt(), answer::toString);
      assertEquals(alone.body().contains(MARK), together.toString().contains(MARK));
    }
  }

  /** What is the same for everybody tells nothing of tickets. */
  private static void checkIndex(Site site, Who who, Operation operation) {
    String path = "/wp-json" + operation.path();
    assertHidden(USERS.get(who).api().send(operation.method().name(), path, null, null).assertOk());
  }

  /** For others open tickets those who work on them. */
  private static void checkOpening(Who who) {
    String email = TestServer.unique("any") + "@example.org";
    Answer answer = USERS.get(who).api().post("", ticket(email));
    if (Site.mayEditSome(who)) {
      answer.assertOk();
      assertEquals(email, answer.text("ticket_data.email"));
      assertEquals(
          server.address() + HttpApi.TICKETS + "/" + answer.id(), answer.header("Location"));
    } else {
      answer.assertError(403, "rest_forbidden_context");
    }
  }

  private static void checkReading(Site site, Who who) {
    HttpApi api = USERS.get(who).api();
    Set<Kind> seen = site.seenBy(who);
    for (Kind kind : Kind.values()) {
      for (String key : List.of(IDS.get(kind).toString(), NUMBERS.get(kind))) {
        Answer read = api.get("/" + key);
        Answer edited = api.get("/" + key + "?context=edit");
        if (seen.contains(kind)) {
          assertEquals(IDS.get(kind), read.assertOk().id(), kind.name());
        } else {
          read.assertError(403, "rest_forbidden");
          assertHidden(read);
        }
        if (seen.contains(kind) && site.isAgent(who)) {
          assertEquals(IDS.get(kind), edited.assertOk().id(), kind.name());
        } else {
          edited.assertError(403, "rest_forbidden_context");
          assertHidden(edited);
        }
      }
    }
  }

  /** The description is the same for everybody; Allow tells only who sees the ticket. */
  private static void checkDescriptions(Site site, Who who) {
    HttpApi api = USERS.get(who).api();
    for (Kind kind : Kind.values()) {
      for (String key : List.of(IDS.get(kind).toString(), NUMBERS.get(kind))) {
        boolean byId = key.equals(IDS.get(kind).toString());
        Answer described = api.send("OPTIONS", HttpApi.TICKETS + "/" + key, null, null).assertOk();
        String allowed = site.isAgent(who) && byId ? "GET, POST, PUT, PATCH" : "GET";
        assertEquals(
            site.seenBy(who).contains(kind) ? allowed : "",
            described.header("Allow"),
            kind.name() + " " + key);
        assertHidden(described);
      }
    }
  }

  /**
   * Files are for those who see their ticket, and of no other ticket than theirs; those of drafts
   * for agents among them.
   */
  private static void checkFiles(Site site, Who who, Operation operation) {
    HttpApi api = USERS.get(who).api();
    Set<Kind> seen = site.seenBy(who);
    for (Kind kind : Kind.values()) {
      String drafted = "/" + IDS.get(kind) + "/files/" + DRAFTED.get(kind);
      Answer draft = api.send(operation.method().name(), HttpApi.TICKETS + drafted, null, null);
      if (operation.method() == HttpMethod.GET && seen.contains(kind) && site.isAgent(who)) {
        assertEquals(MARK, draft.assertOk().body(), kind.name());
      } else if (operation.method() == HttpMethod.GET) {
        boolean sees = seen.contains(kind);
        assertHidden(
            draft.assertError(sees ? 404 : 403, sees ? "rest_file_invalid_id" : "rest_forbidden"));
      } else {
        assertHidden(draft.assertOk());
      }
      String path = "/" + IDS.get(kind) + "/files/" + FILES.get(kind);
      Answer answer = api.send(operation.method().name(), HttpApi.TICKETS + path, null, null);
      if (operation.method() == HttpMethod.OPTIONS) {
        assertHidden(answer.assertOk());
      } else if (seen.contains(kind)) {
        assertEquals(MARK, answer.assertOk().body(), kind.name());
      } else {
        assertHidden(answer.assertError(403, "rest_forbidden"));
      }
    }
    if (seen.contains(Kind.OWN) && operation.method() == HttpMethod.GET) {
      String others = "/" + IDS.get(Kind.OWN) + "/files/" + FILES.get(Kind.FOREIGN);
      api.get(others).assertError(404, "rest_file_invalid_id");
    }
  }

  private static void checkMediaList(Site site, Who who, Operation operation) {
    HttpApi api = USERS.get(who).api();
    if (operation.method() == HttpMethod.OPTIONS) {
      assertHidden(api.send("OPTIONS", MEDIA, null, null).assertOk());
      return;
    }
    Set<Long> wanted = new TreeSet<>();
    for (Kind kind : site.seenBy(who)) {
      wanted.add(FILES.get(kind));
      if (site.isAgent(who)) {
        wanted.add(DRAFTED.get(kind));
      }
    }
    List<Long> all =
        Stream.concat(FILES.values().stream(), DRAFTED.values().stream()).sorted().toList();
    String every = String.join(",", all.stream().map(String::valueOf).toList());
    String parents = String.join(",", IDS.values().stream().map(String::valueOf).toList());
    assertSees(wanted, api, "include=" + every);
    assertSees(wanted, api, "search=txt&include=" + every);
    wanted.removeAll(DRAFTED.values());
    assertSees(wanted, api, "parent=" + parents);
  }

  /** Neither a list nor its total tells of another. */
  private static void assertSees(Set<Long> media, HttpApi api, String query) {
    Answer list = api.send("GET", MEDIA + "?per_page=100&" + query, null, null);
    assertEquals(media, new TreeSet<>(list.assertOk().ids()), query);
    assertEquals(media.size(), list.total(), query);
  }

  private static void checkMedia(Site site, Who who, Operation operation) {
    HttpApi api = USERS.get(who).api();
    for (Kind kind : Kind.values()) {
      boolean sees = site.seenBy(who).contains(kind);
      checkMedia(api, operation, FILES.get(kind), sees);
      checkMedia(api, operation, DRAFTED.get(kind), sees && site.isAgent(who));
    }
  }

  private static void checkMedia(HttpApi api, Operation operation, long id, boolean sees) {
    Answer answer = api.send(operation.method().name(), MEDIA + "/" + id, null, null);
    if (operation.method() == HttpMethod.OPTIONS) {
      assertHidden(answer.assertOk());
    } else if (sees) {
      assertEquals(id, answer.assertOk().id());
    } else {
      assertHidden(answer.assertError(403, "rest_forbidden"));
    }
  }

  /** A file is not attached to a ticket that the caller does not see. */
  private static void checkUploads(Site site, Who who) {
    for (Kind kind : Kind.values()) {
      String count = "SELECT COUNT(*) FROM attachment WHERE ticket_id = " + IDS.get(kind);
      long before = server.number(count);
      boolean may = site.seenBy(who).contains(kind) && (site.isAgent(who) || who == Who.CUSTOMER);
      // Who may is told what is missing, or the others would no longer be the same.
      MultipartBody form = new MultipartBody().field("post", String.valueOf(IDS.get(kind)));
      if (!may) {
        form.files(new SentFile("file", "a.txt", MARK));
      }
      Answer answer = USERS.get(who).api().send("POST", MEDIA, MultipartBody.TYPE, form.toString());
      if (may) {
        answer.assertError(400, "rest_upload_no_data");
      } else {
        assertEquals(403, answer.status(), answer::toString);
        assertHidden(answer);
      }
      assertEquals(before, server.number(count), kind.name());
    }
  }

  private static void checkLists(Site site, Who who) {
    HttpApi api = USERS.get(who).api();
    Set<Long> wanted = new TreeSet<>();
    site.seenBy(who).stream().filter(Kind::listed).forEach(kind -> wanted.add(IDS.get(kind)));
    String every = String.join(",", IDS.values().stream().map(String::valueOf).toList());
    for (String query : List.of("?search=" + MARK, "?include=" + every)) {
      Answer list = api.get(query + "&per_page=100");
      assertEquals(wanted, new TreeSet<>(list.ids()), query);
      assertEquals(wanted.size(), list.total(), query);
      assertEquals(wanted.isEmpty() ? "0" : "1", list.header("X-WP-TotalPages"), query);
      assertEquals(wanted, paged(api, query), query);
    }
    // A filter that only hidden tickets meet tells nothing of them.
    for (Kind kind : Kind.values()) {
      if (site.seenBy(who).contains(kind)) {
        continue;
      }
      Answer found = api.get("?per_page=1&search=" + MARK + "+" + kind);
      assertEquals(0, found.total(), kind.name());
      assertFalse(found.header("Link").contains("rel=\"next\""), found::toString);
    }
    for (String filter : List.of("customer=" + customer, "company=" + company)) {
      Set<Long> ofCarla = new TreeSet<>();
      for (Kind kind : List.of(Kind.OWN, Kind.PROTECTED)) {
        if (site.seenBy(who).contains(kind)) {
          ofCarla.add(IDS.get(kind));
        }
      }
      Answer list = api.get("?" + filter);
      assertEquals(ofCarla, new TreeSet<>(list.ids()), filter);
      assertEquals(ofCarla.size(), list.total(), filter);
    }
    Answer editing = api.get("?context=edit&search=" + MARK);
    if (Site.mayEditSome(who)) {
      assertEquals(wanted, new TreeSet<>(editing.ids()));
    } else {
      editing.assertError(403, "rest_forbidden_context");
    }
  }

  /** All ids, page by page along the links. */
  private static Set<Long> paged(HttpApi api, String query) {
    Set<Long> ids = new TreeSet<>();
    int page = 1;
    Answer answer = api.get(query + "&per_page=2");
    ids.addAll(answer.ids());
    long total = answer.total();
    while (answer.header("Link").contains("rel=\"next\"")) {
      page++;
      answer = api.get(query + "&per_page=2&page=" + page);
      ids.addAll(answer.ids());
      assertEquals(total, answer.total());
    }
    assertEquals(ids.size(), total, query);
    return ids;
  }

  private static void checkUpdates(Site site, Who who, Operation operation) {
    String method = operation.method().name();
    HttpApi api = USERS.get(who).api();
    Set<Kind> changeable = site.isAgent(who) ? site.seenBy(who) : EnumSet.noneOf(Kind.class);
    for (Kind kind : Kind.values()) {
      if (!METHODS.get(kind).contains(method)) {
        continue;
      }
      long id = IDS.get(kind);
      String before = state(id);
      // Nothing to change for those who may; a change for those who may not.
      Map<String, Object> body =
          changeable.contains(kind) ? Map.of() : fields("company", company, "status", "closed");
      Answer answer = api.json(method, "/" + id, body);
      if (changeable.contains(kind)) {
        assertEquals(id, answer.assertOk().id());
      } else {
        answer.assertError(403, "rest_cannot_edit");
        assertHidden(answer);
      }
      assertEquals(before, state(id), kind.name());
    }
  }

  /** Webhooks are for those who work on tickets, and each is its user's alone. */
  private static void checkWebhooks(Site site, Who who, Operation operation) {
    HttpApi api = USERS.get(who).api();
    boolean staff = Site.mayEditSome(who);
    boolean one = operation.path().contains("{");
    Answer answer = OperationRequest.send(api, operation, Long.toString(webhook));
    if (operation.method() == HttpMethod.OPTIONS) {
      // Of somebody else's there is nothing that one may do.
      assertEquals(staff && !one, !answer.assertOk().header("Allow").isEmpty());
    } else if (!staff) {
      answer.assertError(403, "rest_forbidden");
    } else if (one) {
      answer.assertError(404, "rest_webhook_invalid_id");
    } else if (operation.method() == HttpMethod.POST) {
      server.sql("DELETE FROM webhook WHERE id = ?", answer.id());
    } else {
      assertEquals("[]", answer.assertOk().body());
    }
    assertHidden(answer);
    assertEquals(1, server.number("SELECT COUNT(*) FROM webhook WHERE description = ?", MARK));
  }

  /** Notes are for the agents who see the ticket; its customer is a stranger. */
  private static void checkNotes(Site site, Who who, Operation operation) {
    HttpApi api = USERS.get(who).api();
    boolean one = operation.path().endsWith("}");
    for (Kind kind : Kind.values()) {
      boolean seen = site.isAgent(who) && site.seenBy(who).contains(kind);
      String path =
          HttpApi.TICKETS + "/" + IDS.get(kind) + "/notes" + (one ? "/" + NOTES.get(kind) : "");
      if (operation.method() == HttpMethod.OPTIONS) {
        Answer described = api.send("OPTIONS", path, null, null).assertOk();
        String allowed = one ? "GET" : "GET, POST";
        assertEquals(seen ? allowed : "", described.header("Allow"), kind.name());
        assertHidden(described);
      } else if (operation.method() == HttpMethod.POST) {
        // Nothing to note for those who may; something for those who may not.
        Map<String, Object> body = seen ? Map.of() : fields("note_content", "x");
        Answer answer = api.send("POST", path, HttpApi.JSON, HttpApi.json(body));
        answer.assertError(seen ? 400 : 403, seen ? "required_fields" : "rest_forbidden");
        assertEquals(
            1,
            server.number("SELECT COUNT(*) FROM ticket_note WHERE ticket_id = ?", IDS.get(kind)));
      } else {
        Answer read = api.send("GET", path, null, null);
        if (seen) {
          assertTrue(read.assertOk().body().contains(MARK), kind.name());
        } else {
          read.assertError(403, "rest_forbidden");
          assertEquals("", read.header("X-WP-Total") + read.header("Allow"));
          assertHidden(read);
        }
      }
    }
  }

  /** Of each change somebody is told who sees what was changed, and nobody else. */
  private static void checkChanges(Site site, Who who) {
    HttpApi api = USERS.get(who).api();
    long start = changeAll(api);
    Answer answer = api.send("GET", CHANGES + "?after=" + start, null, null).assertOk();
    List<JsonNode> changes = new ArrayList<>();
    answer.json().path("changes").forEach(changes::add);
    assertTold(site, who, changes);
    if (changes.isEmpty()) {
      assertHidden(answer);
    }
  }

  /** The same as it happens. */
  private static void checkEvents(Site site, Who who) {
    HttpApi api = USERS.get(who).api();
    String query = "?wait=0&after=" + changeAll(api);
    Answer answer = api.send("GET", "/wp-json/kbs/v1/events" + query, null, null).assertOk();
    List<JsonNode> changes = new ArrayList<>();
    answer
        .body()
        .lines()
        .filter(line -> line.startsWith("data: "))
        .forEach(line -> changes.add(json(line.substring("data: ".length()))));
    assertTold(site, who, changes);
    if (changes.isEmpty()) {
      assertHidden(answer);
    }
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }

  /** Changes all that this class has made; tells the position before. */
  private static long changeAll(HttpApi api) {
    long start = api.send("GET", CHANGES, null, null).assertOk().json().path("next").asLong();
    LoggedWork.in(
        server,
        log -> {
          log.change(Subject.TICKET, IDS.values(), "UPDATE ticket SET website = UUID()");
          log.change(Subject.NOTE, NOTES.values(), "UPDATE ticket_note SET author_name = UUID()");
          log.change(Subject.REPLY, REPLIES.values(), "UPDATE reply SET content_raw = UUID()");
          log.change(Subject.FILE, FILES.values(), "UPDATE attachment SET url = UUID()");
          log.change(Subject.FILE, DRAFTED.values(), "UPDATE attachment SET url = UUID()");
        });
    return start;
  }

  private static void assertTold(Site site, Who who, List<JsonNode> changes) {
    Set<String> expected = new TreeSet<>();
    for (Kind kind : site.seenBy(who)) {
      expected.add("ticket " + IDS.get(kind));
      expected.add("reply " + REPLIES.get(kind));
      expected.add("file " + FILES.get(kind));
      if (site.isAgent(who)) {
        expected.add("note " + NOTES.get(kind));
        expected.add("file " + DRAFTED.get(kind));
      }
    }
    Set<String> told = new TreeSet<>();
    for (JsonNode change : changes) {
      told.add(change.path("kind").asText() + " " + change.path("id").asText());
      assertFalse(change.path("gone").asBoolean() || !change.has("object"), change::toString);
    }
    assertEquals(expected, told);
  }

  /** History tells of notes: it is for those who read them. */
  private static void checkHistory(Site site, Who who, Operation operation) {
    for (Kind kind : Kind.values()) {
      boolean seen = site.isAgent(who) && site.seenBy(who).contains(kind);
      String path = HttpApi.TICKETS + "/" + IDS.get(kind) + "/history?order=asc";
      Answer answer = USERS.get(who).api().send(operation.method().name(), path, null, null);
      if (operation.method() == HttpMethod.OPTIONS) {
        assertEquals(seen ? "GET" : "", answer.assertOk().header("Allow"), kind.name());
        assertHidden(answer);
      } else if (seen) {
        assertTrue(answer.assertOk().body().contains(MARK), kind.name());
      } else {
        answer.assertError(403, "rest_forbidden");
        assertEquals("", answer.header("X-WP-Total") + answer.header("Allow"));
        assertHidden(answer);
      }
    }
  }

  /** An export has what the caller sees, and nothing else that this class has made. */
  private static void checkExport(Site site, Who who) {
    HttpApi api = USERS.get(who).api();
    Map<String, Map<Kind, Long>> wanted = Map.of("ticket", IDS, "note", NOTES, "file", FILES);
    wanted.forEach(
        (kind, ids) -> {
          Set<Long> expected = new TreeSet<>();
          if (!kind.equals("note") || site.isAgent(who)) {
            site.seenBy(who).forEach(seen -> expected.add(ids.get(seen)));
          }
          long before = Collections.min(ids.values()) - 1;
          String path = HttpApi.TICKETS + "/export?kind=" + kind + "&after=" + before;
          Answer export = api.send("GET", path, null, null).assertOk();
          Set<Long> exported = new TreeSet<>();
          Matcher found = Pattern.compile("(?m)^\\{\"id\":(\\d+)").matcher(export.body());
          while (found.find()) {
            exported.add(Long.valueOf(found.group(1)));
          }
          exported.retainAll(new TreeSet<>(ids.values()));
          assertEquals(expected, exported, kind);
        });
  }

  private static Answer reply(User who, long ticket, String text) {
    return who.api()
        .send(
            "POST",
            "/wp-json/kbs/v1/replies/ticket/" + ticket,
            HttpApi.JSON,
            HttpApi.json(Map.of("reply_content", text)));
  }

  /** Replies are read by whoever sees their ticket. */
  private static void checkReplies(Site site, Who who, Operation operation) {
    boolean describes = operation.method() == HttpMethod.OPTIONS;
    boolean lists = operation.path().contains("/ticket/");
    for (Kind kind : Kind.values()) {
      long id = (lists ? IDS : REPLIES).get(kind);
      String path = "/wp-json" + operation.path().replace("{id}", String.valueOf(id));
      boolean seen = site.seenBy(who).contains(kind);
      Answer answer = USERS.get(who).api().send(operation.method().name(), path, null, null);
      if (describes) {
        String allowed = lists && replies(site, who) ? "GET, POST" : "GET";
        assertEquals(seen ? allowed : "", answer.assertOk().header("Allow"), kind + " " + path);
        assertHidden(answer);
      } else if (seen) {
        assertTrue(answer.assertOk().body().contains(MARK), path);
        assertEquals(lists && replies(site, who) ? "GET, POST" : "GET", answer.header("Allow"));
      } else {
        answer.assertError(403, "rest_forbidden_context");
        assertEquals("", answer.header("X-WP-Total") + answer.header("Allow"));
        assertHidden(answer);
      }
    }
  }

  /** Agents reply to what they see, customers to their own tickets. */
  private static boolean replies(Site site, Who who) {
    return site.isAgent(who) || who == Who.CUSTOMER;
  }

  private static void checkReplying(Site site, Who who, Operation operation) {
    for (Kind kind : Kind.values()) {
      String count = "SELECT COUNT(*) FROM reply WHERE ticket_id = " + IDS.get(kind);
      long before = server.number(count);
      boolean may = site.seenBy(who).contains(kind) && replies(site, who);
      // Who may is told what is missing, or the others would no longer be the same.
      Answer answer = reply(USERS.get(who), IDS.get(kind), may ? "" : MARK);
      if (may) {
        answer.assertError(400, "required_fields");
      } else {
        answer.assertError(403, "rest_forbidden_context");
        assertHidden(answer);
      }
      assertEquals(before, server.number(count), kind.name());
    }
  }

  /**
   * Customers and companies are for those who run the help desk or the site, agents or not; agents
   * for those of them who are agents.
   */
  private static void checkPeople(Site site, Who who, Operation operation) {
    HttpApi api = USERS.get(who).api();
    boolean ofAgents = operation.path().contains("/agents");
    boolean reads =
        who == Who.MANAGER || (who == Who.ADMINISTRATOR && (!ofAgents || site.adminAgents));
    String path = addressOf(operation);
    if (operation.method() == HttpMethod.OPTIONS) {
      Answer described = api.send("OPTIONS", path, null, null).assertOk();
      assertEquals(reads ? "GET" : "", described.header("Allow"), path);
      assertHidden(described);
      return;
    }
    Answer read = api.send(operation.method().name(), path, null, null);
    if (reads) {
      assertTrue(read.assertOk().body().contains(MARK), path);
    } else {
      read.assertError(403, "rest_forbidden");
      assertEquals("", read.header("X-WP-Total") + read.header("Allow"));
      assertHidden(read);
    }
    String relation = EMBEDDED.get(operation.id());
    if (relation != null && site.seenBy(who).contains(Kind.OWN)) {
      JsonNode ticket = api.get("/" + IDS.get(Kind.OWN) + "?_embed").assertOk().json();
      JsonNode one = ticket.get("_embedded").get(relation).get(0);
      assertEquals(reads ? "" : "rest_forbidden", one.path("code").asText(), relation);
      assertEquals(reads, one.has("id"), relation);
    }
  }

  /** Forms and articles are for everybody, once they are published. */
  private static void checkKnowledge(Site site, Who who, Operation operation) {
    HttpApi api = USERS.get(who).api();
    String route = operation.path().replace("/{id}", "");
    long open = KNOWLEDGE.get(route).get(0);
    long hidden = KNOWLEDGE.get(route).get(1);
    boolean articles = route.endsWith("/articles");
    boolean all = articles ? Site.mayEditSome(who) : who == Who.MANAGER || who == Who.ADMINISTRATOR;
    String path = "/wp-json" + route;
    if (operation.method() == HttpMethod.OPTIONS) {
      String one = operation.path().equals(route) ? path : path + "/" + hidden;
      assertHidden(api.send("OPTIONS", one, null, null).assertOk());
    } else if (operation.path().equals(route)) {
      String both = path + "?include=" + open + "," + hidden;
      boolean fields = route.endsWith("/fields");
      Answer list = api.send("GET", both, null, null).assertOk();
      assertEquals(fields && all ? List.of(open, hidden) : List.of(open), sorted(list.ids()));
      if (!all) {
        assertHidden(list);
      }
    } else {
      assertEquals(open, api.send("GET", path + "/" + open, null, null).assertOk().id());
      Answer read = api.send("GET", path + "/" + hidden, null, null);
      if (all) {
        assertEquals(hidden, read.assertOk().id());
      } else if (articles) {
        assertHidden(read.assertError(403, "rest_forbidden"));
      } else {
        assertHidden(read.assertError(404, "rest_post_invalid_id"));
      }
    }
  }

  private static List<Long> sorted(List<Long> ids) {
    return ids.stream().sorted().toList();
  }

  /** An address of the operation that leads to somebody of this class. */
  private static String addressOf(Operation operation) {
    long id =
        operation.path().contains("/agents")
            ? USERS.get(Who.MANAGER).id()
            : operation.path().contains("/customers") ? otto : company;
    String path = "/wp-json" + operation.path();
    return path.contains("{id}")
        ? path.replace("{id}", String.valueOf(id))
        : path + "?search=" + MARK;
  }

  /** All addresses of customers, companies and agents. */
  private static List<String> people() {
    return OPERATIONS.stream()
        .filter(operation -> operation.path().matches("/kbs/v1/(customers|companies|agents).*"))
        .map(VisibilityMatrixTest::addressOf)
        .distinct()
        .toList();
  }

  /** Who sees a user who has published nothing does not hang on any setting. */
  private static void checkUsers(Site site, Who who, Operation operation) {
    User self = USERS.get(who);
    HttpApi api = self.api();
    String path = "/wp-json" + operation.path();
    if (operation.method() == HttpMethod.OPTIONS) {
      String own = path.replace("{id}", String.valueOf(self.id()));
      assertHidden(api.send("OPTIONS", own, null, null).assertOk());
      return;
    }
    boolean all = who == Who.ADMINISTRATOR;
    if (path.endsWith("/me")) {
      assertEquals(self.id(), api.send("GET", path, null, null).assertOk().id());
    } else if (path.endsWith("/{id}")) {
      for (User user : USERS.values()) {
        String address = path.replace("{id}", String.valueOf(user.id()));
        Answer answer = api.send("GET", address, null, null);
        if (all || user.equals(self)) {
          assertEquals(user.id(), answer.assertOk().id());
        } else {
          answer.assertError(403, "rest_user_cannot_view");
        }
      }
    } else {
      String ids = USERS.values().stream().map(User::id).map(String::valueOf).collect(joining(","));
      Answer list = api.send("GET", path + "?per_page=100&include=" + ids, null, null).assertOk();
      assertEquals(all ? USERS.size() : 0, list.json().size());
    }
  }

  /** Passwords are their owner's, and administrators'. */
  private static void checkPasswords(Site site, Who who, Operation operation) {
    for (Who owner : Who.values()) {
      boolean asks = operation.method() == HttpMethod.OPTIONS;
      if (asks || (owner != who && who != Who.ADMINISTRATOR)) {
        String path =
            ("/wp-json" + operation.path())
                .replace("{userId}", String.valueOf(USERS.get(owner).id()))
                .replace("{uuid}", "00000000-0000-4000-8000-000000000000");
        boolean writes =
            Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH).contains(operation.method());
        Answer answer =
            USERS
                .get(who)
                .api()
                .send(
                    operation.method().name(),
                    path,
                    writes ? "application/json" : null,
                    writes ? "{\"name\":\"mine\"}" : null);
        assertEquals(asks ? 200 : 403, answer.status(), answer::toString);
        assertHidden(answer);
      }
    }
  }

  /** Terms are for everybody, but for those of a ticket; they are written by few. */
  private static void checkTerms(Site site, Who who, Operation operation) {
    HttpApi api = USERS.get(who).api();
    String path = "/wp-json" + operation.path().replace("{taxonomy}", "ticket_sources");
    if (operation.id().equals("listTerms")) {
      for (Kind kind : Kind.values()) {
        Answer terms = api.send("GET", path + "?post=" + IDS.get(kind), null, null);
        int status = site.seenBy(who).contains(kind) ? 200 : 403;
        assertEquals(status, terms.status(), () -> kind + " " + terms);
      }
      return;
    }
    boolean sends =
        Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH).contains(operation.method());
    Answer answer =
        api.send(
            operation.method().name(),
            path.replace("{id}", String.valueOf(source)),
            sends ? "application/json" : null,
            sends ? "{\"name\":\"" + TestServer.unique(MARK) + "\"}" : null);
    boolean runs = who == Who.ADMINISTRATOR || who == Who.MANAGER;
    int done =
        switch (operation.id()) {
          case "getTerm", "describeTerm", "describeTerms" -> 200;
          case "createTerm" -> Site.mayEditSome(who) ? 201 : 403;
          // Nobody says here that it is to go for good.
          case "deleteTerm" -> runs ? 501 : 403;
          default -> runs ? 200 : 403;
        };
    assertEquals(done, answer.status(), answer::toString);
  }

  private static String state(long id) {
    return server
        .values("SELECT CONCAT_WS('|', status, company_id) FROM ticket WHERE id = ?", id)
        .get(0);
  }

  @Test
  void aSettingLetsAllOpenTicketsForOthers() {
    server.set("customers_open_for_others", "1");
    for (Who who : Who.values()) {
      USERS.get(who).api().post("", ticket(TestServer.unique("any") + "@example.org")).assertOk();
    }
  }

  @Test
  void anonymousRequestsGetNothing() {
    HttpApi api = server.anonymous();
    List<Answer> answers = new ArrayList<>();
    for (String key : List.of("/" + IDS.get(Kind.OWN), "/" + NUMBERS.get(Kind.OWN), "/999999")) {
      answers.add(api.get(key));
      answers.add(api.get(key + "?context=edit"));
    }
    for (String method : List.of("POST", "PUT", "PATCH")) {
      answers.add(api.json(method, "/" + IDS.get(Kind.OWN), fields("status", "closed")));
    }
    answers.add(api.get(""));
    answers.add(api.get("?search=" + MARK));
    answers.add(api.get("?include=" + IDS.get(Kind.OWN)));
    answers.add(api.post("", ticket("anonymous@example.org")));
    people().forEach(path -> answers.add(api.send("GET", path, null, null)));
    String notes = "/" + IDS.get(Kind.OWN) + "/notes";
    answers.add(api.get(notes));
    answers.add(api.get(notes + "/" + NOTES.get(Kind.OWN)));
    answers.add(api.post(notes, fields("note_content", "x")));
    for (Answer answer : answers) {
      answer.assertError(401, "rest_forbidden_context");
      assertEquals("", answer.header("X-WP-Total"));
      assertHidden(answer);
    }
    assertEquals(
        0, server.number("SELECT COUNT(*) FROM customer WHERE email = 'anonymous@example.org'"));
  }

  @Test
  void anonymousRequestsLearnWhatThereIsAndNothingOfTheTickets() {
    HttpApi api = server.anonymous();
    for (String path : List.of("/wp-json/", "/wp-json/kbs/v1")) {
      Answer index = api.send("GET", path, null, null).assertOk();
      assertEquals("GET", index.header("Allow"));
      assertEquals("GET", api.send("OPTIONS", path, null, null).assertOk().header("Allow"));
      assertHidden(index);
    }
    List<String> paths = new ArrayList<>(people());
    String notes = "/" + IDS.get(Kind.OWN) + "/notes";
    for (String key : List.of("", "/" + IDS.get(Kind.OWN), "/" + NUMBERS.get(Kind.OWN), notes)) {
      paths.add(HttpApi.TICKETS + key);
    }
    paths.add(HttpApi.TICKETS + notes + "/" + NOTES.get(Kind.OWN));
    for (String path : paths) {
      Answer described = api.send("OPTIONS", path, null, null).assertOk();
      assertEquals("", described.header("Allow"));
      assertHidden(described);
    }
  }

  @Test
  void hiddenTicketsAndMissingOnesDifferOnlyAsInWordPress() {
    HttpApi stranger = USERS.get(Who.STRANGER).api();
    stranger.get("/" + IDS.get(Kind.OWN)).assertError(403, "rest_forbidden");
    stranger.get("/99999999").assertError(404, "rest_post_invalid_id");
    stranger.json("POST", "/99999999", Map.of()).assertError(404, "rest_post_invalid_id");
  }

  @Test
  void aTicketThatIsChangedOutOfSightIsStillAnswered() {
    server.set("restrict_agent_view", "1");
    User annie = USERS.get(Who.AGENT_ASSIGNED);
    Answer created =
        annie
            .api()
            .post("", ticket(MARK + "-away@example.org", "agent_id", annie.email()))
            .assertOk();
    long oscar = USERS.get(Who.AGENT_OF_THE_OTHERS).id();
    annie.api().post("/" + created.id(), fields("agent", oscar)).assertOk();
    annie.api().get("/" + created.id()).assertError(403, "rest_forbidden");
  }

  @Test
  void noRowIsOfAnOperationThatThereIsNot() {
    Set<String> operations = OPERATIONS.stream().map(Operation::id).collect(Collectors.toSet());
    assertEquals(operations, ROWS.keySet());
  }

  private static void assertHidden(Answer answer) {
    assertFalse(answer.body().contains(MARK), answer::toString);
  }
}
