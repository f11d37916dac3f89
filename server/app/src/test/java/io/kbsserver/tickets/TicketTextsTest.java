package io.kbsserver.tickets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kbsserver.access.Caller;
import io.kbsserver.access.Role;
import io.kbsserver.refusal.InvalidParameters;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts of a new ticket, as they are stored. */
class TicketTextsTest {

  private static final String EMAIL = "Ann@Example.com";

  private static TicketDraft draft(
      String title, String content, String email, String first, String last) {
    return new TicketDraft(
        title, content, email, first, last, null, null, null, null, List.of(), null, null,
        List.of());
  }

  private static Caller caller(String role) {
    return new Caller(7, "login", "", Set.of(role), List.of(), List.of());
  }

  private static TicketTexts texts(TicketDraft draft, String... banned) {
    return TicketTexts.of(draft, caller(Role.SUPPORT_CUSTOMER), List.of(banned), 1000);
  }

  private static InvalidParameters refused(TicketDraft draft, String... banned) {
    return assertThrows(InvalidParameters.class, () -> texts(draft, banned));
  }

  @Test
  void textsBeginWithACapitalAndAddressesHaveNone() {
    assertEquals(
        new TicketTexts(
            new TicketView.Text("Printer", "Printer"),
            new TicketView.Text("Broken", "<p>Broken</p>\n"),
            "ann@example.com",
            "Ann",
            "Lee",
            Set.of()),
        texts(draft("printer ", "broken", EMAIL, "ann", "lee")));
  }

  @Test
  void whatIsTakenOutOfATextIsTold() {
    String script = "a<script>x</script>";
    TicketTexts texts = texts(draft(script, script, EMAIL, "Ann", script));
    assertEquals(Set.of("customer_last", "ticket_title", "ticket_content"), texts.changed());
    assertEquals("A", texts.lastName());
    assertEquals(false, texts.content().raw().contains("<script>"));
  }

  @Test
  void whoMayPublishAnyHtmlKeepsIt() {
    TicketTexts texts =
        TicketTexts.of(
            draft("t", "a<script>x</script>", EMAIL, "Ann", "Lee"),
            caller(Role.ADMINISTRATOR),
            List.of(),
            1000);
    assertEquals("A<script>x</script>", texts.content().raw());
    assertEquals(Set.of(), texts.changed());
  }

  @Test
  void allThatIsMissingIsNamedAtOnce() {
    InvalidParameters refused = refused(draft(null, null, null, null, null));
    assertEquals("required_fields", refused.code());
    assertEquals(
        List.of(
            "customer_first", "customer_last", "customer_email", "ticket_title", "ticket_content"),
        List.copyOf(refused.faults().keySet()));
    assertEquals("ticket_title is required.", refused.faults().get("ticket_title").message());
  }

  @Test
  void theCodeIsThatOfTheFirstFault() {
    assertEquals("invalid_email", refused(draft(null, null, "ann", "Ann", "Lee")).code());
    assertEquals("required_fields", refused(draft("t", "c", "ann", null, "Lee")).code());
    assertEquals("required_fields", refused(draft(null, "c", EMAIL, "Ann", "Lee")).code());
    assertEquals("required_fields", refused(draft("t", "c", null, "Ann", "Lee")).code());
  }

  @Test
  void anAddressIsOne() {
    InvalidParameters refused = refused(draft("t", "c", "ann", "Ann", "Lee"));
    assertEquals("Invalid email address.", refused.faults().get("customer_email").message());
    assertEquals(Set.of("customer_email"), refused.faults().keySet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ann@Example.com", "example", "EXAMPLE.COM", "nn@"})
  void aBannedAddressOpensNoTicket(String banned) {
    assertEquals(
        "invalid_email", refused(draft("t", "c", EMAIL, "Ann", "Lee"), "other", banned).code());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ann@example.com", "", " ", "other"})
  void anotherOneIsNotBanned(String banned) {
    assertEquals("ann@example.com", texts(draft("t", "c", EMAIL, "Ann", "Lee"), banned).email());
  }

  @Test
  void aNameHasUpToAThousandCharacters() {
    String longest = "\uD83D\uDE00".repeat(1_000);
    assertEquals(longest, texts(draft("t", "c", EMAIL, longest, longest)).firstName());
    InvalidParameters refused = refused(draft("t", "c", EMAIL, "Ann", longest + "a"));
    assertEquals(
        "customer_last must be at most 1000 characters long.",
        refused.faults().get("customer_last").message());
  }

  @ParameterizedTest
  @CsvSource({"65535, false", "65536, true"})
  void aTitleHasUpTo65535Bytes(int bytes, boolean tooLong) {
    TicketDraft draft = draft("A".repeat(bytes), "c", EMAIL, "Ann", "Lee");
    if (tooLong) {
      assertEquals("create_failed", refused(draft).code());
      assertEquals("rest_too_long", refused(draft).faults().get("ticket_title").code());
    } else {
      assertEquals(bytes, texts(draft).title().raw().length());
    }
  }

  @Test
  void aContentIsAsLongAsItMayBeAndAtMostTwiceThatWhereItIsShown() {
    String longest = "x".repeat(1000);
    assertEquals("X" + "x".repeat(999), texts(content(longest)).content().raw());
    assertEquals("rest_too_long", refused(content(longest + "x")).code());
    String faces = "\uD83D\uDE00".repeat(1000);
    assertEquals(faces, texts(content(faces)).content().raw());
    String quotes = "a \"b\" ".repeat(143);
    InvalidParameters refused = refused(content(quotes));
    assertEquals("rest_too_long", refused.code());
    assertEquals(Set.of("ticket_content"), refused.faults().keySet());
    String title = "\"a\" ".repeat(13_000);
    assertEquals(
        Set.of("ticket_title"), refused(draft(title, "c", EMAIL, "Ann", "Lee")).faults().keySet());
  }

  private static TicketDraft content(String content) {
    return draft("t", content, EMAIL, "Ann", "Lee");
  }
}
