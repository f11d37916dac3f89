package io.kbsserver.mail.incoming;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Tells mails that a program has written: nothing of them may begin a conversation of machines. */
final class Automatic {

  private static final Set<String> IN_BULK = Set.of("bulk", "junk", "list", "auto_reply");

  private static final List<String> PROGRAMS = List.of("mailer-daemon@", "postmaster@");

  private Automatic() {}

  /** By what it is known; empty where somebody has written it. */
  static Optional<String> sign(MailHead head, String sender) {
    String submitted = head.folded("auto-submitted");
    if (!submitted.isEmpty() && !submitted.equals("no") && !submitted.startsWith("no;")) {
      return Optional.of("Auto-Submitted");
    }
    if (IN_BULK.contains(head.folded("precedence"))) {
      return Optional.of("Precedence");
    }
    if (!head.first("list-id").isEmpty()) {
      return Optional.of("List-Id");
    }
    String suppress = head.folded("x-auto-response-suppress");
    if (!suppress.isEmpty() && !suppress.equals("none")) {
      return Optional.of("X-Auto-Response-Suppress");
    }
    for (String own : List.of("x-autoreply", "x-autorespond", "x-failed-recipients")) {
      if (!head.all(own).isEmpty() && !head.folded(own).equals("no")) {
        return Optional.of(own);
      }
    }
    if (!head.all("return-path").isEmpty()
        && head.first("return-path").replaceAll("[<>\\s]", "").isEmpty()) {
      return Optional.of("an empty Return-Path");
    }
    if (head.folded("content-type").startsWith("multipart/report")) {
      return Optional.of("a report");
    }
    return PROGRAMS.stream()
        .filter(sender.toLowerCase(Locale.ROOT)::startsWith)
        .findFirst()
        .map(program -> "its sender");
  }
}
