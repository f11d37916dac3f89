package io.kbsserver.wordpress.source;

import java.util.List;

/** Reads the notes of agents in batches, in the order of their ids. */
public final class NoteReader {

  private static final String NOTES = "comment_type = 'kbs_ticket_note'";

  private static final String THROWN_AWAY = "comment_approved IN ('trash', 'spam')";

  /** Which comments are notes, and have not been thrown away: not by themselves, at least. */
  static final String KEPT = NOTES + " AND NOT " + THROWN_AWAY;

  private static final int MAX_ROWS = 500;
  private static final long ENOUGH_CHARACTERS = 4_000_000;

  private final WordPressDatabase source;
  private long lastId;

  public NoteReader(WordPressDatabase source) {
    this.source = source;
  }

  /** How many there are. */
  public long total() {
    return count(KEPT);
  }

  /** How many lie in the trash, or among the spam. */
  public long thrownAway() {
    return count(NOTES + " AND " + THROWN_AWAY);
  }

  private long count(String which) {
    return source.number("SELECT COUNT(*) FROM " + source.table("comments") + " WHERE " + which);
  }

  /** The next ones; none at the end. */
  public List<WordPressNote> next() {
    List<WordPressNote> notes =
        source.queryUntil(
            "SELECT comment_ID, comment_post_ID, user_id, comment_author,"
                + " CAST(comment_date AS CHAR), CAST(comment_date_gmt AS CHAR), comment_content"
                + " FROM "
                + source.table("comments")
                + " WHERE "
                + KEPT
                + " AND comment_ID > ? ORDER BY comment_ID LIMIT "
                + MAX_ROWS,
            List.of(lastId),
            row ->
                new WordPressNote(
                    row.getLong(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.text(4),
                    row.getString(5),
                    row.getString(6),
                    row.text(7)),
            note -> note.content().length(),
            ENOUGH_CHARACTERS);
    if (!notes.isEmpty()) {
      lastId = notes.get(notes.size() - 1).id();
    }
    return notes;
  }
}
