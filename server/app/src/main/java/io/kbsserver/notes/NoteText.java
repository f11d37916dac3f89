package io.kbsserver.notes;

import io.kbsserver.refusal.Fault;
import io.kbsserver.refusal.InvalidParameters;
import io.kbsserver.text.Cleaned;
import io.kbsserver.text.Rendering;
import io.kbsserver.text.Sanitizer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The text of a new note as it is stored, harmless where its author may not publish any HTML, and
 * as it is shown.
 *
 * @param whole whether nothing was taken out
 */
record NoteText(String raw, String rendered, boolean whole) {

  /** What it is called in a request. */
  static final String PARAMETER = "note_content";

  /** As many bytes as WordPress keeps of one, so that a page of them fits into memory. */
  private static final int LONGEST_BYTES = 65_535;

  /** So many times as long a text may become where it is shown. */
  private static final int RENDERED = 2;

  /**
   * Refuses a text that is missing or too long.
   *
   * @param unfiltered whether its author may publish any HTML
   */
  static NoteText of(@Nullable String content, boolean unfiltered) {
    if (content == null) {
      throw new InvalidParameters(
          "required_fields",
          "Required fields missing.",
          Map.of(PARAMETER, new Fault("rest_missing_param", PARAMETER + " is required.")));
    }
    refuseLonger(content, LONGEST_BYTES, "");
    Cleaned cleaned = unfiltered ? Sanitizer.trustedContent(content) : Sanitizer.content(content);
    refuseLonger(cleaned.text(), LONGEST_BYTES, " as it is stored");
    String rendered = Rendering.content(cleaned.text());
    refuseLonger(rendered, RENDERED * LONGEST_BYTES, " as it is shown");
    return new NoteText(cleaned.text(), rendered, cleaned.whole());
  }

  private static void refuseLonger(String text, int longest, String where) {
    if (text.getBytes(StandardCharsets.UTF_8).length > longest) {
      String code = "rest_too_long";
      String message = "%s must be at most %d bytes long%s.".formatted(PARAMETER, longest, where);
      throw new InvalidParameters(code, message, Map.of(PARAMETER, new Fault(code, message)));
    }
  }
}
