package io.kbsserver.demo;

import io.kbsserver.access.Caller;
import io.kbsserver.notes.NoteWriter;
import jakarta.inject.Singleton;
import java.util.Map;

/** What the agents of the demo have noted for each other. */
@Singleton
class DemoNotes {

  /** By the title of the ticket. */
  private static final Map<String, String> NOTES =
      Map.of(
          "Invoice 2207 was charged twice",
          "Accounting has the receipt. Refund is on its way, do not promise a date.",
          "Export stops at 10,000 rows",
          "Reproduced on the test system: the limit is in the query, not in the file.",
          "Replacement for a broken scanner",
          "Out of warranty since May. Ask Sales for the trade-in price first.");

  private final NoteWriter notes;
  private final TicketAgeRepository ages;

  DemoNotes(NoteWriter notes, TicketAgeRepository ages) {
    this.notes = notes;
    this.ages = ages;
  }

  /**
   * Writes the note on a ticket, if there is one.
   *
   * @param age the age of the ticket in hours: its note is an hour younger
   */
  void write(long ticket, String title, int age, Caller caller) {
    String note = NOTES.get(title);
    if (note != null) {
      notes.create(ticket, note, caller);
      ages.makeNotesOlder(ticket, age - 1);
    }
  }
}
