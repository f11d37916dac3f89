package io.kbsserver.wordpress;

import io.kbsserver.change.Subject;
import io.kbsserver.site.BuiltInStatus;
import io.kbsserver.wordpress.destination.Identity;
import io.kbsserver.wordpress.destination.Ids;
import io.kbsserver.wordpress.destination.Reconciliation;
import io.kbsserver.wordpress.destination.RowsHere;
import io.kbsserver.wordpress.destination.TargetDatabase;
import io.kbsserver.wordpress.destination.TargetTable;
import io.kbsserver.wordpress.kinds.ImportedTables;
import io.kbsserver.wordpress.report.ImportException;
import io.kbsserver.wordpress.report.ImportLog;
import io.kbsserver.wordpress.report.Kind;
import io.kbsserver.wordpress.source.SourceRows;
import io.kbsserver.wordpress.source.WordPressDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What an earlier import brought and WordPress no longer has, found before the first write.
 *
 * <p>Users lose their passwords and roles, the others are no longer served. What was changed here
 * since stays, but for users: whoever was shut out there is shut out here.
 */
final class Deletions {

  private static final int BATCH = 500;

  /** So many may go whatever share of a kind they are: one of three customers is no accident. */
  private static final int FEW = 2;

  private static final int PERCENT = 10;

  /** What hangs on a ticket. */
  private static final Set<Kind> ON_TICKETS =
      EnumSet.of(Kind.REPLY, Kind.NOTE, Kind.LOG_ENTRY, Kind.ATTACHMENT);

  /**
   * A row that is gone.
   *
   * @param replaced whether WordPress has another one under its id now
   * @param changedHere whether it was changed here since it was brought
   */
  private record Gone(long id, long sourceId, boolean replaced, boolean changedHere) {}

  private record Known(long id, long sourceId, byte[] identity, byte[] here) {}

  private final TargetDatabase target;
  private final SourceRows source;
  private final Ids ids;
  private final ImportLog log;
  private final ImportOptions options;
  private final Map<Kind, List<Gone>> gone = new EnumMap<>(Kind.class);

  Deletions(
      WordPressDatabase source,
      TargetDatabase target,
      Ids ids,
      ImportLog log,
      ImportOptions options) {
    this.target = target;
    this.source = new SourceRows(source);
    this.ids = ids;
    this.log = log;
    this.options = options;
  }

  /** Looks for them; writes nothing. */
  void find() throws SQLException {
    long total = target.number("SELECT COUNT(*) FROM imported WHERE gone = FALSE AND id > 0");
    long done = 0;
    for (Kind kind : ImportedTables.BY_KIND.keySet()) {
      List<Gone> found = new ArrayList<>();
      gone.put(kind, found);
      long known = 0;
      long after = 0;
      List<Known> batch = known(kind, after);
      while (!batch.isEmpty()) {
        known += batch.size();
        done += batch.size();
        after = batch.get(batch.size() - 1).id();
        found.addAll(goneOf(kind, batch));
        log.checked(done, total);
        batch = known(kind, after);
      }
      if (!options.keepDeleted() && !options.acceptDeletions()) {
        guard(kind, found, known);
      }
    }
  }

  private List<Known> known(Kind kind, long after) throws SQLException {
    return target.query(
        "SELECT i.id, COALESCE(a.source_id, i.id), i.identity, i.here_hash FROM imported i"
            + " LEFT JOIN imported_as a ON a.kind = i.kind AND a.id = i.id"
            + " WHERE i.kind = ? AND i.gone = FALSE AND i.id > ? ORDER BY i.id LIMIT "
            + BATCH,
        List.of(kind.singular(), after),
        row -> new Known(row.getLong(1), row.getLong(2), row.getBytes(3), row.getBytes(4)));
  }

  private List<Gone> goneOf(Kind kind, List<Known> batch) throws SQLException {
    Map<Long, SourceRows.Traits> there =
        source.of(kind, batch.stream().map(Known::sourceId).toList());
    List<Known> missing = new ArrayList<>();
    for (Known row : batch) {
      SourceRows.Traits traits = there.get(row.sourceId());
      // WordPress tidies its log up: what was logged has happened all the same.
      boolean isMissing =
          traits == null
              ? kind != Kind.LOG_ENTRY
              : !Identity.same(row.identity(), Identity.of(traits));
      if (isMissing) {
        missing.add(row);
      }
    }
    TargetTable table = ImportedTables.of(kind);
    Map<Long, byte[]> here =
        new RowsHere(target).hashes(table, missing.stream().map(Known::id).toList());
    Set<Long> withOwn = new HashSet<>();
    if (kind == Kind.TICKET) {
      withOwn.addAll(withOwn(Kind.REPLY, missing));
      withOwn.addAll(withOwn(Kind.NOTE, missing));
    }
    List<Long> withTicket = withTicket(kind, missing);
    return missing.stream()
        // What WordPress has another one for is told apart all the same.
        .filter(row -> there.containsKey(row.sourceId()) || !withTicket.contains(row.id()))
        .map(
            row ->
                new Gone(
                    row.id(),
                    row.sourceId(),
                    there.containsKey(row.sourceId()),
                    Reconciliation.hasChangedHere(kind, row.here(), here.get(row.id()))
                        || withOwn.contains(row.id())))
        .toList();
  }

