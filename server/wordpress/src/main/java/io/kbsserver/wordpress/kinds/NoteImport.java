package io.kbsserver.wordpress.kinds;

import static java.util.Objects.requireNonNull;

import io.kbsserver.wordpress.destination.TargetRow;
import io.kbsserver.wordpress.destination.TargetTable;
import io.kbsserver.wordpress.report.Kind;
import io.kbsserver.wordpress.source.NoteReader;
import io.kbsserver.wordpress.source.PostDates;
import io.kbsserver.wordpress.source.RowReader;
import io.kbsserver.wordpress.source.SiteClock;
import io.kbsserver.wordpress.source.WordPressNote;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Brings over what agents have noted on tickets. */
public final class NoteImport {

  static final TargetTable TABLE =
      new TargetTable(
          Kind.NOTE,
          "ticket_note",
          null,
          false,
          List.of("ticket_id", "author_id", "author_name", "date_local", "date_gmt", "content_raw"),
          List.of("content_rendered"),
          List.of());

  private final ImportRun run;
  private PostDates before;

  public NoteImport(ImportRun run) {
    this.run = run;
    this.before = PostDates.earliest(run.clock());
  }

  public void run() throws SQLException {
    NoteReader notes = new NoteReader(run.source());
    run.log().start(Kind.NOTE, notes.total());
    List<WordPressNote> batch = notes.next();
    while (!batch.isEmpty()) {
      run.log().read(Kind.NOTE, batch.size());
      write(batch);
      run.log().advanced(Kind.NOTE);
      batch = notes.next();
    }
    long thrownAway = notes.thrownAway();
    if (thrownAway > 0) {
      run.log()
          .information(
              Kind.NOTE, 0, thrownAway + " in the trash or the spam of WordPress stay there");
    }
  }

  private void write(List<WordPressNote> notes) throws SQLException {
    Map<Long, Long> tickets =
        run.ids().present(Kind.TICKET, notes.stream().map(WordPressNote::ticket).toList());
    Map<Long, Long> known =
        run.ids().brought(Kind.NOTE, notes.stream().map(WordPressNote::id).toList());
    List<WordPressNote> taken = new ArrayList<>();
    ReferredRows references = new ReferredRows(run);
    for (WordPressNote note : notes) {
      if (tickets.containsKey(note.ticket())) {
        references.user(author(note));
        taken.add(note);
      } else if (known.containsKey(note.id())) {
        // It came with its ticket, and is not served since that was deleted.
        run.log().unchanged(Kind.NOTE, 1);
      } else {
        String why = "its ticket, " + note.ticket() + ", is not there; it was left out";
        run.log().skipped(Kind.NOTE, note.id(), why);
      }
    }
    references.resolve();
    List<TargetRow> rows = new ArrayList<>(taken.size());
    for (WordPressNote note : taken) {
      rows.add(row(note, requireNonNull(tickets.get(note.ticket())), references));
    }
    run.writer().write(TABLE, rows);
  }

  private static @Nullable Long author(WordPressNote note) {
    return note.author() == 0 ? null : note.author();
  }

  private TargetRow row(WordPressNote note, long ticketId, ReferredRows references) {
    RowReader reader = new RowReader(Kind.NOTE, note.id(), run.log());
    PostDates dates =
        PostDates.ofOne(
            note.id(), note.date(), note.dateGmt(), run.clock(), Kind.NOTE, run.log(), before);
    before = dates;
    String content = reader.veryLongText("its content", note.content());
    List<String> values = new ArrayList<>();
    values.add(Long.toString(ticketId));
    values.add(RowReader.id(references.checkedUser(author(note), "its author", reader)));
    values.add(reader.text("the name of its author", note.authorName(), 255));
    values.add(SiteClock.format(dates.local()));
    values.add(SiteClock.format(dates.gmt()));
    values.add(content);
    return new TargetRow(
        note.id(), values, () -> List.of(Render.content(content, reader)), List.of());
  }
}
