package io.kbsserver.mail.message;

import io.kbsserver.site.Setting;
import io.kbsserver.site.Site;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The line above which people answer a mail. Its frame is known again in what comes back, whatever
 * is said inside and in which language.
 */
public final class ReplyMarker {

  /** A program that quotes it may break it, and put signs before what follows. */
  private static final Pattern FRAMED = Pattern.compile("##-[^#]{1,250}?-##");

  private static final Pattern OF_NOTE = Pattern.compile("##![^#]{1,250}?!##");

  private ReplyMarker() {}

  static String of(Site site) {
    String own = site.get(Setting.MAIL_REPLY_MARKER).replace('#', ' ').strip();
    return "##- " + (own.isEmpty() ? MailTexts.marker(site) : own) + " -##";
  }

  /** What a mail about a private note begins with: what is answered to it is not published. */
  static String ofNote(Site site) {
    return "##! " + MailTexts.noteMarker(site) + " !##";
  }

  /** Whether a text quotes a mail about a private note. */
  public static boolean isOfNote(String text) {
    return OF_NOTE.matcher(text).find();
  }

  /** Where it begins in a text; -1 where it is not. */
  public static int in(String text) {
    Matcher framed = FRAMED.matcher(text);
    return framed.find() ? framed.start() : -1;
  }
}
