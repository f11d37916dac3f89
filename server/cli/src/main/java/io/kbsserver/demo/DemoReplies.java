package io.kbsserver.demo;

import io.kbsserver.access.Caller;
import io.kbsserver.refusal.UnknownValues;
import io.kbsserver.replies.ReplyDraft;
import io.kbsserver.replies.ReplyWriter;
import io.kbsserver.text.WrittenId;
import jakarta.inject.Singleton;
import java.util.List;

/** What was written about the tickets of the demo. */
@Singleton
class DemoReplies {

  /** A reply to the ticket of this title; age in hours. */
  private record Line(String title, int age, String author, String text, boolean closing) {}

  private static final String OLGA = "olga.petersen@customer.example";
  private static final String MIRA = "mira@harbour-helpdesk.example";
  private static final String BEN = "ben@harbour-helpdesk.example";

  private static final List<Line> LINES =
      List.of(
          new Line(
              "Invoice 2207 was charged twice",
              405,
              BEN,
              "Sorry about that! The second amount is on its way back to you.",
              false),
          new Line(
              "Invoice 2207 was charged twice", 362, OLGA, "It has arrived, thank you.", false),
          new Line("Invoice 2207 was charged twice", 360, BEN, "Good to hear.", true),
          new Line(
              "Label printer prints blank labels",
              331,
              BEN,
              "Version 4.2 of the driver is broken. Please install 4.3:\n\n"
                  + "<code>printer --driver 4.3</code>",
              true),
          new Line(
              "Please send invoices to two addresses",
              150,
              MIRA,
              "Done: from the next invoice on, accounting gets a copy.",
              true),
          new Line(
              "Please send invoices to two addresses",
              31,
              OLGA,
              "This month's copy has not arrived -- could you have another look?",
              false),
          new Line(
              "Replacement for a broken scanner",
              70,
              BEN,
              "Which model is it? It stands on the label below the lid.",
              false));

  private final ReplyWriter replies;
  private final TicketAgeRepository ages;

  DemoReplies(ReplyWriter replies, TicketAgeRepository ages) {
    this.replies = replies;
    this.ages = ages;
  }

  /** Writes the replies to a ticket, in the name of those whose they are. */
  void tell(long ticket, String title, Caller manager) {
    for (Line line : LINES) {
      if (line.title().equals(title)) {
        ReplyDraft draft =
            new ReplyDraft(
                line.text(), line.closing(), null, null, WrittenId.of(line.author()));
        long id =
            replies.create(ticket, draft, manager, new UnknownValues(false)).reply().id();
        ages.makeReplyOlder(id, line.age());
      }
    }
  }
}
