package io.kbsserver.mail.incoming;

import io.kbsserver.mail.message.MailTexts;
import io.kbsserver.site.Site;
import java.util.List;

/** What was answered, as the text of a reply: nothing of it is taken for markup. */
final class AnswerText {

  private AnswerText() {}

  /**
   * The text of the reply.
   *
   * @param leftOut files that did not come with it, to be named at its end
   */
  static String of(String text, List<String> leftOut, Site site) {
    String reply = escaped(text);
    if (!leftOut.isEmpty()) {
      reply +=
          (reply.isEmpty() ? "" : "\n\n")
              + "("
              + escaped(MailTexts.leftOut(site) + " " + String.join(", ", leftOut))
              + ")";
    }
    return reply;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
