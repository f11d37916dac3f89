package io.kbsserver.change;

import static java.util.Objects.requireNonNull;

import io.kbsserver.storage.CurrentTransaction;
import io.kbsserver.storage.SqlCondition;
import io.kbsserver.storage.Statements;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes to the log what one transaction has changed: the only place that does.
 *
 * <p>What things were like is read before they are changed, what they have become is read at the
 * end, and what differs is told.
 */
public final class ChangeRecorder implements CurrentTransaction.Companion {

  private static final int ROWS_PER_STATEMENT = 500;
  private static final int LONGEST_REQUEST_ID = 128;
  private static final DateTimeFormatter AT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");
  private static final Map<String, @Nullable Object> NOTHING = Map.of();

  private static final String INSERT =
      "INSERT INTO change_log (at, kind, subject_id, action, ticket_id, revision, fields, sight,"
          + " user_id, credential, request_id, source) VALUES ";
  private static final String ROW = "(?, ?, ?, ?, ?, %s, ?, %s, ?, ?, ?, ?)";
  private static final String ITS_REVISION = "(SELECT t.revision FROM ticket t WHERE t.id = ?)";

  /** What an import makes has a row without fields: all of it in one statement, unread. */
  private static final String INSERT_MADE =
      """
      INSERT INTO change_log (at, kind, subject_id, action, ticket_id, revision, source)
      SELECT ?, ?, made.%1$s, %2$s, %3$s, ?
      FROM %4$s made%5$s WHERE made.%1$s IN (%6$s)
      """;

  private record Change(
      Subject subject,
      String id,
      Action action,
      @Nullable Object ticket,
      Map<String, @Nullable Object> was,
      Map<String, Object> fields) {}

  private final Statements statements;
  private final LoggedState state;
  private final Author author;
  private final Clock clock;
  private final Map<Subject, Map<String, Map<String, @Nullable Object>>> before =
      new EnumMap<>(Subject.class);

  /**
   * What has become of things as far as they need not be read for it: who made them or set columns
   * of theirs has said it.
   */
  private final Map<Subject, Map<String, Map<String, @Nullable Object>>> told =
      new EnumMap<>(Subject.class);

  /** Those of which not all columns were read before some of them were set. */
  private final Map<Subject, Set<String>> narrow = new EnumMap<>(Subject.class);

  /** Those of which a row tells even where none of their fields has changed. */
  private final Map<Subject, Set<String>> anew = new EnumMap<>(Subject.class);

  /** The tickets whose revision was counted by who made or changed them. */
  private final Set<Long> counted = new HashSet<>();

  /** What they are, where that is known. */
  private final Map<Long, Long> revisions = new HashMap<>();

  /** What was found out before the last thing was done; null where more was done since. */
  private @Nullable List<Change> found;

  /** For one transaction. */
  public ChangeRecorder(Statements statements, LoggedState state, Author author, Clock clock) {
    this.statements = statements;
    this.state = state;
    this.author = author;
    this.clock = clock;
  }

  /** These are about to be changed or deleted. */
  public void changes(Subject subject, Collection<?> ids) {
    keep(subject, ids, Set.of(subject));
  }

  /** Only columns of these are about to be changed, and none of their parts. */
  public void changesColumns(Subject subject, Collection<?> ids) {
    keep(subject, ids, Set.of());
  }

