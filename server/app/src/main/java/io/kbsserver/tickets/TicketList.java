package io.kbsserver.tickets;

import io.kbsserver.change.ChangeLog;
import io.kbsserver.change.LoggedRow;
import io.kbsserver.change.Subject;
import io.kbsserver.list.Late;
import io.kbsserver.list.LateTexts;
import io.kbsserver.list.ListReader;
import io.kbsserver.list.ListRequest;
import io.kbsserver.list.Listing;
import io.kbsserver.list.LongTexts;
import io.kbsserver.list.Page;
import io.kbsserver.list.TextReader;
import io.kbsserver.storage.Jdbc;
import io.kbsserver.storage.SqlCondition;
import io.kbsserver.storage.TableCondition;
import io.kbsserver.tickets.TicketRows.PlacedChild;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The statements on tickets that are built: each holds the condition that says what the caller may
 * see.
 */
@Singleton
class TicketList {

  /**
   * What an update needs to know of a ticket.
   *
   * @param resolved whether it was ever closed
   * @param hasSender whether it says all of who wrote it, so that nothing is filled from its
   *     customer
   * @param row what the log tells of it
   */
  record State(
      String status,
      @Nullable Long agentId,
      @Nullable Long customerId,
      @Nullable Long companyId,
      @Nullable Long userId,
      int replyCount,
      boolean resolved,
      boolean hasSender,
      LoggedRow.Known row) {}

  private static final String ROWS =
      """
      SELECT t.id, t.number, t.ticket_key, t.status, t.date_local, t.date_gmt, t.modified_local,
        t.modified_gmt, t.agent_id, t.customer_id, t.company_id, t.user_id, t.email, t.first_name,
        t.last_name, t.primary_phone, t.additional_phone, t.website, t.user_info_id,
        t.user_info_email, t.resolved_local, t.reply_count, t.form_id, t.form_data, :texts,
        c.email AS customer_email, c.name AS customer_name,
        c.primary_phone AS customer_primary_phone,
        c.additional_phone AS customer_additional_phone, c.website AS customer_website
      FROM :page JOIN ticket t ON t.id = page.id LEFT JOIN customer c ON c.id = t.customer_id
      """;

  private static final List<String> TITLE = List.of("title_raw", "title_rendered");
  private static final LongTexts TEXTS =
      new LongTexts(
          "ticket", "t", List.of("title_raw", "title_rendered", "content_raw", "content_rendered"));

  /**
   * All kinds at once: a statement for each of them takes 6 % of a server's lists of ten. In no
   * order: to bring so few rows into theirs, the database would make a table of them first, which
   * takes it two thirds of the statement's time again. The tickets come first: a database that
   * takes terms for fewer than they are would begin with them, and read the terms of all tickets.
   */
  private static final String CHILDREN =
      """
      SELECT x.ticket_id AS of_id, te.taxonomy AS kind, te.id AS ref, te.name AS name,
        WEIGHT_STRING(te.name) AS weight, 0 AS position
      FROM ticket_term x STRAIGHT_JOIN term te ON te.id = x.term_id AND te.missing = FALSE
      WHERE x.ticket_id IN (:ids)
      UNION ALL
      SELECT x.ticket_id, 'agent', x.user_id, '', '', x.position
      FROM ticket_agent x WHERE x.ticket_id IN (:ids)
      UNION ALL
      SELECT x.ticket_id, 'participant', 0, x.email, '', x.position
      FROM ticket_participant x WHERE x.ticket_id IN (:ids)
      UNION ALL
      SELECT x.ticket_id, 'file', x.id, x.title, '',
        TIMESTAMPDIFF(SECOND, COALESCE(x.date_local, x.date_gmt), '2100-01-01')
      FROM attachment x WHERE x.reply_id IS NULL AND x.ticket_id IN (:ids)
      """;

  private static final String LOCK =
      """
      SELECT t.status, t.agent_id, t.customer_id, t.company_id, t.user_id, t.reply_count,
        t.resolved_local IS NOT NULL AS resolved,
        t.first_name <> '' AND t.last_name <> '' AND t.user_info_email <> ''
          AND COALESCE(t.primary_phone, '-') <> '' AND COALESCE(t.additional_phone, '-') <> ''
          AND COALESCE(t.website, '-') <> '' AS has_sender%s
      FROM ticket t WHERE %s FOR UPDATE
      """;

  /** Where in that it begins what the log tells. */
  private static final int LOGGED = 9;

  private static final Listing<TicketView.Row> WHOLE =
      listing("ticket t", TEXTS.whole(), new LateTexts(ids -> Map.of()));

  /**
   * Where many are looked at, an index that has what sight and filters ask for ({@code
   * ticket_seen}) is a small part of the table. A database that may go by the table itself does.
   */
  private static final String WITHOUT_TEXTS = "ticket t IGNORE INDEX (PRIMARY)";

