package io.kbsserver.text;

import java.util.function.UnaryOperator;

/** Renders what is stored, and never fails at it: a text that defies rendering is shown bare. */
public final class StoredRendering {

  /**
   * A text as it is shown.
   *
   * @param whole whether nothing had to be taken out of it
   * @param bare whether it could not be rendered
   */
  public record Shown(String html, boolean whole, boolean bare) {}

  private StoredRendering() {}

  /** A title, which is as harmless as it was stored. */
  public static Shown title(String raw) {
    return shown(raw, Rendering::title);
  }

  /** A content, which is as harmless as it was stored. */
  public static Shown content(String raw) {
    return shown(raw, Rendering::content);
  }

  /** A content of which nothing may run. */
  public static Shown harmless(String raw) {
    Cleaned cleaned = Sanitizer.content(raw);
    Shown shown = content(cleaned.text());
    return new Shown(shown.html(), cleaned.whole(), shown.bare());
  }

  /** A short text of which nothing may run, as it is shown without being rendered. */
  public static Cleaned label(String raw) {
    return raw.contains("<") ? Sanitizer.content(raw) : new Cleaned(raw, true);
  }

  private static Shown shown(String raw, UnaryOperator<String> rendering) {
    try {
      return new Shown(rendering.apply(raw), true, false);
    } catch (RuntimeException | StackOverflowError e) {
      String bare = raw.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
      return new Shown(bare, true, true);
    }
  }
}