  /** Sets columns of what is locked already, if any of them differs. */
  void sets(
      Subject subject,
      Object id,
      LoggedRow.Known was,
      Map<String, ? extends @Nullable Object> values) {
    Map<String, @Nullable Object> logged = was.logged(values);
    Map<String, @Nullable Object> from = new HashMap<>(was.fields());
    from.keySet().retainAll(logged.keySet());
    if (Differences.between(from, logged).isEmpty()) {
      return;
    }
    found = null;
    String key = id.toString();
    Map<String, Map<String, @Nullable Object>> known = of(subject);
    if (!known.containsKey(key)) {
      known.put(key, was.fields());
      narrow(subject).add(key);
      tell(subject, key, was.fields());
    }
    Map<String, @Nullable Object> becomes = told.getOrDefault(subject, Map.of()).get(key);
    boolean counts =
        subject == Subject.TICKET
            && (becomes == null || !isCounted(requireNonNull(known.get(key)), becomes));
    if (becomes != null) {
      becomes.putAll(logged);
      if (counts) {
        becomes.put(Subject.REVISION, revision(becomes) + 1);
      }
    }
    List<@Nullable Object> args = new ArrayList<>(values.values());
    args.add(id);
    statements.update(update(subject, values.keySet(), counts), args);
  }

  /** Sets these columns of a row, whose id comes last. */
  static String update(Subject subject, Collection<String> columns, boolean counts) {
    return columns.stream()
        .map(column -> column + " = ?")
        .collect(
            Collectors.joining(
                ", ",
                "UPDATE " + subject.table() + " SET ",
                (counts ? ", revision = revision + 1" : "") + " WHERE " + subject.id() + " = ?"));
  }

  private static boolean isCounted(
      Map<String, @Nullable Object> was, Map<String, @Nullable Object> becomes) {
    return was.isEmpty() || revision(was) != revision(becomes);
  }

  private static long revision(Map<String, @Nullable Object> ticket) {
    return (Long) requireNonNull(ticket.get(Subject.REVISION));
  }

  private void tell(Subject subject, String id, Map<String, @Nullable Object> becomes) {
    told.computeIfAbsent(subject, any -> new HashMap<>()).put(id, new LinkedHashMap<>(becomes));
  }

  /** Whatever was told of these is not all any more. */
  private void isToBeRead(Subject subject, Collection<?> ids) {
    Map<String, Map<String, @Nullable Object>> said = told.get(subject);
    if (said != null) {
      ids.forEach(id -> said.remove(id.toString()));
    }
  }

  private void keep(Subject subject, Collection<?> ids, Set<Subject> whole) {
    found = null;
    isToBeRead(subject, ids);
    Set<String> partly = narrow(subject);
    Map<String, Map<String, @Nullable Object>> known = of(subject);
    List<Object> open = new ArrayList<>();
    for (Object id : ids) {
      Map<String, @Nullable Object> was = known.get(id.toString());
      if (was == null
          || partly.contains(id.toString())
          || !whole.isEmpty() && lacksParts(subject, was)) {
        open.add(id);
      }
    }
    Map<Subject, List<Object>> wanted = Map.of(subject, open);
    Map<String, Map<String, @Nullable Object>> read =
        state
            .read(statements, wanted, whole.isEmpty() ? Map.of() : wanted, true)
            .getOrDefault(subject, Map.of());
    for (Object id : open) {
      Map<String, @Nullable Object> was =
          new LinkedHashMap<>(read.getOrDefault(id.toString(), NOTHING));
      // Of what was known before, only what was not is as it was.
      was.putAll(known.getOrDefault(id.toString(), NOTHING));
      known.put(id.toString(), was);
      partly.remove(id.toString());
    }
  }

  private Set<String> narrow(Subject subject) {
    return narrow.computeIfAbsent(subject, any -> new HashSet<>());
  }

  private static boolean lacksParts(Subject subject, Map<String, @Nullable Object> was) {
    return !was.isEmpty()
        && subject.parts().stream().anyMatch(part -> !was.containsKey(part.field()));
  }

  /** What is shown of these is made anew. */
  void showsAnew(Subject subject, Collection<?> ids) {
    changes(subject, ids);
    Set<String> known = anew.computeIfAbsent(subject, any -> new HashSet<>());
    ids.forEach(id -> known.add(id.toString()));
  }

  /** These are about to be made. */
  public void creates(Subject subject, Collection<?> ids) {
    found = null;
    isToBeRead(subject, ids);
    ids.forEach(id -> of(subject).putIfAbsent(id.toString(), NOTHING));
  }

