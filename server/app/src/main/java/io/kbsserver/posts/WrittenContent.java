package io.kbsserver.posts;

import io.kbsserver.refusal.Fault;
import io.kbsserver.refusal.InvalidParameters;
import io.kbsserver.text.Cleaned;
import io.kbsserver.text.Rendering;
import io.kbsserver.text.Sanitizer;
import java.util.Map;

/**
 * A long text as it is stored and shown, harmless where its author may not publish any HTML.
 *
 * @param whole whether nothing was taken out of it
 */
public record WrittenContent(String raw, String rendered, boolean whole) {

  /** So many times as long as it may be a text may become where it is shown. */
  private static final long RENDERED = 2;

  /**
   * Sanitises and renders a text; refuses one that is too long.
   *
   * @param unfiltered whether its author may publish any HTML
   * @param longest so many characters it may have
   */
  public static WrittenContent of(String parameter, String text, boolean unfiltered, int longest) {
    if (length(text) > longest) {
      throw tooLong(
          parameter, "%s must be at most %d characters long.".formatted(parameter, longest));
    }
    Cleaned cleaned = unfiltered ? Sanitizer.trustedContent(text) : Sanitizer.content(text);
    String rendered = refuseLonger(parameter, Rendering.content(cleaned.text()), longest);
    return new WrittenContent(cleaned.text(), rendered, cleaned.whole());
  }

  /**
   * A quotation mark takes seven characters where it is shown: what is sent is more than stored.
   */
  public static String refuseLonger(String parameter, String rendered, int longest) {
    if (length(rendered) > RENDERED * longest) {
      throw tooLong(
          parameter,
          "%s must be at most %d characters long as it is shown: it has too many quotation marks, dashes or the like."
              .formatted(parameter, RENDERED * longest));
    }
    return rendered;
  }

  /** As the contract counts: a character of two units is one. */
  public static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static InvalidParameters tooLong(String parameter, String message) {
    String code = "rest_too_long";
    return new InvalidParameters(code, message, Map.of(parameter, new Fault(code, message)));
  }
}
