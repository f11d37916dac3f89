package io.kbsserver.mail.notice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kbsserver.change.Action;
import io.kbsserver.change.ChangeSource;
import io.kbsserver.change.LoggedChange;
import io.kbsserver.change.Subject;
import io.kbsserver.site.BuiltInStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction did to a ticket, as far as mails tell of it.
 *
 * @param position of its last change
 * @param causedBy who did it; null where nobody had logged in
 * @param byMail whether it came by mail, which is of the help desk only where its agents sent it
 * @param opened whether it made the ticket
 * @param closed whether it closed it
 * @param agents those who were assigned it by this, or added
 * @param replies those that were published
 * @param authors who wrote these replies
 * @param notes those that were written, and the position of each
 */
record TicketEvent(
    long ticketId,
    long position,
    @Nullable Long causedBy,
    boolean byMail,
    boolean opened,
    boolean closed,
    Set<Long> agents,
    List<Long> replies,
    Set<Long> authors,
    Map<Long, Long> notes) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What tells the rows of one transaction from those of others. */
  private record Transaction(long ticketId, long revision) {

    static @Nullable Transaction of(LoggedChange change) {
      return change.ticketId() == null || change.revision() == null
          ? null
          : new Transaction(change.ticketId(), change.revision());
    }
  }

  /** The same as of one of its changes. */
  TicketEvent at(long ofChange) {
    return new TicketEvent(
        ticketId, ofChange, causedBy, byMail, opened, closed, agents, replies, authors, notes);
  }

  /** Of changes in their order, those that mails may tell of. */
  static List<TicketEvent> of(List<LoggedChange> changes) {
    return transactions(changes).stream()
        .map(one -> of(Objects.requireNonNull(one.get(0).ticketId()), one))
        .toList();
  }

  /** The same, still as they were logged. */
  static List<List<LoggedChange>> transactions(List<LoggedChange> changes) {
    Map<Transaction, List<LoggedChange>> transactions = new LinkedHashMap<>();
    for (LoggedChange change : changes) {
      Transaction transaction = Transaction.of(change);
      if (transaction != null && change.fields() != null) {
        transactions.computeIfAbsent(transaction, any -> new ArrayList<>()).add(change);
      }
    }
    return List.copyOf(transactions.values());
  }

  /**
   * How many of the first rows can be taken without cutting a transaction in two.
   *
   * @param most so many at most, of rows of which there may be more
   */
  static int whole(List<LoggedChange> changes, int most) {
    Map<Transaction, Integer> last = new LinkedHashMap<>();
    for (int i = 0; i < changes.size(); i++) {
      Transaction transaction = Transaction.of(changes.get(i));
      if (transaction != null) {
        last.put(transaction, i);
      }
    }
    int whole = 0;
    int reach = -1;
    for (int i = 0; i < Math.min(most, changes.size()); i++) {
      Transaction transaction = Transaction.of(changes.get(i));
      reach = Math.max(reach, transaction == null ? i : last.getOrDefault(transaction, i));
      if (reach == i) {
        whole = i + 1;
      }
    }
    return whole == 0 ? Math.min(most, changes.size()) : whole;
  }

  private static TicketEvent of(long ticketId, List<LoggedChange> changes) {
    LoggedChange last = changes.get(changes.size() - 1);
    boolean opened = false;
    boolean closed = false;
    Set<Long> agents = new LinkedHashSet<>();
    List<Long> replies = new ArrayList<>();
    Set<Long> authors = new LinkedHashSet<>();
    Map<Long, Long> notes = new LinkedHashMap<>();
    for (LoggedChange change : changes) {
      JsonNode fields = read(change);
      boolean made = change.action().equals(Action.CREATED.kept());
      if (change.kind().equals(Subject.TICKET.kind())) {
        opened |= made;
        closed |= fields.at("/status/to").asText().equals(BuiltInStatus.CLOSED);
        added(fields, agents);
      } else if (change.kind().equals(Subject.REPLY.kind())) {
        if (fields.at("/status/to").asText().equals(BuiltInStatus.PUBLISHED)) {
          replies.add(Long.valueOf(change.subjectId()));
          authors.add(fields.at("/author_id/to").asLong());
          closed |= fields.at("/resolution/to").asBoolean();
        }
      } else if (change.kind().equals(Subject.NOTE.kind()) && made) {
        notes.put(Long.valueOf(change.subjectId()), change.position());
      }
    }
    return new TicketEvent(
        ticketId,
        last.position(),
        last.userId(),
        last.source().equals(ChangeSource.MAIL.kept()),
        opened,
        closed && !opened,
        agents,
        replies,
        authors,
        notes);
  }

  private static void added(JsonNode fields, Set<Long> agents) {
    long agent = fields.at("/agent_id/to").asLong();
    if (agent > 0) {
      agents.add(agent);
    }
    Set<Long> before = new LinkedHashSet<>();
    fields.at("/agents/from").forEach(id -> before.add(id.asLong()));
    fields
        .at("/agents/to")
        .forEach(
            id -> {
              if (!before.contains(id.asLong())) {
                agents.add(id.asLong());
              }
            });
  }

  private static JsonNode read(LoggedChange change) {
    try {
      return JSON.readTree(change.fields());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
