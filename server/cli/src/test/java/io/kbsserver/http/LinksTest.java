package io.kbsserver.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.access.Role;
import io.kbsserver.contract.Contract;
import io.kbsserver.contract.Operation;
import io.kbsserver.contract.Route;
import io.micronaut.http.HttpMethod;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every link leads somewhere: from the index on, each is followed, in answers, in what is embedded
 * and in headers, as everybody in turn. What comes is what the contract and the tickets of the site
 * let them have, and where there is nothing, it is written down here why.
 */
class LinksTest {

  private static final String ROOT = "/wp-json";

  /** So many addresses as one caller; the site has fewer that the links of it lead to. */
  private static final int MOST = 600;

  /** Where links lead that name something which is missing in the data of the site. */
  private static final List<Pattern> MISSING =
      List.of(
          // A ticket is of a customer who was deleted.
          Pattern.compile("/wp-json/kbs/v1/customers/9999"),
          // These were imported without their bytes, which stayed in WordPress.
          Pattern.compile("/wp-json/kbs/v1/tickets/\\d+/files/23[4-7]"));

  /** What an administrator is led to beside the lists. */
  private static final List<String> SINGLE =
      List.of(
          "getTicket",
          "listReplies",
          "getReply",
          "downloadTicketFile",
          "getCustomer",
          "getCompany",
          "getForm",
          "getUser",
          "getTerm",
          "getArticle");

  private static final Pattern IN_HEADER = Pattern.compile("<([^>]*)>");

  /** Who asks, by login. */
  private enum Who {
    ADMINISTRATOR("admin", Role.ADMINISTRATOR),
    MANAGER("manager", Role.SUPPORT_MANAGER),
    AGENT("anna", Role.SUPPORT_AGENT),
    CUSTOMER("carl", Role.SUPPORT_CUSTOMER),
    SUBSCRIBER("sam", "subscriber"),
    ANYBODY(null, null);

    private final String login;
    private final String role;

    Who(String login, String role) {
      this.login = login;
      this.role = role;
    }

    HttpApi api() {
      return login == null ? server.anonymous() : ImportedSite.login(server, login);
    }

    boolean isAdmittedTo(Operation operation) {
      return CallersOf.role(role).contains(operation.callers());
    }
  }

  private static final Contract CONTRACT = Contract.packaged();
  private static final Map<Who, Map<String, Integer>> FOUND = new EnumMap<>(Who.class);

