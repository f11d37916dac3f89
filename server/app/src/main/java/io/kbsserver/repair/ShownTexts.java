package io.kbsserver.repair;

import io.kbsserver.articles.ArticleTexts;
import io.kbsserver.change.Subject;
import io.kbsserver.posts.TitleKey;
import io.kbsserver.text.StoredRendering;
import io.kbsserver.text.StoredRendering.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What is made of texts when they are written, and kept beside them. */
enum ShownTexts {
  TICKETS(
      "texts of tickets",
      Subject.TICKET,
      List.of("title_raw", "content_raw"),
      List.of("title_key", "title_rendered", "content_rendered"),
      raw ->
          List.of(
              new Shown(TitleKey.of(raw.get(0)), true, false),
              StoredRendering.title(raw.get(0)),
              StoredRendering.content(raw.get(1)))),
  REPLIES("texts of replies", Subject.REPLY),
  NOTES("texts of notes", Subject.NOTE),
  ARTICLES(
      "texts of articles",
      Subject.ARTICLE,
      List.of("title_raw", "content_raw", "excerpt_raw"),
      List.of("title_rendered", "content_rendered", "excerpt_rendered"),
      raw -> {
        ArticleTexts texts = ArticleTexts.of(raw.get(0), raw.get(1), raw.get(2));
        return List.of(texts.title(), texts.content(), texts.excerpt());
      });

  private final String text;
  private final Subject subject;
  private final List<String> raw;
  private final List<String> made;
  private final Function<List<String>, List<Shown>> making;

  ShownTexts(String text, Subject subject) {
    this(
        text,
        subject,
        List.of("content_raw"),
        List.of("content_rendered"),
        raw -> List.of(StoredRendering.content(raw.get(0))));
  }

  ShownTexts(
      String text,
      Subject subject,
      List<String> raw,
      List<String> made,
      Function<List<String>, List<Shown>> making) {
    this.text = text;
    this.subject = subject;
    this.raw = raw;
    this.made = made;
    this.making = making;
  }

  /** What people call them. */
  String text() {
    return text;
  }

  /** Whose they are. */
  Subject subject() {
    return subject;
  }

  /** The columns that they are made of. */
  List<String> raw() {
    return raw;
  }

  /** The columns that they are kept in. */
  List<String> made() {
    return made;
  }

  /** What they are to be; what cannot be rendered here stays as it is, if it is there. */
  List<String> of(List<String> texts, List<String> kept) {
    List<String> made = new ArrayList<>();
    for (Shown shown : making.apply(texts)) {
      String before = kept.get(made.size());
      made.add(shown.bare() && !before.isEmpty() ? before : shown.html());
    }
    return made;
  }
}
