package io.kbsserver.change;

import io.micronaut.data.connection.annotation.Connectable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Reads the log in the order of positions, whoever may see what. */
@Singleton
public class ChangeReader {

  /** What one reader gives positions to; behind an import there may be more, for the next. */
  private static final int MOST_TO_PLACE = 10_000;

  private final ChangeSequence sequence;
  private final ChangeSequenceRepository repository;

  ChangeReader(ChangeSequence sequence, ChangeSequenceRepository repository) {
    this.sequence = sequence;
    this.repository = repository;
  }

  /**
   * What was changed behind a position, what is committed by now included: all of it, but behind a
   * large import, of which others have to ask again. Who asks with the last position that this has
   * given misses none, whichever server is asked.
   *
   * @param position 0 for the beginning
   * @param most so many at most
   * @return nothing where it is not known any more what came behind it
   */
  public Optional<List<LoggedChange>> after(long position, int most) {
    sequence.give(MOST_TO_PLACE);
    return read(position, most);
  }

  /** How far the log reaches: to all that is committed by now, or as far as it says. */
  public LogExtent extent() {
    return sequence.extent(sequence.give(MOST_TO_PLACE));
  }

  /**
   * The position up to which changes are not known any more; 0 where all are. Asked behind what was
   * read, since what was folded away before that counts.
   */
  public long folded() {
    return sequence.folded();
  }

  @Connectable
  Optional<List<LoggedChange>> read(long position, int most) {
    List<LoggedChange> found = repository.behind(position, most);
    return folded() > position ? Optional.empty() : Optional.of(found);
  }
}
