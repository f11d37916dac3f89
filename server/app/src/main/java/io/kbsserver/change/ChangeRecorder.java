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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
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
  private static final String ROW =
      "(?, ?, ?, ?, ?, (SELECT t.revision FROM ticket t WHERE t.id = ?), ?, ?, ?, ?, ?, ?)";

  private record Change(
      Subject subject,
      String id,
      Action action,
      @Nullable Object ticket,
      @Nullable String fields,
      @Nullable String sight) {}

  private final Statements statements;
  private final LoggedState state;
  private final Author author;
  private final Clock clock;
  private final Map<Subject, Map<String, Map<String, @Nullable Object>>> before =
      new EnumMap<>(Subject.class);

  /** For one transaction. */
  public ChangeRecorder(Statements statements, LoggedState state, Author author, Clock clock) {
    this.statements = statements;
    this.state = state;
    this.author = author;
    this.clock = clock;
  }

  /** These are about to be changed or deleted. */
  public void changes(Subject subject, Collection<?> ids) {
    Map<String, Map<String, @Nullable Object>> known = of(subject);
    List<Object> open = new ArrayList<>();
    for (Object id : ids) {
      if (!known.containsKey(id.toString())) {
        open.add(id);
      }
    }
    Map<String, Map<String, @Nullable Object>> read = state.read(statements, subject, open, true);
    open.forEach(id -> known.put(id.toString(), read.getOrDefault(id.toString(), NOTHING)));
  }

  /** These are about to be made. */
  public void creates(Subject subject, Collection<?> ids) {
    ids.forEach(id -> of(subject).putIfAbsent(id.toString(), NOTHING));
  }

  private Map<String, Map<String, @Nullable Object>> of(Subject subject) {
    return before.computeIfAbsent(subject, any -> new LinkedHashMap<>());
  }

  @Override
  public void beforeCommit() {
    List<Change> found = new ArrayList<>();
    before.forEach((subject, known) -> found.addAll(differences(subject, known)));
    before.clear();
    if (found.isEmpty()) {
      return;
    }
    TreeSet<Long> tickets =
        found.stream()
            .filter(change -> change.ticket() != null)
            .map(change -> Long.valueOf(requireNonNull(change.ticket()).toString()))
            .collect(Collectors.toCollection(TreeSet::new));
    if (!tickets.isEmpty()) {
      statements.update(
          "UPDATE ticket SET revision = revision + 1 WHERE id IN ("
              + SqlCondition.placeholders(tickets.size())
              + ")",
          List.copyOf(tickets));
    }
    for (int from = 0; from < found.size(); from += ROWS_PER_STATEMENT) {
      write(found.subList(from, Math.min(found.size(), from + ROWS_PER_STATEMENT)));
    }
  }

  /** Nothing of this transaction counts. */
  public void forget() {
    before.clear();
  }

  private List<Change> differences(
      Subject subject, Map<String, Map<String, @Nullable Object>> known) {
    boolean brief = author.source() == ChangeSource.IMPORT;
    List<Object> made = new ArrayList<>();
    List<Object> others = new ArrayList<>();
    known.forEach((id, was) -> (brief && was.isEmpty() ? made : others).add(subject.key(id)));
    Map<String, Map<String, @Nullable Object>> after =
        state.read(statements, subject, others, false);
    after.putAll(state.readBriefly(statements, subject, made));
    List<Change> found = new ArrayList<>();
    known.forEach(
        (id, was) -> {
          Map<String, @Nullable Object> is = after.getOrDefault(id, NOTHING);
          Map<String, Object> fields = Differences.between(was, is);
          if (!fields.isEmpty()) {
            fields.remove(subject.id());
            found.add(
                new Change(
                    subject,
                    id,
                    Action.of(was, is),
                    subject.ticket() == null
                        ? null
                        : (is.isEmpty() ? was : is).get(requireNonNull(subject.ticket())),
                    brief && was.isEmpty() ? null : Differences.json(fields),
                    FormerSight.of(subject, was, fields.keySet())));
          }
        });
    return found;
  }

  private void write(List<Change> changes) {
    String at = AT.format(LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
    List<@Nullable Object> args = new ArrayList<>();
    for (Change change : changes) {
      args.add(at);
      args.add(change.subject().kind());
      args.add(change.id());
      args.add(change.action().kept());
      args.add(change.ticket());
      args.add(change.ticket());
      args.add(change.fields());
      args.add(change.sight());
      args.add(author.userId());
      args.add(author.credential());
      args.add(shortened(author.requestId()));
      args.add(author.source().kept());
    }
    statements.update(
        INSERT + changes.stream().map(change -> ROW).collect(Collectors.joining(", ")), args);
  }

  private static @Nullable String shortened(@Nullable String id) {
    return id == null || id.length() <= LONGEST_REQUEST_ID
        ? id
        : id.substring(0, LONGEST_REQUEST_ID);
  }
}
