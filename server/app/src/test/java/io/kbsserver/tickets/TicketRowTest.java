package io.kbsserver.tickets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

/** What is kept of a new ticket. */
class TicketRowTest {

  private static final LocalDateTime LOCAL = LocalDateTime.of(2026, 1, 2, 12, 0);
  private static final LocalDateTime GMT = LocalDateTime.of(2026, 1, 2, 3, 0);

  private static TicketRow titled(String title) {
    return TicketRow.of(
        9,
        new NewTicket(
            "key",
            "new",
            LOCAL,
            GMT,
            new TicketView.Text(title, title),
            new TicketView.Text("raw", "rendered"),
            null,
            5L,
            null,
            null,
            "a@example.org",
            "Ann",
            "Lee",
            null,
            null,
            null,
            3,
            null));
  }

  @Test
  void aTitleIsSortedByItsStartAndNoCharacterIsCutInTwo() {
    assertEquals("😀".repeat(191), titled("😀".repeat(192)).titleKey());
    assertEquals("short", titled("short").titleKey());
    assertEquals("", titled("").titleKey());
  }

  @Test
  void itWasChangedWhenItWasMade() {
    TicketRow row = titled("title");
    assertEquals(LOCAL, row.modifiedLocal());
    assertEquals(GMT, row.modifiedGmt());
  }

  @Test
  void itsSenderHasTheAddressThatItWasOpenedWith() {
    assertEquals("a@example.org", titled("title").userInfoEmail());
  }
}
