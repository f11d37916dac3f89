package io.kbsserver.mail.message;

import io.kbsserver.mail.MailKind;
import io.kbsserver.site.Setting;
import io.kbsserver.site.Site;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * What a mail says, with tags in it: as the site's settings have it, or else a text of our own.
 *
 * @param heading empty where there is none
 * @param content HTML
 */
record MailText(String subject, String heading, String content) {

  private static final String TEXTS = "io.kbsserver.mail.texts";

  /** Who is told that a ticket is closed is not told of the reply by a mail of its own. */
  private static final String CLOSED_BY_REPLY = "closed_by_reply";

  /**
   * In the language of the site, where that is one of ours.
   *
   * @param withReply whether somebody replied by what it tells of
   */
  static MailText of(MailKind kind, boolean withReply, Site site) {
    MailText own = own(kind == MailKind.CLOSED && withReply ? CLOSED_BY_REPLY : kind.kept(), site);
    return switch (kind) {
      case RECEIVED ->
          own.unless(
              site.get(Setting.TICKET_SUBJECT),
              site.get(Setting.TICKET_HEADING),
              site.get(Setting.TICKET_CONTENT));
      case REPLY ->
          own.unless(
              site.get(Setting.TICKET_REPLY_SUBJECT),
              site.get(Setting.TICKET_REPLY_HEADING),
              site.get(Setting.TICKET_REPLY_CONTENT));
      case CLOSED ->
          own.unless(
              site.get(Setting.TICKET_CLOSED_SUBJECT),
              site.get(Setting.TICKET_CLOSED_HEADING),
              site.get(Setting.TICKET_CLOSED_CONTENT));
      case NEW_TICKET_NOTICE ->
          own.unless(
              site.get(Setting.TICKET_NOTIFICATION_SUBJECT),
              "",
              site.get(Setting.TICKET_NOTIFICATION));
      case ASSIGNED ->
          own.unless(
              site.get(Setting.AGENT_ASSIGNED_SUBJECT),
              "",
              site.get(Setting.AGENT_ASSIGN_NOTIFICATION));
      case REPLY_NOTICE ->
          own.unless(
              site.get(Setting.REPLY_NOTIFICATION_SUBJECT),
              "",
              site.get(Setting.REPLY_NOTIFICATION));
      case NOTE_NOTICE -> own;
    };
  }

  /** The same where nothing that somebody wrote may stand in it. */
  static MailText bare(MailKind kind, Site site) {
    return own(kind == MailKind.RECEIVED ? "bare_received" : "bare_news", site);
  }

  /** What is sent to see whether it arrives. */
  static MailText trial(Site site) {
    return own("trial", site);
  }

  /** That of the site, whether or not we have texts in it. */
  static Locale languageOfSite(Site site) {
    String language = site.get(Setting.SITE_LANGUAGE);
    return language.isEmpty() ? Locale.ENGLISH : Locale.forLanguageTag(language.replace('_', '-'));
  }

  /** The language that our own texts are in, and dates. */
  static Locale language(Site site) {
    String language = site.get(Setting.SITE_LANGUAGE);
    return language.equals("de") || language.startsWith("de_") ? Locale.GERMAN : Locale.ENGLISH;
  }

  private static MailText own(String key, Site site) {
    ResourceBundle texts = texts(site);
    return new MailText(
        texts.getString(key + ".subject"),
        texts.getString(key + ".heading"),
        texts.getString(key + ".content"));
  }

  /** Our own texts in the language of the site. */
  static ResourceBundle texts(Site site) {
    // The language of this machine is nobody's business.
    return ResourceBundle.getBundle(
        TEXTS,
        language(site),
        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  private MailText unless(String otherSubject, String otherHeading, String otherContent) {
    boolean other = !otherContent.isBlank();
    return new MailText(
        otherSubject.isBlank() ? subject : otherSubject,
        // Ours speaks of what is ours.
        otherHeading.isBlank() && other ? "" : otherHeading.isBlank() ? heading : otherHeading,
        other ? otherContent : content);
  }
}
