package io.kbsserver.mail.notice;

import io.kbsserver.mail.MailFactRepository;
import io.kbsserver.text.LinkedText;
import jakarta.inject.Singleton;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Whom a note names, as {@code @login}. */
@Singleton
class NamedAgents {

  /** No address has one in it, and no sentence ends in one. */
  private static final Pattern NAME =
      Pattern.compile("(?<![\\p{L}\\p{N}._@-])@([\\p{L}\\p{N}._-]{0,59}[\\p{L}\\p{N}_])");

  private static final int MOST = 20;

  private final MailFactRepository facts;

  NamedAgents(MailFactRepository facts) {
    this.facts = facts;
  }

  /** The users whom a note on a ticket names; nobody where it is gone. */
  Set<Long> of(long noteId, long ticketId) {
    List<String> names =
        facts.note(noteId, ticketId).stream()
            .flatMap(note -> NAME.matcher(LinkedText.line(note)).results())
            .map(found -> found.group(1))
            .distinct()
            .limit(MOST)
            .toList();
    return names.isEmpty() ? Set.of() : new LinkedHashSet<>(facts.users(names));
  }
}
