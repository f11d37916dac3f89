package io.kbsserver.posts;

import io.kbsserver.text.PlainText;

/** The start of a title, by which an index sorts. */
public final class TitleKey {

  private static final int CHARACTERS = 191;

  private TitleKey() {}

  /** That of a title as it is stored. */
  public static String of(String title) {
    return PlainText.start(title, CHARACTERS);
  }
}
