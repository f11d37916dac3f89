package io.kbsserver.mail.message;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Puts in order what a text has become: whatever was opened is closed. */
final class Paragraph {

  private Paragraph() {}

  /** The same without paragraphs of which nothing is left. */
  static String withoutEmpty(String html) {
    Document document = Jsoup.parseBodyFragment(html);
    document.outputSettings().prettyPrint(false);
    for (Element paragraph : document.select("p, blockquote, ul")) {
      if (!paragraph.hasText() && paragraph.select("img, hr").isEmpty()) {
        paragraph.remove();
      }
    }
    return document.body().html();
  }
}
