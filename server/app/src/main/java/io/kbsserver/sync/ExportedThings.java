package io.kbsserver.sync;

import io.kbsserver.access.Caller;
import io.kbsserver.list.LateReader;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All things of one kind that somebody sees, in the order of their ids: some at a time, read when
 * they are wanted. What is sent meanwhile takes no connection.
 */
final class ExportedThings implements Iterator<List<?>> {

  private static final int AT_A_TIME = 100;

  private final PresentState room;
  private final Supplier<Caller> caller;
  private final UnaryOperator<Supplier<List<?>>> within;
  private final LateReader reader;
  private long last;
  private boolean more = true;
  private @Nullable List<?> ahead;

  /**
   * Those behind an id.
   *
   * @param caller who they are by now, refused where they may not log in any more
   * @param within how they are read where that takes more than a thread
   */
  ExportedThings(
      PresentState room,
      long last,
      Supplier<Caller> caller,
      UnaryOperator<Supplier<List<?>>> within,
      LateReader reader) {
    this.room = room;
    this.last = last;
    this.caller = caller;
    this.within = within;
    this.reader = reader;
  }

  /** Reads the first ones, so that who asks learns of what fails while they can be told. */
  ExportedThings begun() {
    ahead = next();
    return this;
  }

  @Override
  public boolean hasNext() {
    return ahead != null || more;
  }

  /** The next ones, as they are answered, in {@code Late} with long texts; may be none. */
  @Override
  public List<?> next() {
    List<?> first = ahead;
    if (first != null) {
      ahead = null;
      return first;
    }
    if (!more) {
      throw new NoSuchElementException();
    }
    return reader.read(within.apply(this::read));
  }

  private List<?> read() {
    Caller now = caller.get();
    List<Long> ids = room.idsBehind(last, AT_A_TIME, now);
    more = ids.size() == AT_A_TIME;
    if (ids.isEmpty()) {
      return List.of();
    }
    last = ids.get(ids.size() - 1);
    Map<Long, ?> things = room.byIds(new LinkedHashSet<>(ids), now);
    // What has left their sight in between is not there.
    return ids.stream().map(things::get).filter(Objects::nonNull).toList();
  }
}
