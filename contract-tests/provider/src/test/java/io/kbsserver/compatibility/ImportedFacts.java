package io.kbsserver.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.compare.Facts;
import io.kbsserver.compare.SiteAnswer;
import io.kbsserver.site.Setting;
import io.kbsserver.site.Site;
import io.kbsserver.text.Rendering;
import io.kbsserver.text.Sanitizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the imported database knows. Who may see what is worked out here once more, ticket by
 * ticket, so that a row about it does not take the server's word.
 */
final class ImportedFacts implements Facts {

  /** Sends a request to the server. */
  @FunctionalInterface
  interface Server {
    SiteAnswer send(RecordedExchange.Request request) throws IOException;
  }

  /** Parameters that say which part of a list is asked for, and how it is shown. */
  private static final String NO_FILTER =
      "(page|per_page|offset|_fields|_envelope|_embed|_pretty|context)(=.*)?";

  private static final int MOST = 100;

  private static final String AGENTS_OF = "SELECT user_id FROM ticket_agent WHERE ticket_id = ?";
  private static final String MEMBERS_OF =
      "SELECT d.user_id FROM department_agent d JOIN ticket_term t ON t.term_id = d.department_id"
          + " WHERE t.ticket_id = ?";

  private static final String ALL_THAT_HAVE =
      """
      SELECT (SELECT COUNT(*) FROM ticket_term x JOIN ticket t ON t.id = x.ticket_id
          WHERE x.term_id = term.id AND t.status <> '.deleted')
        + (SELECT COUNT(*) FROM reply r WHERE r.source_id = term.id AND r.status <> '.deleted')
      FROM term""";

  private final RecordedExchange exchange;
  private final Connection database;
  private final Site site;
  private final Server server;
  private final long user;
  private final String email;
  private final Set<String> roles;
  private List<Long> matches;

  private ImportedFacts(
      RecordedExchange exchange, Connection database, Site site, Server server, String email)
      throws SQLException {
    this.exchange = exchange;
    this.database = database;
    this.site = site;
    this.server = server;
    this.email = email;
    String login = exchange.login();
    this.user =
        numbers("SELECT id FROM app_user WHERE login = ?", login).stream().findFirst().orElse(0L);
    this.roles = Set.copyOf(texts("SELECT role FROM user_role WHERE user_id = ?", user));
  }

  /** About an exchange on a site as it is now. */
  static Facts about(RecordedExchange exchange, Connection database, Site site, Server server)
      throws SQLException {
    String email =
        read(database, "SELECT email FROM app_user WHERE login = ?", exchange.login()).stream()
            .findFirst()
            .orElse("");
    return new ImportedFacts(exchange, database, site, server, email);
  }

  private boolean isTicketAdmin() {
    return roles.contains("support_manager")
        || roles.contains("administrator") && site.get(Setting.ADMIN_AGENTS);
  }

  private boolean isAgent() {
    return isTicketAdmin() || roles.contains("support_agent");
  }

  @Override
  public boolean mayBeCustomer() {
    return user > 0 && !isAgent();
  }

  @Override
  public boolean mayBeRestrictedAgent() {
    return isAgent() && !isTicketAdmin() && site.get(Setting.RESTRICT_AGENT_VIEW);
  }

  @Override
  public boolean mayRestrictAgents() {
    return site.get(Setting.RESTRICT_AGENT_VIEW);
  }

  @Override
  public boolean maySee(JsonNode ticket) {
    return maySee(idOf(ticket));
  }

  /** A reply is seen with its ticket. */
  private static long idOf(JsonNode ticketOrReply) {
    return ticketOrReply.path("ticket_data").path("ID").asLong(ticketOrReply.path("id").asLong());
  }

  private boolean maySee(long id) {
    if (isAgent() && !mayBeRestrictedAgent()) {
      return true;
    }
    return mayBeRestrictedAgent() ? concerns(id) : mayBeCustomer() && belongs(id);
  }

  private boolean concerns(long id) {
    boolean untaken =
        Set.of("new", "draft", "auto-draft").contains(text("SELECT status FROM ticket", id));
    boolean additional = site.get(Setting.MULTIPLE_AGENTS) && numbers(AGENTS_OF, id).contains(user);
    boolean shared =
        site.get(Setting.ENABLE_DEPARTMENTS)
            ? !numbers(MEMBERS_OF, id).isEmpty() && numbers(MEMBERS_OF, id).contains(user)
            : number("SELECT agent_id FROM ticket", id) == 0;
    return number("SELECT agent_id FROM ticket", id) == user || untaken || additional || shared;
  }

