package io.kbsserver.link;

import static java.util.stream.Collectors.toMap;

import io.kbsserver.access.Caller;
import io.kbsserver.api.OperationId;
import io.kbsserver.refusal.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What links to an operation lead to, where whoever may call it may read all that there is.
 *
 * @param <V> what the service of the room reads
 */
public abstract class EmbeddedRoom<V> implements Embeddable {

  private final OperationId operation;
  private final Function<Set<Long>, List<V>> read;
  private final Function<V, Long> id;
  private final Function<V, ?> shown;
  private final Supplier<Refusal> missing;

  /**
   * Of a room.
   *
   * @param read what its service reads of these ids
   * @param shown what its representation makes of it
   * @param missing what the operation answers where there is none
   */
  protected EmbeddedRoom(
      OperationId operation,
      Function<Set<Long>, List<V>> read,
      Function<V, Long> id,
      Function<V, ?> shown,
      Supplier<Refusal> missing) {
    this.operation = operation;
    this.read = read;
    this.id = id;
    this.shown = shown;
    this.missing = missing;
  }

  @Override
  public OperationId operation() {
    return operation;
  }

  @Override
  public Map<Long, ?> byIds(Set<Long> ids, Caller caller) {
    return byIds(ids);
  }

  @Override
  public Map<Long, ?> byIds(Set<Long> ids) {
    return read.apply(ids).stream().collect(toMap(id, shown));
  }

  @Override
  public Refusal refusal(long missingId) {
    return missing.get();
  }
}