  /** One was made of these values; only its parts are read. */
  void creates(Subject subject, Object id, Map<String, @Nullable Object> values) {
    creates(subject, List.of(id));
    tell(subject, id.toString(), state.made(statements, subject, values));
  }

  /** Sets a field as the last thing, when all else that was changed has been read. */
  public <T> T setsLast(Subject subject, Object id, String field, Supplier<T> set) {
    List<Change> others = differences();
    T value = set.get();
    Map<String, @Nullable Object> said = told.getOrDefault(subject, Map.of()).get(id.toString());
    if (said != null) {
      said.put(field, value);
    }
    found =
        others.stream()
            .map(
                change ->
                    change.subject() == subject && change.id().equals(id.toString())
                        ? with(change, field, value)
                        : change)
            .toList();
    return value;
  }

  private static Change with(Change change, String field, Object value) {
    Map<String, @Nullable Object> was = new HashMap<>();
    was.put(field, change.was().get(field));
    Map<String, Object> fields = new LinkedHashMap<>(change.fields());
    fields.putAll(Differences.between(was, Map.of(field, value)));
    return new Change(
        change.subject(), change.id(), change.action(), change.ticket(), change.was(), fields);
  }

  private Map<String, Map<String, @Nullable Object>> of(Subject subject) {
    return before.computeIfAbsent(subject, any -> new LinkedHashMap<>());
  }

  @Override
  public void beforeCommit() {
    if (author.source() == ChangeSource.IMPORT) {
      before.forEach(this::writeMade);
    }
    List<Change> changes = found == null ? differences() : found;
    forget();
    TreeSet<Long> tickets =
        changes.stream()
            .filter(change -> change.ticket() != null)
            .map(change -> Long.valueOf(requireNonNull(change.ticket()).toString()))
            .collect(Collectors.toCollection(TreeSet::new));
    tickets.removeAll(counted);
    if (!tickets.isEmpty()) {
      statements.update(
          "UPDATE ticket SET revision = revision + 1 WHERE id IN ("
              + SqlCondition.placeholders(tickets.size())
              + ")",
          List.copyOf(tickets));
    }
    for (int from = 0; from < changes.size(); from += ROWS_PER_STATEMENT) {
      write(changes.subList(from, Math.min(changes.size(), from + ROWS_PER_STATEMENT)));
    }
  }

  /** Nothing of this transaction counts. */
  public void forget() {
    before.clear();
    told.clear();
    narrow.clear();
    anew.clear();
    found = null;
  }

  /** Writes what an import has made, and leaves what it has changed. */
  private void writeMade(Subject subject, Map<String, Map<String, @Nullable Object>> known) {
    List<Object> made = new ArrayList<>();
    known.forEach(
        (id, was) -> {
          if (was.isEmpty()) {
            made.add(subject.key(id));
          }
        });
    if (made.isEmpty()) {
      return;
    }
    made.forEach(id -> known.remove(id.toString()));
    String ticket = subject.ticket();
    boolean hangsOnTicket = ticket != null && subject != Subject.TICKET;
    String ids = SqlCondition.placeholders(made.size());
    if (hangsOnTicket) {
      statements.update(
          "UPDATE ticket t JOIN (SELECT DISTINCT %s AS id FROM %s WHERE %s IN (%s)) changed"
                  .formatted(ticket, subject.table(), subject.id(), ids)
              + " ON changed.id = t.id SET t.revision = t.revision + 1",
          made);
    }
    List<@Nullable Object> args = new ArrayList<>();
    args.add(now());
    args.add(subject.kind());
    args.add(author.source().kept());
    args.addAll(made);
    statements.update(
        INSERT_MADE.formatted(
            subject.id(),
            subject.hasStandIns() ? "IF(made.missing, 'updated', 'created')" : "'created'",
            hangsOnTicket
                ? "made." + ticket + ", t.revision"
                : ticket == null ? "NULL, NULL" : "made.id, made.revision",
            subject.table(),
            hangsOnTicket ? " LEFT JOIN ticket t ON t.id = made." + ticket : "",
            ids),
        args);
  }