  private boolean belongs(long id) {
    long customer = number("SELECT customer_id FROM ticket", id);
    List<Long> own = numbers("SELECT id FROM customer WHERE missing = 0 AND user_id = ?", user);
    List<Long> companies =
        numbers(
            "SELECT company_id FROM customer"
                + " WHERE company_id IS NOT NULL AND missing = 0 AND user_id = ?",
            user);
    Set<String> participants = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    participants.addAll(texts("SELECT email FROM ticket_participant WHERE ticket_id = ?", id));
    boolean listed =
        number("SELECT 1 FROM ticket JOIN ticket_status ON slug = status AND registered = 1", id)
            == 1;
    boolean participates = site.get(Setting.ENABLE_PARTICIPANTS) && participants.contains(email);
    return customer > 0
        && listed
        && number("SELECT protected FROM ticket", id) == 0
        && (own.contains(customer)
            || companies.contains(number("SELECT company_id FROM ticket", id))
            || participates);
  }

  @Override
  public boolean mayHaveNoCustomer(JsonNode ticket) {
    return number("SELECT customer_id FROM ticket", idOf(ticket)) == 0;
  }

  /** The single ticket is protected, or there is one that the filters do not leave out. */
  @Override
  public boolean mayMeetProtected() {
    List<Long> all = numbers("SELECT id FROM ticket WHERE protected = ?", 1);
    String path = exchange.request().path().replaceFirst("\\?.*", "");
    String last = path.substring(path.lastIndexOf('/') + 1);
    List<Long> meant =
        last.equals("tickets")
            ? matches()
            : numbers("SELECT id FROM ticket WHERE ? IN (id, number)", last);
    return meant.stream().anyMatch(all::contains);
  }

  @Override
  public OptionalLong total() {
    return OptionalLong.of(matches().stream().filter(this::maySee).count());
  }

  /** All tickets that the filters of the request leave, as a manager gets them. */
  private List<Long> matches() {
    if (matches == null) {
      matches = askForMatches();
    }
    return matches;
  }

  private List<Long> askForMatches() {
    String path = exchange.request().path();
    String query = path.contains("?") ? path.substring(path.indexOf('?') + 1) : "";
    String filters =
        List.of(query.split("&")).stream()
            .filter(parameter -> !parameter.matches(NO_FILTER))
            .collect(Collectors.joining("&"));
    List<Long> ids = new ArrayList<>();
    long total = 1;
    for (int page = 1; ids.size() < total; page++) {
      SiteAnswer answer = send(filters + "&_fields=id&per_page=" + MOST + "&page=" + page);
      if (answer.status() != 200) {
        throw new IllegalStateException("A manager is refused: " + answer);
      }
      total = Long.parseLong(answer.headers().get("x-wp-total"));
      answer.body().forEach(ticket -> ids.add(ticket.path("id").asLong()));
    }
    return ids;
  }

  private SiteAnswer send(String query) {
    Map<String, String> headers = Map.of("Authorization", Recordings.authorizationOf("manager"));
    try {
      return server.send(
          new RecordedExchange.Request("GET", "/wp-json/kbs/v1/tickets?" + query, headers, null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<ZoneId> zone() {
    return Optional.of(site.get(Setting.TIME_ZONE));
  }

  @Override
  public Optional<Instant> moment() {
    return Optional.of(Moments.RECORDING);
  }

  @Override
  public boolean mayBeNoCompany(long id) {
    return numbers("SELECT id FROM company WHERE missing = 0 AND id = ?", id).isEmpty();
  }

  @Override
  public boolean mayBeFiltered(String field, JsonNode kept, JsonNode sent) {
    return isFilteredAgain(field, kept, sent);
  }

  static boolean isFilteredAgain(String field, JsonNode kept, JsonNode sent) {
    boolean title = field.equals("title");
    String raw = kept.path("raw").asText();
    String filtered = (title ? Sanitizer.title(raw) : Sanitizer.content(raw)).text();
    String rendered = title ? Rendering.title(filtered) : Rendering.content(filtered);
    return filtered.equals(sent.path("raw").asText())
        && rendered.equals(sent.path("rendered").asText());
  }

  @Override
  public boolean mayBeTaken(String number, long ticketId) {
    return numbers("SELECT id FROM ticket WHERE number = ?", number).stream()
        .anyMatch(id -> id != ticketId);
  }

  @Override
  public boolean mayBeAllThatHave(long termId, long count) {
    return count == number(ALL_THAT_HAVE, termId);
  }

  private long number(String select, long id) {
    return numbers(select + " WHERE id = ?", id).stream().findFirst().orElse(0L);
  }

  private String text(String select, long id) {
    return texts(select + " WHERE id = ?", id).stream().findFirst().orElse("");
  }

  private List<Long> numbers(String sql, Object arg) {
    return texts(sql, arg).stream().map(Long::valueOf).toList();
  }

  private List<String> texts(String sql, Object arg) {
    try {
      return read(database, sql, arg);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> read(Connection database, String sql, Object arg)
      throws SQLException {
    try (PreparedStatement statement = database.prepareStatement(sql)) {
      statement.setObject(1, arg);
      try (ResultSet rows = statement.executeQuery()) {
        List<String> values = new ArrayList<>();
        while (rows.next()) {
          String value = rows.getString(1);
          if (value != null) {
            values.add(value);
          }
        }
        return values;
      }
    }
  }
}
