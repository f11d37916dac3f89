package io.kbsserver.articles;

import io.kbsserver.list.LongTexts;
import java.util.List;

/** What articles are shown for, which says what is read of their texts. */
enum ArticlePurpose {
  EMBED(List.of("excerpt_rendered")),
  VIEW(List.of("content_rendered", "excerpt_rendered")),
  EDIT(List.of("content_raw", "content_rendered", "excerpt_raw", "excerpt_rendered"));

  private final LongTexts texts;

  ArticlePurpose(List<String> columns) {
    this.texts = new LongTexts("article", "a", columns);
  }

  /** Those that are shown, of {@code article a}. */
  LongTexts texts() {
    return texts;
  }
}
