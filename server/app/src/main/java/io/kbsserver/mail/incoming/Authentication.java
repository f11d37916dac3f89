package io.kbsserver.mail.incoming;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether the operator's mail server has found that a mail is from whom it says. Only its topmost
 * word counts: those below may have come with the mail.
 */
final class Authentication {

  private static final Pattern HEADER_FROM = Pattern.compile("\\bheader\\.from\\s*=\\s*(\\S+)");

  private Authentication() {}

  /** Whether the results of this server say that DMARC passed, for where the sender is. */
  static boolean hasPassed(MailHead head, String server, String sender) {
    return head.all("authentication-results").stream()
        .map(Authentication::plain)
        .filter(results -> server.equalsIgnoreCase(of(results)))
        .findFirst()
        .map(results -> isPassed(results, sender.substring(sender.lastIndexOf('@') + 1)))
        .orElse(false);
  }

  /** Without comments and quoted strings, in which anything may stand that a sender has chosen. */
  private static String plain(String field) {
    StringBuilder plain = new StringBuilder();
    int depth = 0;
    boolean quoted = false;
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if (c == '\\' && (quoted || depth > 0)) {
        i++;
      } else if (c == '"' && depth == 0) {
        quoted = !quoted;
      } else if (!quoted && c == '(') {
        depth++;
      } else if (!quoted && c == ')' && depth > 0) {
        depth--;
      } else if (!quoted && depth == 0) {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  private static String of(String results) {
    // A version may stand behind the name.
    return results.split(";", 2)[0].strip().split("\\s+", 2)[0];
  }

  private static boolean isPassed(String results, String domain) {
    String[] parts = results.split(";");
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i].strip().toLowerCase(Locale.ROOT);
      if (part.matches("(?s)dmarc\\s*=\\s*pass(\\s.*)?")) {
        Matcher from = HEADER_FROM.matcher(part);
        return !from.find() || from.group(1).equals(domain.toLowerCase(Locale.ROOT));
      }
    }
    return false;
  }
}
