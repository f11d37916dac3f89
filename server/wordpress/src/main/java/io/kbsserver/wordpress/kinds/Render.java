package io.kbsserver.wordpress.kinds;

import io.kbsserver.text.Rendering;
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

  private static String safely(String raw, UnaryOperator<String> rendering, RowReader reader) {
    try {
      return rendering.apply(raw);
    } catch (RuntimeException | StackOverflowError e) {
      reader.problem("its text could not be rendered; it is shown as plain text");
      return raw.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
  }
}