  /** A ticket to which somebody has replied here, or noted something, has changed here. */
  private List<Long> withOwn(Kind kind, List<Known> tickets) throws SQLException {
    if (tickets.isEmpty()) {
      return List.of();
    }
    return target.query(
        "SELECT DISTINCT r.ticket_id FROM %s r LEFT JOIN imported i ON i.kind = '%s'"
                .formatted(ImportedTables.of(kind).name(), kind.singular())
            + " AND i.id = r.id WHERE i.id IS NULL AND r.ticket_id IN ("
            + WordPressDatabase.placeholders(tickets.size())
            + ")",
        tickets.stream().map(Known::id).toList(),
        row -> row.getLong(1));
  }

  /** What hangs on a ticket that is gone: it stays with it, and comes back with it. */
  private List<Long> withTicket(Kind kind, List<Known> rows) throws SQLException {
    if (rows.isEmpty() || !ON_TICKETS.contains(kind)) {
      return List.of();
    }
    Set<Long> tickets =
        gone.getOrDefault(Kind.TICKET, List.of()).stream()
            .map(Gone::id)
            .collect(Collectors.toSet());
    List<Long> found = new ArrayList<>();
    target.query(
        "SELECT r.id, t.id, t.status FROM "
            + ImportedTables.of(kind).name()
            + " r JOIN ticket t ON t.id = r.ticket_id WHERE r.id IN ("
            + WordPressDatabase.placeholders(rows.size())
            + ")",
        rows.stream().map(Known::id).toList(),
        row ->
            (tickets.contains(row.getLong(2)) || BuiltInStatus.DELETED.equals(row.getString(3)))
                && found.add(row.getLong(1)));
    return found;
  }

  private void guard(Kind kind, List<Gone> found, long known) {
    long leaving = found.stream().filter(row -> goes(kind, row)).count();
    boolean many = leaving > FEW && leaving * 100 > known * PERCENT;
    if (many || leaving == known && leaving > 1) {
      throw new ImportException(
          "%,d of the %,d %s that came from WordPress are no longer there or are others now:"
                  .formatted(leaving, known, kind.plural())
              + " this may be the wrong database, or an old copy. Nothing was changed here."
              + " --accept-deletions brings them over all the same, --keep-deleted goes on"
              + " without.");
    }
  }

  private static boolean goes(Kind kind, Gone row) {
    return Reconciliation.ofGone(kind, row.changedHere()) == Reconciliation.TAKEN;
  }

  /** Takes away what is gone, before anything new comes that may need its name. */
  void apply() throws SQLException {
    for (Map.Entry<Kind, List<Gone>> entry : gone.entrySet()) {
      Kind kind = entry.getKey();
      List<Gone> rows = entry.getValue();
      Predicate<Gone> goes = row -> !options.keepDeleted() && goes(kind, row);
      List<Gone> leaving = rows.stream().filter(goes).toList();
      for (int from = 0; from < leaving.size(); from += BATCH) {
        delete(kind, leaving.subList(from, Math.min(leaving.size(), from + BATCH)));
      }
      for (Gone row : rows) {
        if (!goes.test(row)) {
          keep(kind, row);
        }
      }
    }
  }

  private void keep(Kind kind, Gone row) throws SQLException {
    if (row.replaced()) {
      ids.renew(kind, row.sourceId(), row.id());
      if (!options.keepDeleted()) {
        // It is one of ours from now on. What only --keep-deleted keeps is looked at every time.
        target.update("DELETE FROM imported WHERE kind = ? AND id = ?", kind.singular(), row.id());
      }
    }
    target.commit();
    String what =
        row.replaced()
            ? "WordPress has another one under its id now"
            : "it is no longer in WordPress";
    if (options.keepDeleted()) {
      log.information(kind, row.sourceId(), what + "; kept here, as --keep-deleted says");
    } else {
      log.remained(
          kind, row.sourceId(), what + ", but it has changed here since; kept as it is here");
    }
  }

  private void delete(Kind kind, List<Gone> rows) throws SQLException {
    List<Object> here = List.copyOf(rows.stream().map(Gone::id).toList());
    String in = " IN (" + WordPressDatabase.placeholders(here.size()) + ")";
    target.changes(kind.subject(), here);
    if (kind == Kind.TICKET) {
      target.changes(Subject.STATUS, List.of(BuiltInStatus.DELETED));
    }
    if (kind == Kind.FORM) {
      target.changes(
          Subject.FORM_FIELD,
          target.query(
              "SELECT id FROM form_field WHERE form_id" + in, here, row -> row.getLong(1)));
    }
    for (String statement : statements(kind)) {
      target.update(statement + in, here.toArray());
    }
    List<Object> args = new ArrayList<>();
    args.add(kind.singular());
    args.addAll(here);
    target.update("UPDATE imported SET gone = TRUE WHERE kind = ? AND id" + in, args.toArray());
    for (Gone row : rows) {
      if (row.replaced()) {
        ids.renew(kind, row.sourceId(), row.id());
      }
    }
    target.commit();
    for (Gone row : rows) {
      log.deleted(kind, row.sourceId(), said(kind, row));
    }
  }