  /** What differs from before, read in one statement. */
  private List<Change> differences() {
    Map<Subject, List<Object>> rows = new EnumMap<>(Subject.class);
    Map<Subject, List<Object>> parts = new EnumMap<>(Subject.class);
    before.forEach(
        (subject, known) -> {
          Map<String, Map<String, @Nullable Object>> said = told.getOrDefault(subject, Map.of());
          rows.put(
              subject,
              known.keySet().stream()
                  .filter(id -> !said.containsKey(id))
                  .map(subject::key)
                  .toList());
          if (!subject.parts().isEmpty()) {
            parts.put(
                subject,
                known.entrySet().stream()
                    .filter(each -> !lacksParts(subject, each.getValue()))
                    .map(each -> subject.key(each.getKey()))
                    .toList());
          }
        });
    Map<Subject, Map<String, Map<String, @Nullable Object>>> after =
        state.read(statements, rows, parts, false);
    List<Change> differing = new ArrayList<>();
    counted.clear();
    revisions.clear();
    before.forEach(
        (subject, known) ->
            known.forEach(
                (id, was) -> {
                  Map<String, @Nullable Object> read =
                      after.getOrDefault(subject, Map.of()).getOrDefault(id, NOTHING);
                  Map<String, @Nullable Object> said =
                      told.getOrDefault(subject, Map.of()).getOrDefault(id, NOTHING);
                  Map<String, @Nullable Object> is = new LinkedHashMap<>(said);
                  is.putAll(read);
                  if (subject == Subject.TICKET && !said.isEmpty()) {
                    revisions.put(Long.valueOf(id), revision(said));
                  }
                  Map<String, Object> fields = Differences.between(was, is);
                  if (lacksParts(subject, was)) {
                    subject.parts().forEach(part -> fields.remove(part.field()));
                  }
                  if (fields.remove(Subject.REVISION) != null) {
                    counted.add(Long.valueOf(id));
                  }
                  if (!fields.isEmpty() || anew.getOrDefault(subject, Set.of()).contains(id)) {
                    fields.remove(subject.id());
                    fields.replaceAll((name, sides) -> subject.hides(name) ? Map.of() : sides);
                    Object ticket =
                        subject.ticket() == null
                            ? null
                            : (is.isEmpty() ? was : is).get(requireNonNull(subject.ticket()));
                    differing.add(new Change(subject, id, Action.of(was, is), ticket, was, fields));
                  }
                }));
    return differing;
  }

  private void write(List<Change> changes) {
    String at = now();
    List<@Nullable Object> args = new ArrayList<>();
    List<String> rows = new ArrayList<>();
    for (Change change : changes) {
      SqlCondition sight =
          FormerSight.of(change.subject(), change.id(), change.was(), change.fields().keySet());
      Long revision =
          change.ticket() == null
              ? null
              : revisions.get(Long.valueOf(requireNonNull(change.ticket()).toString()));
      rows.add(ROW.formatted(revision == null ? ITS_REVISION : "?", sight.sql()));
      args.add(at);
      args.add(change.subject().kind());
      args.add(change.id());
      args.add(change.action().kept());
      args.add(change.ticket());
      args.add(revision == null ? change.ticket() : revision);
      args.add(Differences.json(change.fields()));
      args.addAll(sight.args());
      args.add(author.userId());
      args.add(author.credential());
      args.add(shortened(author.requestId()));
      args.add(author.source().kept());
    }
    statements.update(INSERT + String.join(", ", rows), args);
  }

  private String now() {
    return AT.format(LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
  }

  private static @Nullable String shortened(@Nullable String id) {
    return id == null || id.length() <= LONGEST_REQUEST_ID
        ? id
        : id.substring(0, LONGEST_REQUEST_ID);
  }
}
