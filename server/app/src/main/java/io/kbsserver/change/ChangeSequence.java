package io.kbsserver.change;

import static java.util.Comparator.comparingLong;
import static java.util.Objects.requireNonNull;

import io.kbsserver.change.ChangeSequenceRepository.Placed;
import io.kbsserver.change.ChangeSequenceRepository.Unplaced;
import io.kbsserver.storage.RetriedOnConflict;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The order of all changes: positions without a gap, given to what is committed. One server at a
 * time gives them, whichever is asked: it locks the one row of the sequence. Nodes of a cluster do
 * not see each other's locks; of two that do it at once the later one fails, and does it again.
 */
@Singleton
public class ChangeSequence {

  /** Few enough for a statement that is short to others who wait. */
  private static final int BATCH = 500;

  private final ChangeSequenceRepository repository;

  ChangeSequence(ChangeSequenceRepository repository) {
    this.repository = repository;
  }

  /**
   * Gives positions to what is committed and has none.
   *
   * @param most so many rows, about; what is left is for whoever comes next
   * @return whether none is left
   */
  boolean give(int most) {
    for (int given = 0; given < most; given += BATCH) {
      if (!isOpen()) {
        return true;
      }
      if (!giveSome()) {
        // Another has been faster, or what is read comes from another database than what is locked.
        return true;
      }
    }
    return false;
  }

  @Connectable
  boolean isOpen() {
    return repository.firstUnplaced().isPresent();
  }

  @RetriedOnConflict
  @Transactional
  boolean giveSome() {
    // What is read behind this lock is all that those before have left.
    long last = repository.lockLast();
    List<Unplaced> rows = repository.unplaced(BATCH);
    if (rows.isEmpty()) {
      return false;
    }
    List<Long> order = inOrder(rows, ofTheirTickets(rows));
    repository.place(last, order);
    repository.setLast(last + order.size());
    return true;
  }

  /**
   * All that the tickets of some rows have: nodes of a cluster give ids by turns, so that an
   * earlier change of a ticket may have a later one.
   */
  private List<Unplaced> ofTheirTickets(List<Unplaced> rows) {
    if (rows.size() < BATCH) {
      return rows;
    }
    Set<Long> tickets = new HashSet<>();
    for (Unplaced row : rows) {
      if (row.ticketId() != null) {
        tickets.add(row.ticketId());
      }
    }
    return tickets.isEmpty() ? rows : repository.unplacedOf(tickets);
  }

  /** By id, but the rows of each ticket, in the places that they have together, by revision. */
  private static List<Long> inOrder(List<Unplaced> rows, List<Unplaced> ofTheirTickets) {
    Map<Long, List<Unplaced>> ofTickets = new HashMap<>();
    for (Unplaced row : ofTheirTickets) {
      if (row.ticketId() != null) {
        ofTickets.computeIfAbsent(row.ticketId(), id -> new ArrayList<>()).add(row);
      }
    }
    ofTickets
        .values()
        .forEach(
            list -> list.sort(comparingLong(Unplaced::revision).thenComparingLong(Unplaced::id)));
    Map<Long, Integer> taken = new HashMap<>();
    List<Long> order = new ArrayList<>();
    for (Unplaced row : rows.stream().sorted(comparingLong(Unplaced::id)).toList()) {
      Long ticket = row.ticketId();
      if (ticket == null) {
        order.add(row.id());
      } else {
        int next = taken.merge(ticket, 1, Integer::sum) - 1;
        order.add(requireNonNull(ofTickets.get(ticket)).get(next).id());
      }
    }
    return order;
  }

  /** Whether the log has positions behind the last that was given, as none is. */
  @Connectable
  public boolean isBehindTheLog() {
    // In this order: others go on meanwhile.
    long newest = repository.newest();
    return repository.last() < newest;
  }

  /** Goes on behind the log. */
  @RetriedOnConflict
  @Transactional
  public void catchUp() {
    // What is read behind this lock is all that was given.
    long last = repository.lockLast();
    repository.setLast(Math.max(last, repository.newest()));
  }

  /** How far it reaches. */
  @Connectable
  LogExtent extent(boolean whole) {
    return new LogExtent(repository.last(), whole);
  }

  /** Up to where rows are gone. */
  @Connectable
  long folded() {
    return repository.folded();
  }

  /**
   * Takes away some of the first rows.
   *
   * @param before those that are older than this, in UTC
   * @return how many
   */
  @RetriedOnConflict
  @Transactional
  int fold(LocalDateTime before) {
    List<Placed> old =
        repository.first(BATCH).stream().takeWhile(row -> row.at().isBefore(before)).toList();
    if (!old.isEmpty()) {
      repository.setFolded(old.get(old.size() - 1).position());
      repository.remove(old.stream().map(Placed::id).toList());
    }
    return old.size();
  }
}
