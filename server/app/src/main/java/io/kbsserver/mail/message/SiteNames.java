package io.kbsserver.mail.message;

import io.kbsserver.site.Setting;
import io.kbsserver.site.Site;
import io.kbsserver.text.LinkedText;

/** What a site is called; WordPress keeps the characters of HTML in it as references. */
final class SiteNames {

  private SiteNames() {}

  /** What it is called. */
  static String name(Site site) {
    return OneLine.of(LinkedText.line(site.get(Setting.SITE_NAME)));
  }

  /** Whom its mails come from. */
  static String sender(Site site) {
    String from = OneLine.of(LinkedText.line(site.get(Setting.FROM_NAME)));
    return from.isEmpty() ? name(site) : from;
  }
}
