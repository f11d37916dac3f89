package io.kbsserver.tickets;

import static java.util.Objects.requireNonNull;

import io.kbsserver.access.Caller;
import io.kbsserver.posts.WrittenContent;
import io.kbsserver.refusal.Fault;
import io.kbsserver.refusal.InvalidParameters;
import io.kbsserver.text.Cleaned;
import io.kbsserver.text.PlainText;
import io.kbsserver.text.Rendering;
import io.kbsserver.text.Sanitizer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The texts of a new ticket as they are stored: complete, normalised, and harmless where the caller
 * may not publish any HTML; and as they are shown.
 *
 * @param changed the parameters of whose texts something was taken out
 */
record TicketTexts(
    TicketView.Text title,
    TicketView.Text content,
    String email,
    String firstName,
    String lastName,
    Set<String> changed) {

  private static final int LONGEST_TITLE_BYTES = 65_535;
  private static final int LONGEST_NAME = 1_000;

  /**
   * Refuses a draft that is incomplete or too long, or whose e-mail address cannot be used.
   *
   * @param longest so many characters a content may have
   */
  static TicketTexts of(TicketDraft draft, Caller caller, List<String> bannedEmails, int longest) {
    refuseIncomplete(draft, caller.email(), bannedEmails);
    boolean unfiltered = caller.mayPublishUnfilteredHtml();
    WrittenContent content =
        WrittenContent.of(
            "ticket_content",
            PlainText.capitalised(requireNonNull(draft.content())),
            unfiltered,
            longest);
    String title = PlainText.capitalised(requireNonNull(draft.title()));
    Map<String, Cleaned> cleaned = new LinkedHashMap<>();
    cleaned.put("customer_first", PlainText.cleanName(requireNonNull(draft.firstName())));
    cleaned.put("customer_last", PlainText.cleanName(requireNonNull(draft.lastName())));
    cleaned.put(
        "ticket_title", unfiltered ? Sanitizer.trustedTitle(title) : Sanitizer.title(title));
    String storedTitle = shortEnough(PlainText.trim(cleaned.get("ticket_title").text()));
    return new TicketTexts(
        new TicketView.Text(
            storedTitle,
            WrittenContent.refuseLonger(
                "ticket_title", Rendering.title(storedTitle), LONGEST_TITLE_BYTES)),
        new TicketView.Text(content.raw(), content.rendered()),
        requireNonNull(draft.email()).toLowerCase(Locale.ROOT),
        name("customer_first", cleaned.get("customer_first").text()),
        name("customer_last", cleaned.get("customer_last").text()),
        changed(cleaned, content));
  }

  private static Set<String> changed(Map<String, Cleaned> cleaned, WrittenContent content) {
    Set<String> changed = new LinkedHashSet<>();
    cleaned.forEach(
        (parameter, text) -> {
          if (!text.whole()) {
            changed.add(parameter);
          }
        });
    if (!content.whole()) {
      changed.add("ticket_content");
    }
    return changed;
  }

  /**
   * All that is missing is named at once; the code is that of the first, in the plugin's order.
   * Whose own address is banned writes for nobody.
   */
  private static void refuseIncomplete(
      TicketDraft draft, String callersEmail, List<String> bannedEmails) {
    Map<String, Fault> faults = new LinkedHashMap<>();
    require("customer_first", draft.firstName(), faults);
    require("customer_last", draft.lastName(), faults);
    require("customer_email", draft.email(), faults);
    boolean emailReached = faults.isEmpty();
    String invalidEmail = "Invalid email address.";
    if (draft.email() != null
        && (!PlainText.isEmail(draft.email())
            || isBanned(draft.email(), bannedEmails)
            || isBanned(callersEmail, bannedEmails))) {
      faults.put("customer_email", new Fault("invalid_email", invalidEmail));
    }
    boolean emailAtFault = emailReached && !faults.isEmpty();
    require("ticket_title", draft.title(), faults);
    require("ticket_content", draft.content(), faults);
    if (emailAtFault) {
      throw new InvalidParameters("invalid_email", invalidEmail, faults);
    }
    if (!faults.isEmpty()) {
      throw new InvalidParameters("required_fields", "Required fields missing.", faults);
    }
  }

  private static void require(String name, @Nullable String value, Map<String, Fault> faults) {
    if (value == null) {
      faults.put(name, new Fault("rest_missing_param", name + " is required."));
    }
  }

  /**
   * A banned entry that is an address must be met exactly, any other in any case anywhere in the
   * address.
   */
  private static boolean isBanned(String email, List<String> bannedEmails) {
    return bannedEmails.stream()
        .map(String::strip)
        .filter(banned -> !banned.isEmpty())
        .anyMatch(
            banned ->
                PlainText.isEmail(banned)
                    ? banned.equals(email)
                    : email.toLowerCase(Locale.ROOT).contains(banned.toLowerCase(Locale.ROOT)));
  }

  /** Escaped characters take more room than those that were sent. */
  private static String name(String parameter, String name) {
    String stored = PlainText.capitalised(name);
    if (WrittenContent.length(stored) > LONGEST_NAME) {
      throw new InvalidParameters(
          parameter,
          new Fault(
              "rest_too_long",
              "%s must be at most %d characters long.".formatted(parameter, LONGEST_NAME)));
    }
    return stored;
  }

  private static String shortEnough(String title) {
    if (title.getBytes(StandardCharsets.UTF_8).length > LONGEST_TITLE_BYTES) {
      throw new InvalidParameters(
          "create_failed",
          "Unable to create ticket.",
          Map.of(
              "ticket_title",
              new Fault(
                  "rest_too_long",
                  "ticket_title must be at most " + LONGEST_TITLE_BYTES + " bytes long.")));
    }
    return title;
  }
}
