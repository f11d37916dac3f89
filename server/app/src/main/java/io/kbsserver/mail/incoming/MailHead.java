package io.kbsserver.mail.incoming;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the header of a mail says, as far as it is looked at.
 *
 * @param fields the values of each, by its name in small letters, the topmost first
 */
record MailHead(Map<String, List<String>> fields) {

  /** Nothing else is kept of a header. */
  static final Set<String> LOOKED_AT =
      Set.of(
          "message-id",
          "date",
          "from",
          "subject",
          "in-reply-to",
          "references",
          "return-path",
          "auto-submitted",
          "precedence",
          "list-id",
          "x-auto-response-suppress",
          "x-autoreply",
          "x-autorespond",
          "x-failed-recipients",
          "authentication-results",
          "content-type");

  /** More of what a mail refers to is not looked up. */
  private static final int MOST_REFERENCES = 50;

  private static final Pattern ID = Pattern.compile("<([\\x21-\\x3B=\\x3F-\\x7E]{3,400})>");

  /** The values of a field, the topmost first. */
  List<String> all(String name) {
    return fields.getOrDefault(name, List.of());
  }

  /** The first value of a field; empty where there is none. */
  String first(String name) {
    return all(name).stream().findFirst().orElse("").strip();
  }

  /** What the mail is known by, without the angle brackets; empty where it has nothing. */
  String messageId() {
    Matcher id = ID.matcher(first("message-id"));
    return id.find() ? id.group(1) : "";
  }

  /** The mails that it answers, the nearest first. */
  List<String> answered() {
    List<String> near = ids("in-reply-to");
    List<String> all = ids("references");
    Collections.reverse(all);
    near.addAll(all);
    return near.stream().distinct().limit(MOST_REFERENCES).toList();
  }

  private List<String> ids(String name) {
    List<String> ids = new ArrayList<>();
    Matcher id = ID.matcher(String.join(" ", all(name)));
    while (id.find()) {
      ids.add(id.group(1));
    }
    return ids;
  }

  /** The subject as it is read. */
  String subject() {
    String subject = first("subject");
    try {
      return MimeUtility.decodeText(subject);
    } catch (UnsupportedEncodingException | RuntimeException e) {
      return subject;
    }
  }

  /** The one who sent it; empty where it is not exactly one. */
  Optional<String> sender() {
    if (all("from").size() != 1) {
      return Optional.empty();
    }
    try {
      InternetAddress[] from = InternetAddress.parse(first("from"), true);
      return from.length == 1 && !from[0].isGroup()
          ? Optional.of(from[0].getAddress())
          : Optional.empty();
    } catch (AddressException e) {
      return Optional.empty();
    }
  }

  /** A value as it is compared. */
  String folded(String name) {
    return first(name).toLowerCase(Locale.ROOT);
  }
}