  private static final List<Long> UPLOADS = new ArrayList<>();

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = ImportedServer.get();
    long ticket =
        server.number(
            "SELECT t.id FROM reply r JOIN ticket t ON t.id = r.ticket_id"
                + " LEFT JOIN customer c ON c.id = t.customer_id"
                + " LEFT JOIN app_user u ON u.id = c.user_id"
                + " WHERE r.status = 'publish' AND NOT t.protected"
                + " ORDER BY u.login <=> 'carl' DESC, t.id LIMIT 1");
    long reply =
        server.number(
            "SELECT MIN(id) FROM reply WHERE ticket_id = ? AND status = 'publish'", ticket);
    UPLOADS.add(server.file(ticket, null, "of a ticket.txt", new byte[] {1}));
    UPLOADS.add(server.file(ticket, reply, "of a reply.txt", new byte[] {2}));
  }

  /** Others read the site as well. */
  @AfterAll
  static void takeAwayTheUploads() {
    UPLOADS.forEach(file -> server.sql("DELETE FROM attachment WHERE id = ?", file));
  }

  @ParameterizedTest
  @EnumSource(Who.class)
  void everyLinkLeadsSomewhere(Who who) {
    Map<String, Integer> all = found(Who.ADMINISTRATOR);
    List<String> wrong = new ArrayList<>();
    found(who)
        .forEach(
            (path, status) -> {
              if (!isRight(who, path, status, all.getOrDefault(path, 0))) {
                wrong.add(status + " " + path);
              }
            });
    assertEquals(List.of(), wrong);
    for (Pattern missing : MISSING) {
      assertTrue(
          all.keySet().stream().anyMatch(path -> missing.matcher(path).matches()),
          () -> "nothing leads to " + missing);
    }
  }

  /** Without this, a link that is gone everywhere would be a link that is right. */
  @ParameterizedTest
  @EnumSource(Who.class)
  void theyLeadToAllThatOneMayList(Who who) {
    Set<String> reached = new TreeSet<>();
    found(who).keySet().forEach(path -> reading(path).map(Operation::id).ifPresent(reached::add));
    Stream<String> listed =
        CONTRACT.routes().stream()
            .filter(Route::isFixed)
            .flatMap(route -> route.operations().stream())
            .filter(operation -> operation.method() == HttpMethod.GET)
            .map(Operation::id);
    listed.forEach(id -> assertTrue(reached.contains(id), id + " is led to by no link"));
    if (who == Who.ADMINISTRATOR) {
      for (String id : SINGLE) {
        assertTrue(reached.contains(id), id + " is led to by no link");
      }
    }
  }

  private static boolean isRight(Who who, String path, int status, int ofAdministrator) {
    Optional<Route> route = route(path);
    Optional<Operation> reading = reading(path);
    boolean admitted = reading.filter(who::isAdmittedTo).isPresent();
    return switch (status) {
      case 200 -> admitted;
      case 401, 403 ->
          status == (who == Who.ANYBODY ? 401 : 403)
              && who != Who.ADMINISTRATOR
              && who != Who.MANAGER
              && (!admitted || !route.orElseThrow().isFixed() && ofAdministrator == 200);
      case 404 ->
          reading.isEmpty() || MISSING.stream().anyMatch(each -> each.matcher(path).matches());
      default -> false;
    };
  }

  private static Optional<Route> route(String path) {
    String bare = path.substring(ROOT.length()).replaceFirst("[?#].*", "").replaceFirst("/$", "");
    String address = bare.isEmpty() ? "/" : bare;
    return CONTRACT.routes().stream()
        .filter(route -> route.pattern().matcher(address).matches())
        .findFirst();
  }

  private static Optional<Operation> reading(String path) {
    return route(path).stream()
        .flatMap(route -> route.operations().stream())
        .filter(operation -> operation.method() == HttpMethod.GET)
        .findFirst();
  }

  /** The statuses of all addresses that links lead somebody to. */
  private static Map<String, Integer> found(Who who) {
    return FOUND.computeIfAbsent(who, LinksTest::crawled);
  }

  private static Map<String, Integer> crawled(Who who) {
    HttpApi api = who.api();
    Map<String, Integer> statuses = new LinkedHashMap<>();
    Deque<String> open = new ArrayDeque<>(List.of(ROOT + "/"));
    while (!open.isEmpty()) {
      String path = open.remove();
      if (statuses.containsKey(path)) {
        continue;
      }
      assertTrue(statuses.size() < MOST, "there is no end to the links, as to " + path);
      // With all that it embeds, whose links are followed as well; a stream that waits for nothing.
      String asked =
          path
              + (path.contains("?") ? "&" : "?")
              + (path.endsWith("/events") ? "wait=0" : "_embed");
      Answer answer = api.send("GET", asked, null, null);
      statuses.put(path, answer.status());
      open.addAll(links(answer));
    }
    return statuses;
  }

  private static List<String> links(Answer answer) {
    List<String> addresses = new ArrayList<>();
    Matcher header = IN_HEADER.matcher(answer.header("Link"));
    while (header.find()) {
      addresses.add(header.group(1));
    }
    if (answer.header("Content-Type").startsWith("application/json")) {
      for (JsonNode link : answer.json().findParents("href")) {
        if (!link.path("templated").asBoolean()) {
          addresses.add(link.get("href").asText());
        }
      }
      for (JsonNode file : answer.json().findValues("url")) {
        addresses.add(file.asText());
      }
    }
    return addresses.stream()
        .filter(address -> address.startsWith(server.address() + ROOT))
        .map(address -> address.substring(server.address().length()))
        .map(
            path -> path.replaceFirst("([?&])_embed(=[^&]*)?(&|$)", "$1").replaceFirst("[?&]$", ""))
        .toList();
  }
}
