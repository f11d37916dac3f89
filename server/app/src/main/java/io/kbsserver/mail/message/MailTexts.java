package io.kbsserver.mail.message;

import io.kbsserver.site.Site;

/** Single words of our own, in the language of the site. */
public final class MailTexts {

  private MailTexts() {}

  /** What stands before the names of files that were not taken. */
  public static String leftOut(Site site) {
    return MailText.texts(site).getString("left_out");
  }

  static String noteMarker(Site site) {
    return MailText.texts(site).getString("note_marker");
  }

  static String marker(Site site) {
    return MailText.texts(site).getString("reply_marker");
  }
}
