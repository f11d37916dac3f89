package io.kbsserver.articles;

import io.kbsserver.text.Cleaned;
import io.kbsserver.text.Excerpt;
import io.kbsserver.text.StoredRendering;
import io.kbsserver.text.StoredRendering.Shown;

/**
 * What websites show of an article, by whomever it was written: nothing of it runs.
 *
 * @param title with whether nothing was taken out of it
 * @param excerpt the beginning of the content where it has none of its own
 */
public record ArticleTexts(Shown title, Shown content, Shown excerpt) {

  /** Of texts as they are stored. */
  public static ArticleTexts of(String title, String content, String excerpt) {
    Cleaned cleaned = StoredRendering.label(title);
    Shown shownTitle = StoredRendering.title(cleaned.text());
    Shown shown = StoredRendering.harmless(content);
    return new ArticleTexts(
        new Shown(shownTitle.html(), cleaned.whole(), shownTitle.bare()),
        shown,
        excerpt.isBlank()
            ? StoredRendering.content(Excerpt.of(shown.html()))
            : StoredRendering.harmless(excerpt));
  }
}
