package io.kbsserver.wordpress.kinds;

import io.kbsserver.text.Cleaned;
import io.kbsserver.text.StoredRendering;
import io.kbsserver.text.StoredRendering.Shown;
import io.kbsserver.wordpress.source.RowReader;

/** Renders what was stored, and reports where that shows less than was written. */
final class Render {

  private Render() {}

  static String title(String raw, RowReader reader) {
    return html(StoredRendering.title(raw), reader);
  }

  static String content(String raw, RowReader reader) {
    return html(StoredRendering.content(raw), reader);
  }

  /** A short text that websites show, of which nothing may run. */
  static String label(String what, String raw, RowReader reader) {
    Cleaned cleaned = StoredRendering.label(raw);
    tellOfLabel(what, cleaned.whole(), reader);
    return cleaned.text();
  }

  /** The same of one that is rendered. */
  static String label(String what, Shown shown, RowReader reader) {
    tellOfLabel(what, shown.whole(), reader);
    return html(shown, reader);
  }

  private static void tellOfLabel(String what, boolean whole, RowReader reader) {
    if (!whole) {
      reader.problem(what + " has what may run in a page, or is not known; that was taken out");
    }
  }

  /** A long text that websites show, of which nothing may run. */
  static String text(Shown shown, RowReader reader) {
    if (!shown.whole()) {
      reader.information(
          "its text has what may run in a page, or is not known; shown without that");
    }
    return html(shown, reader);
  }

  private static String html(Shown shown, RowReader reader) {
    if (shown.bare()) {
      reader.problem("its text could not be rendered; it is shown as plain text");
    }
    return shown.html();
  }
}
