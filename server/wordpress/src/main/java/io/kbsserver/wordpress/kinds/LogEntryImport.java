package io.kbsserver.wordpress.kinds;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kbsserver.change.Action;
import io.kbsserver.text.PlainText;
import io.kbsserver.wordpress.destination.TargetRow;
import io.kbsserver.wordpress.destination.TargetTable;
import io.kbsserver.wordpress.php.PhpValues;
import io.kbsserver.wordpress.report.Kind;
import io.kbsserver.wordpress.source.Meta;
import io.kbsserver.wordpress.source.PostDates;
import io.kbsserver.wordpress.source.RowReader;
import io.kbsserver.wordpress.source.SiteClock;
import io.kbsserver.wordpress.source.WordPressPost;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Brings over what the plugin had logged of tickets: the beginning of their history. Not all of it
 * says what it is about; that is left out, and named.
 */
public final class LogEntryImport {

  static final TargetTable TABLE =
      new TargetTable(
          Kind.LOG_ENTRY,
          "past_change",
          "kbs_log",
          false,
          List.of("ticket_id", "at", "kind", "subject_id", "action", "fields", "user_id"),
          List.of(),
          List.of());

  private static final String FORM = "_kbs_log_form_id";
  private static final String STATUS_BEFORE = "_kbs_log_previous_status";
  private static final String STATUS_AFTER = "_kbs_log_current_status";
  private static final String AGENT_BEFORE = "_kbs_log_previous_agent";
  private static final String AGENT_AFTER = "_kbs_log_new_agent";
  private static final String REPLY = "_kbs_log_reply_id";
  private static final String CLOSING = "_kbs_log_closed_ticket";
  private static final String NOTE = "_kbs_log_note_id";
  private static final List<String> KEYS =
      List.of(FORM, STATUS_BEFORE, STATUS_AFTER, AGENT_BEFORE, AGENT_AFTER, REPLY, CLOSING, NOTE);

  private static final int STATUS_LENGTH = 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What an entry says, with the ids of WordPress.
   *
   * @param object what was changed: a ticket, or a reply or note on it
   */
  private record Entry(WordPressPost post, Kind kind, long object, long ticket, Action action) {}

  private final ImportRun run;
  private PostDates before;

  public LogEntryImport(ImportRun run) {
    this.run = run;
    this.before = PostDates.earliest(run.clock());
  }

  public void run() throws SQLException {
    PostBatches.run(run, Kind.LOG_ENTRY, "kbs_log", KEYS, this::write);
  }

  private void write(List<WordPressPost> posts) throws SQLException {
    List<Entry> entries = new ArrayList<>();
    for (WordPressPost post : posts) {
      Entry entry = entry(post);
      if (entry == null) {
        leaveOut(post, "it does not say what it is about");
      } else {
        entries.add(entry);
      }
    }
    Map<Long, Long> tickets =
        run.ids().present(Kind.TICKET, entries.stream().map(Entry::ticket).toList());
    Map<Long, Long> known =
        run.ids().brought(Kind.LOG_ENTRY, posts.stream().map(WordPressPost::id).toList());
    List<Entry> taken = new ArrayList<>();
    for (Entry entry : entries) {
      if (tickets.containsKey(entry.ticket())) {
        taken.add(entry);
      } else if (known.containsKey(entry.post().id())) {
        // It came with its ticket, and is not served since that was deleted.
        run.log().unchanged(Kind.LOG_ENTRY, 1);
      } else {
        leaveOut(entry.post(), "its ticket, " + entry.ticket() + ", is not there");
      }
    }
    Map<Long, Long> users =
        here(Kind.USER, taken.stream().flatMap(e -> users(e).stream()).toList());
    Map<Long, Long> replies = here(Kind.REPLY, objects(taken, Kind.REPLY));
    Map<Long, Long> notes = here(Kind.NOTE, objects(taken, Kind.NOTE));
    List<TargetRow> rows = new ArrayList<>(taken.size());
    for (Entry entry : taken) {
      Map<Long, Long> objects =
          switch (entry.kind()) {
            case REPLY -> replies;
            case NOTE -> notes;
            default -> tickets;
          };
      rows.add(
          row(
              entry,
              requireNonNull(tickets.get(entry.ticket())),
              requireNonNull(objects.get(entry.object())),
              users));
    }
    run.writer().write(TABLE, rows);
  }

