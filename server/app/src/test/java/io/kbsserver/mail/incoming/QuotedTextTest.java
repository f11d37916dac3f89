package io.kbsserver.mail.incoming;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What mail programs make of an answer; a bar is a line break. */
class QuotedTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "Thanks!; Thanks!",
        "Thanks!||On Tue, 3 Nov 2026 at 10:00, Desk <desk@example.org> wrote:|> ##- Reply -##|> Hi; Thanks!",
        "Thanks!||On Tue, 3 Nov 2026 at 10:00, Desk|<desk@example.org> wrote:|> ##- Reply -##; Thanks!",
        "Danke!||Am 03.11.26 um 10:00 schrieb Desk:|>|> ##- Bitte antworten -##|> Hallo; Danke!",
        "Danke!|Am 03.11.26 um 10:00 schrieb Desk:|> ##- Bitte antworten -##; Danke!",
        "Thanks!||-----Original Message-----|From: Desk <desk@example.org>|Sent: Tuesday|To: C|Subject: Re||##- Reply -##||Hi; Thanks!",
        "Thanks!||________________________________|Von: Desk <desk@example.org>|Gesendet: Dienstag, 3. November 2026|An: C|Betreff: Re||##- Reply -##; Thanks!",
        "Thanks!||##- Please reply|above this line -##|Hi; Thanks!",
        "Thanks!||> ##- Please reply|> above this line -##|> Hi; Thanks!",
        // Whoever answers below, or in between.
        "On 3 Nov 2026, at 10:00, Desk <desk@example.org> wrote:|> ##- Reply -##|> Hi||Thanks!; Thanks!",
        "> ##- Reply -##|> One?|Yes.|> Two?|No.; Yes.|No.",
        // What somebody has written stays.
        "The list:|- one||On Tue, 3 Nov 2026 at 10:00, Desk <desk@example.org> wrote:|> ##- Reply -##; The list:|- one",
        "See this:||##- Reply -##|Hi; See this:",
        "##- Reply -##|Hi; ``",
        "Our order ##1003##, please; Our order ##1003##, please",
      })
  void onlyWhatIsNewIsLeft(String mail, String answer) {
    assertEquals(answer.replace('|', '\n'), QuotedText.of(mail.replace('|', '\n')).text());
  }
}