  private static String said(Kind kind, Gone row) {
    String start =
        row.replaced()
            ? "WordPress has another one under its id now"
            : "it is no longer in WordPress";
    String here = row.id() == row.sourceId() ? "" : " (" + kind.singular() + " " + row.id() + ")";
    return start
        + switch (kind) {
          case USER -> "; it has lost its roles and passwords here" + here;
          case TICKET -> "; it is no longer served here" + here + ", but still in the database";
          default -> "; it is gone here as well" + here;
        };
  }

  /**
   * What is done to the rows of a kind; the ids follow. Nothing that is part of a row of another
   * kind, which would look changed here.
   */
  private static List<String> statements(Kind kind) {
    return switch (kind) {
      case USER ->
          List.of(
              "DELETE FROM user_role WHERE user_id",
              "DELETE FROM application_password WHERE user_id",
              "DELETE FROM imported_password WHERE user_id",
              "UPDATE app_user SET missing = TRUE, login = CONCAT('missing-', id), email = '',"
                  + " display_name = '', first_name = '', last_name = '' WHERE id");
      case CUSTOMER ->
          List.of(
              "DELETE FROM customer_email WHERE customer_id",
              "UPDATE customer SET missing = TRUE, user_id = NULL, email = NULL, name = '',"
                  + " company_id = NULL, primary_phone = NULL, additional_phone = NULL,"
                  + " website = NULL, address_line1 = NULL, address_line2 = NULL,"
                  + " address_city = NULL, address_state = NULL, address_country = NULL,"
                  + " address_zip = NULL, notes = NULL WHERE id");
      case COMPANY ->
          List.of(
              "UPDATE company SET missing = TRUE, name = '', contact_customer_id = NULL,"
                  + " contact = '', email = '', phone = '', website = '', content = '', slug = '',"
                  + " logo_id = NULL WHERE id");
      // What still has it is seen at the end; its slug may be wanted before.
      case TERM -> List.of("UPDATE term SET slug = CONCAT(LEFT(slug, 170), ' ', id) WHERE id");
      case TICKET ->
          List.of(
              "INSERT IGNORE INTO ticket_status (slug, label, registered, assignable, position)"
                  + " SELECT '"
                  + BuiltInStatus.DELETED
                  + "', 'Deleted in WordPress', FALSE, FALSE, 1000 FROM ticket WHERE id",
              "UPDATE ticket SET deleted_status = status, status = '"
                  + BuiltInStatus.DELETED
                  + "' WHERE id");
      case REPLY -> List.of("UPDATE reply SET status = '" + BuiltInStatus.DELETED + "' WHERE id");
      case NOTE -> List.of("DELETE FROM ticket_note WHERE id");
      case LOG_ENTRY -> List.of("DELETE FROM past_change WHERE id");
      case ATTACHMENT -> List.of("DELETE FROM attachment WHERE id");
      case FORM ->
          List.of(
              "UPDATE form_field SET form_id = NULL WHERE form_id", "DELETE FROM form WHERE id");
      case FORM_FIELD -> List.of("DELETE FROM form_field WHERE id");
      case ARTICLE -> List.of("DELETE FROM article WHERE id");
      case SETTING, STATUS, FILE -> throw new IllegalArgumentException(kind + " has no ids");
    };
  }

  /** Removes the terms that are gone, once the tickets have those that they have in WordPress. */
  void finish() throws SQLException {
    for (long id : goneTerms()) {
      List<Long> tickets =
          target.query(
              "SELECT ticket_id FROM ticket_term WHERE term_id = ? ORDER BY ticket_id LIMIT 20",
              List.of(id),
              row -> row.getLong(1));
      long uses =
          target.number("SELECT COUNT(*) FROM reply WHERE source_id = ?", id)
              + target.number("SELECT COUNT(*) FROM term WHERE parent_id = ?", id)
              + target.number("SELECT COUNT(*) FROM article_term WHERE term_id = ?", id);
      if (tickets.isEmpty() && uses == 0) {
        target.changes(Subject.TERM, List.of(id));
        target.update("DELETE FROM term WHERE id = ?", id);
      } else if (!tickets.isEmpty()) {
        log.information(Kind.TERM, id, "it is gone, but tickets here still have it: " + tickets);
      }
      target.commit();
    }
  }

  private List<Long> goneTerms() throws SQLException {
    return target.query(
        "SELECT t.id FROM term t JOIN imported i ON i.kind = 'term' AND i.id = t.id"
            + " WHERE i.gone = TRUE AND t.missing = FALSE ORDER BY t.parent_id IS NULL, t.id",
        List.of(),
        row -> row.getLong(1));
  }
}