  /** The plugin itself writes such entries: they are no reason to stop. */
  private void leaveOut(WordPressPost post, String why) {
    run.log().passedOver(Kind.LOG_ENTRY, post.id(), why + "; left out");
  }

  private Map<Long, Long> here(Kind kind, Collection<Long> ids) throws SQLException {
    return ids.isEmpty() ? Map.of() : run.ids().of(kind, ids);
  }

  private static List<Long> objects(List<Entry> entries, Kind kind) {
    return entries.stream().filter(entry -> entry.kind() == kind).map(Entry::object).toList();
  }

  /** What its attributes say; null where that is nothing. */
  private static @Nullable Entry entry(WordPressPost post) {
    Meta meta = post.meta();
    long ticket = post.parent();
    Long reply = id(meta.first(REPLY));
    Long note = id(meta.first(NOTE));
    if (meta.first(STATUS_BEFORE) != null) {
      // The plugin writes the ticket where the status should be.
      Long named = ticket == 0 ? id(meta.first(STATUS_AFTER)) : Long.valueOf(ticket);
      return named == null ? null : new Entry(post, Kind.TICKET, named, named, Action.UPDATED);
    }
    if (ticket == 0) {
      return null;
    }
    if (reply != null) {
      return new Entry(post, Kind.REPLY, reply, ticket, Action.CREATED);
    }
    if (note != null) {
      return new Entry(post, Kind.NOTE, note, ticket, Action.CREATED);
    }
    if (meta.first(AGENT_AFTER) != null) {
      return new Entry(post, Kind.TICKET, ticket, ticket, Action.UPDATED);
    }
    return meta.first(FORM) == null
        ? null
        : new Entry(post, Kind.TICKET, ticket, ticket, Action.CREATED);
  }

  private static List<Long> users(Entry entry) {
    Meta meta = entry.post().meta();
    Long author = entry.post().author() == 0 ? null : Long.valueOf(entry.post().author());
    return Arrays.asList(author, id(meta.first(AGENT_BEFORE)), id(meta.first(AGENT_AFTER))).stream()
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .toList();
  }

  private TargetRow row(Entry entry, long ticket, long object, Map<Long, Long> users) {
    WordPressPost post = entry.post();
    PostDates dates = PostDates.of(post, run.clock(), Kind.LOG_ENTRY, run.log(), before);
    before = dates;
    List<@Nullable String> values = new ArrayList<>(TABLE.columns().size());
    values.add(Long.toString(ticket));
    values.add(SiteClock.format(dates.gmt()));
    values.add(requireNonNull(entry.kind().subject()).kind());
    values.add(Long.toString(object));
    values.add(entry.action().kept());
    values.add(fields(post.meta(), users));
    values.add(post.author() == 0 ? null : RowReader.id(users.get(post.author())));
    return new TargetRow(post.id(), values, List::of, List.of());
  }

  /** What went from what to what, as the log here has it; null where that is not told. */
  private static @Nullable String fields(Meta meta, Map<Long, Long> users) {
    Map<String, Map<String, Object>> fields = new TreeMap<>();
    String after = meta.first(STATUS_AFTER);
    add(fields, "status", status(meta.first(STATUS_BEFORE)), status(after));
    add(
        fields,
        "agent_id",
        user(meta.first(AGENT_BEFORE), users),
        user(meta.first(AGENT_AFTER), users));
    add(fields, "form_id", null, id(meta.first(FORM)));
    add(fields, "resolution", null, PhpValues.truthy(meta.first(CLOSING)) ? true : null);
    try {
      return fields.isEmpty() ? null : JSON.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void add(
      Map<String, Map<String, Object>> fields,
      String field,
      @Nullable Object from,
      @Nullable Object to) {
    if (from != null || to != null) {
      Map<String, Object> sides = new TreeMap<>();
      if (from != null) {
        sides.put("from", from);
      }
      if (to != null) {
        sides.put("to", to);
      }
      fields.put(field, sides);
    }
  }

  /** A status, and not an id in its place. */
  private static @Nullable String status(@Nullable String value) {
    return value == null || value.isEmpty() || id(value) != null
        ? null
        : PlainText.start(value, STATUS_LENGTH);
  }

  private static @Nullable Long user(@Nullable String value, Map<Long, Long> users) {
    Long id = id(value);
    return id == null ? null : users.get(id);
  }

  private static @Nullable Long id(@Nullable String value) {
    return value != null && value.matches("[1-9][0-9]{0,17}") ? Long.valueOf(value) : null;
  }
}