  /** Where texts are searched, the table itself is to be gone through. */
  private static final String WITH_TEXTS = "ticket t IGNORE INDEX FOR ORDER BY (ticket_seen)";

  /**
   * In the order of ids a database would begin with the newest, and go through all that are newer
   * than what is wanted: what is of somebody or of some time is found by that, and sorted.
   */
  private static final String BY_OWN_INDEX =
      WITHOUT_TEXTS + " IGNORE INDEX FOR ORDER BY (ticket_seen)";

  private final ListReader reader;
  private final TextReader texts;
  private final ChangeLog changes;
  private final Jdbc jdbc;

  TicketList(ListReader reader, TextReader texts, ChangeLog changes, Jdbc jdbc) {
    this.reader = reader;
    this.texts = texts;
    this.changes = changes;
    this.jdbc = jdbc;
  }

  /**
   * A page of the tickets that may be seen and are wanted. Long texts come late.
   *
   * @param byOwnIndex whether they are wanted by what has an index of its own
   * @param contents whether their contents are shown
   */
  Page<TicketView> page(
      TableCondition visible,
      TableCondition wanted,
      TicketSearch.Searched search,
      ListRequest request,
      boolean byOwnIndex,
      boolean contents) {
    LateTexts late = texts.late(TEXTS);
    boolean withTexts = !search.sql().equals(SqlCondition.ALWAYS);
    Listing<TicketView.Row> unlogged =
        listing(
            withTexts ? WITH_TEXTS : WITHOUT_TEXTS,
            TEXTS.whereShort(contents ? TEXTS.columns() : TITLE, request.window().perPage()),
            late);
    Listing<TicketView.Row> sought =
        byOwnIndex && !withTexts ? unlogged.sought(BY_OWN_INDEX) : unlogged;
    TableCondition all = visible.and(wanted);
    return reader
        .page(
            search.lasting() ? sought.ofWhatIsLogged(Subject.TICKET) : sought,
            search.lasting() ? all : all::onNamed,
            search.sql(),
            request)
        .with(this::views)
        .with(late);
  }

  private static Listing<TicketView.Row> listing(String table, String texts, LateTexts late) {
    return new Listing<>(
        table,
        "t.id",
        ROWS.replace(":texts", texts),
        row -> TicketRows.ticket(row, late),
        Page.BehindTheEnd.OF_POSTS);
  }

  /** Those of these tickets that may be seen; long texts come late. */
  Late<List<TicketView>> find(Collection<Long> ids, TableCondition visible) {
    LateTexts late = texts.late(TEXTS);
    Listing<TicketView.Row> listing =
        listing("ticket t", TEXTS.whereShort(TEXTS.columns(), Math.max(1, ids.size())), late);
    return new Late<>(views(reader.byIds(listing, visible.onNamed("t"), ids)), late);
  }

  /** The first ids behind one of tickets that may be seen, in their order. */
  List<Long> idsBehind(long id, int most, TableCondition visible) {
    return reader.idsBehind(WHOLE, visible.on("t"), id, most);
  }

  /** A ticket, if it may be seen. */
  Optional<TicketView> find(long id, TableCondition visible) {
    return newest(SqlCondition.of("t.id = ?", id).and(visible.onNamed("t")));
  }

  /** A ticket, whoever may see it. */
  Optional<TicketView> find(long id) {
    return newest(SqlCondition.of("t.id = ?", id));
  }

  /** Locks a ticket for an update; nothing where it may not be seen. */
  Optional<State> lock(long id, TableCondition visible) {
    SqlCondition condition = SqlCondition.of("t.id = ?", id).and(visible.onNamed("t"));
    LoggedRow logged = changes.row(Subject.TICKET, TicketUpdate.COLUMNS);
    return jdbc.first(
        LOCK.formatted(logged.selected(), condition.sql()),
        condition.args(),
        row ->
            new State(
                row.getString("status"),
                row.getObject("agent_id", Long.class),
                row.getObject("customer_id", Long.class),
                row.getObject("company_id", Long.class),
                row.getObject("user_id", Long.class),
                row.getInt("reply_count"),
                row.getBoolean("resolved"),
                row.getBoolean("has_sender"),
                logged.read(row, LOGGED)));
  }

  private Optional<TicketView> newest(SqlCondition condition) {
    return views(reader.newest(WHOLE, condition).stream().toList()).stream().findFirst();
  }

  private List<TicketView> views(List<TicketView.Row> rows) {
    List<Long> ids = rows.stream().map(TicketView.Row::id).toList();
    Map<Long, List<PlacedChild>> children = reader.children(CHILDREN, ids, TicketRows::placedChild);
    return rows.stream()
        .map(row -> new TicketView(row, attached(children.getOrDefault(row.id(), List.of()))))
        .toList();
  }

  private static TicketView.Attached attached(List<PlacedChild> children) {
    return new TicketView.Attached(
        children.stream().sorted(PlacedChild.ORDER).map(PlacedChild::child).toList());
  }
}
