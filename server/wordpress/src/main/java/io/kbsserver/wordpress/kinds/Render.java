package io.kbsserver.wordpress.kinds;

import io.kbsserver.text.Cleaned;
import io.kbsserver.text.Rendering;
import io.kbsserver.text.Sanitizer;
import io.kbsserver.wordpress.source.RowReader;
import java.util.function.UnaryOperator;

/** Renders what was stored, and never fails at it: a text that defies rendering is shown bare. */
final class Render {

  private Render() {}

  static String title(String raw, RowReader reader) {
    return safely(raw, Rendering::title, reader);
  }

  static String content(String raw, RowReader reader) {
    return safely(raw, Rendering::content, reader);
  }

  /** What an article shows: written by people of the house, and yet nothing of it may run. */
  static String harmless(String raw, RowReader reader) {
    Cleaned cleaned = Sanitizer.content(raw);
    if (!cleaned.whole()) {
      reader.information(
          "its text has what may run in a page, or is not known; shown without that");
    }
    return content(cleaned.text(), reader);
  }

  /** A short text that websites show, of which nothing may run. */
  static String label(String what, String raw, RowReader reader) {
    if (!raw.contains("<")) {
      return raw;
    }
    Cleaned cleaned = Sanitizer.content(raw);
    if (!cleaned.whole()) {
      reader.problem(what + " has what may run in a page, or is not known; that was taken out");
    }
    return cleaned.text();
  }

  private static String safely(String raw, UnaryOperator<String> rendering, RowReader reader) {
    try {
      return rendering.apply(raw);
    } catch (RuntimeException | StackOverflowError e) {
      reader.problem("its text could not be rendered; it is shown as plain text");
      return raw.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
  }
}
