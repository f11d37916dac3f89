package io.kbsserver.mail.notice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kbsserver.change.LoggedChange;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TicketEventTest {

  private static LoggedChange change(long position, long ticket, long revision, String fields) {
    return change(position, "ticket", ticket, ticket, revision, fields);
  }

  private static LoggedChange change(
      long position, String kind, long id, Long ticket, Long revision, String fields) {
    return new LoggedChange(
        position,
        LocalDateTime.of(2026, 1, 2, 3, 4, 5),
        kind,
        Long.toString(id),
        kind.equals("ticket") ? "updated" : "created",
        ticket,
        revision,
        fields,
        7L,
        "api");
  }

  @Test
  void whatOneTransactionDidIsOneEvent() {
    List<TicketEvent> events =
        TicketEvent.of(
            List.of(
                change(
                    1,
                    "reply",
                    8,
                    5L,
                    2L,
                    "{\"status\":{\"to\":\"publish\"},\"author_id\":{\"to\":7}}"),
                change(2, 6, 2, "{\"status\":{\"from\":\"new\",\"to\":\"open\"}}"),
                change(3, "setting", 1, null, null, "{}"),
                change(4, 5, 2, "{\"status\":{\"from\":\"new\",\"to\":\"closed\"}}"),
                change(
                    5,
                    5,
                    3,
                    "{\"agent_id\":{\"to\":3},\"agents\":{\"from\":[1,2],\"to\":[2,4]}}")));
    assertEquals(3, events.size());
    TicketEvent closing = events.get(0);
    assertEquals(5, closing.ticketId());
    assertEquals(4, closing.position());
    assertEquals(List.of(8L), closing.replies());
    assertEquals(Set.of(7L), closing.authors());
    assertEquals(true, closing.closed());
    assertEquals(Set.of(3L, 4L), events.get(2).agents());
  }

  @Test
  void eachNoteHasItsPlace() {
    TicketEvent noted =
        TicketEvent.of(
                List.of(change(1, "note", 3, 5L, 2L, "{}"), change(2, "note", 4, 5L, 2L, "{}")))
            .get(0);
    assertEquals(Map.of(3L, 1L, 4L, 2L), noted.notes());
    assertEquals(1, noted.at(1).position());
  }

  @Test
  void noTransactionIsCutInTwo() {
    List<LoggedChange> changes =
        List.of(
            change(1, 5, 1, "{}"),
            change(2, 6, 1, "{}"),
            change(3, 7, 1, "{}"),
            change(4, 6, 1, "{}"),
            change(5, 8, 1, "{}"));
    assertEquals(1, TicketEvent.whole(changes, 1));
    assertEquals(1, TicketEvent.whole(changes, 3));
    assertEquals(4, TicketEvent.whole(changes, 4));
    assertEquals(5, TicketEvent.whole(changes, 5));
    assertEquals(5, TicketEvent.whole(changes, 9));
    // One that is longer than what is read at a time is taken all the same.
    assertEquals(2, TicketEvent.whole(changes.subList(1, 4), 2));
  }
}
