package io.kbsserver.sync;

import static java.util.Objects.requireNonNull;

import io.kbsserver.access.Caller;
import io.kbsserver.access.ChangeVisibility;
import io.kbsserver.change.Action;
import io.kbsserver.change.ChangeReader;
import io.kbsserver.change.LogExtent;
import io.kbsserver.change.Subject;
import io.kbsserver.refusal.Fault;
import io.kbsserver.refusal.InvalidParameters;
import io.kbsserver.refusal.NotThere;
import io.kbsserver.site.CurrentSite;
import io.kbsserver.site.Site;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Who sees what of the log of changes.
 *
 * <p>Somebody is told of what they see now, and of what they saw until a change took it out of
 * their sight: that it is gone, and nothing else. Of the rest they are told nothing.
 */
@Singleton
public class SyncService {

  /** So many rows are looked at by one statement. */
  private static final int LOOKED_AT = 500;

  /** So many statements look for something that the caller sees. */
  private static final int LOOKS = 10;

  private final ChangeReader reader;
  private final ChangeList list;
  private final CurrentSite settings;

  SyncService(ChangeReader reader, ChangeList list, CurrentSite settings) {
    this.reader = reader;
    this.list = list;
    this.settings = settings;
  }

  /** The position of the last of all changes. */
  public long now() {
    return reader.extent().last();
  }

  /** No change, but the position to go on from. */
  SeenChanges start() {
    LogExtent extent = reader.extent();
    return new SeenChanges(List.of(), extent.last(), !extent.whole());
  }

  /**
   * What a caller sees of the changes behind a position, those that are committed by now included.
   * Whoever goes on with the position that this tells misses none, and is told of none twice.
   *
   * @param position 0 for the beginning
   * @param most so many at most
   * @param kinds what is to be told of
   */
  public SeenChanges after(long position, int most, Set<Subject> kinds, Caller caller) {
    LogExtent extent = reader.extent();
    if (position > extent.last()) {
      throw new InvalidParameters(
          "after",
          new Fault(
              "rest_invalid_param",
              "after is ahead of all changes, the last of which is " + extent.last() + "."));
    }
    ChangeList.Sight sight = sight(caller);
    List<SeenChange> told = new ArrayList<>();
    long next = position;
    boolean more = true;
    for (int look = 0; look < LOOKS && more && told.isEmpty(); look++) {
      List<LookedAt> rows = list.behind(next, LOOKED_AT, sight);
      more = rows.size() == LOOKED_AT;
      for (LookedAt row : rows) {
        Optional<SeenChange> change = seen(row).filter(seen -> kinds.contains(seen.subject()));
        if (row.turned() && told.isEmpty()) {
          throw NotThere.sightOfChanges();
        }
        if (row.turned() || (change.isPresent() && told.size() == most)) {
          more = true;
          break;
        }
        change.ifPresent(told::add);
        next = row.position();
      }
    }
    if (reader.folded() > position) {
      throw NotThere.changes();
    }
    return new SeenChanges(told, next, more || !extent.whole());
  }

  /** Of the changes at these positions, those that a caller sees, in their order. */
  public List<SeenChange> among(Collection<Long> positions, Caller caller) {
    return positions.isEmpty()
        ? List.of()
        : list.at(positions, sight(caller)).stream().flatMap(row -> seen(row).stream()).toList();
  }

  private ChangeList.Sight sight(Caller caller) {
    Site site = settings.current();
    return new ChangeList.Sight(
        ChangeVisibility.settled(ChangeVisibility.seen(caller, site)),
        ChangeVisibility.settled(ChangeVisibility.wasSeen(caller, site)),
        ChangeVisibility.settled(ChangeVisibility.wasHidden(caller, site)),
        ChangeVisibility.settled(ChangeVisibility.turnedSight(caller, site)));
  }

  private static Optional<SeenChange> seen(LookedAt row) {
    if (!row.seen() && !row.wasSeen()) {
      return Optional.empty();
    }
    boolean gone = !row.seen();
    return Optional.of(
        new SeenChange(
            row.position(),
            row.at(),
            ChangeKinds.of(row.kind()),
            Long.parseLong(row.subjectId()),
            requireNonNull(row.ticketId()),
            gone ? Action.DELETED : Action.valueOf(row.action().toUpperCase(Locale.ROOT)),
            gone,
            !gone && row.wasHidden()));
  }
}
