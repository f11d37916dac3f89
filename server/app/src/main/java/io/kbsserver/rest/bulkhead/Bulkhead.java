package io.kbsserver.rest.bulkhead;

import io.kbsserver.rest.errors.RestException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded number of places for work of several kinds. Each kind keeps some for itself, and takes
 * of the rest what is free. Who finds no place waits in line, without a thread, or is refused when
 * the line is long.
 *
 * <p>A place is held by a thread while it runs what was given to it, so that none is ever lost.
 *
 * @param <K> the kinds
 */
final class Bulkhead<K extends Enum<K>> {

  private static final Logger LOG = LoggerFactory.getLogger(Bulkhead.class);
  private static final long NANOS_BETWEEN_WARNINGS = TimeUnit.SECONDS.toNanos(10);

  /** A new time counts for so little of the average. */
  private static final int SMOOTHING = 8;

  private static final ThreadLocal<@Nullable HeldPlace> HELD = new ThreadLocal<>();

  private final Map<K, Lane> lanes;
  private final int places;
  private final BulkheadLimits limits;
  private final Executor threads;
  private final ReentrantLock lock = new ReentrantLock();
  private long arrivals;
  private long lastWarning = System.nanoTime() - NANOS_BETWEEN_WARNINGS;

  Bulkhead(Shares<K> shares, BulkheadLimits limits, Executor threads) {
    this.places = shares.places();
    this.lanes = new EnumMap<>(shares.kept().keySet().iterator().next().getDeclaringClass());
    this.limits = limits;
    this.threads = threads;
    shares.kept().forEach((kind, kept) -> lanes.put(kind, new Lane(kept, shares.most(kind))));
  }

  /**
   * Runs work on a thread that holds a place, now or when it is its turn.
   *
   * @throws RestException if too many wait already
   */
  Visit enter(K kind, Runnable work) {
    Visit visit;
    boolean free;
    lock.lock();
    try {
      Lane lane = lane(kind);
      visit = new Visit(lane, work, arrivals++);
      free = lane.waiting.isEmpty() && hasRoom(lane);
      if (free) {
        lane.running++;
      } else if (lane.isFull()) {
        countRefused(kind);
        throw RestException.overloaded();
      } else {
        lane.await(visit);
      }
    } finally {
      lock.unlock();
    }
    if (free) {
      start(visit);
    }
    return visit;
  }

  /**
   * Exchanges the place that this thread holds, of whatever bulkhead, for one here, if there is a
   * free one.
   */
  boolean moveHere(K kind) {
    HeldPlace held = HELD.get();
    if (held == null) {
      return false;
    }
    lock.lock();
    try {
      Lane lane = lane(kind);
      if (!lane.waiting.isEmpty() || !hasRoom(lane)) {
        return false;
      }
      lane.running++;
      held.exchange(place(lane));
    } finally {
      lock.unlock();
    }
    held.giveBackTheFormer();
    return true;
  }

  /** Whether this thread holds a place, of whatever bulkhead. */
  static boolean isEntered() {
    return HELD.get() != null;
  }

  /** Whether work would be refused if it came in now, which then counts as refused. */
  boolean isFull(K kind) {
    lock.lock();
    try {
      Lane lane = lane(kind);
      boolean full = (!lane.waiting.isEmpty() || !hasRoom(lane)) && lane.isFull();
      if (full) {
        countRefused(kind);
      }
      return full;
    } finally {
      lock.unlock();
    }
  }

  /** What is going on of one kind. */
  Use use(K kind) {
    lock.lock();
    try {
      Lane lane = lane(kind);
      return new Use(lane.running, lane.waiting.size(), lane.refused);
    } finally {
      lock.unlock();
    }
  }

  /** The most places that a kind can have. */
  int most(K kind) {
    return lane(kind).most;
  }

  private Lane lane(K kind) {
    return Optional.ofNullable(lanes.get(kind)).orElseThrow();
  }

  /** Whether there is a place that is kept for nobody else. */
  private boolean hasRoom(Lane lane) {
    int taken = 0;
    for (Lane other : lanes.values()) {
      taken += other == lane ? lane.running : Math.max(other.running, other.kept);
    }
    return taken < places;
  }

  private void countRefused(K kind) {
    lane(kind).refused++;
    long now = System.nanoTime();
    if (now - lastWarning >= NANOS_BETWEEN_WARNINGS) {
      long refusals = lanes.values().stream().mapToLong(lane -> lane.refused).sum();
      LOG.warn("Too much to do: {} refused so far, {} the last", refusals, kind);
      lastWarning = now;
    }
  }

  private void start(Visit visit) {
    HeldPlace held = new HeldPlace(place(visit.lane));
    try {
      threads.execute(
          () -> {
            HELD.set(held);
            try {
              visit.work.run();
            } finally {
              HELD.remove();
              held.giveBack();
            }
          });
    } catch (RuntimeException e) {
      held.giveBack();
      throw e;
    }
  }

  private Runnable place(Lane lane) {
    long since = System.nanoTime();
    return () -> leave(lane, System.nanoTime() - since);
  }

  private void leave(Lane lane, long nanos) {
    List<Visit> next = new ArrayList<>();
    lock.lock();
    try {
      lane.running--;
      lane.usualNanos += (nanos - lane.usualNanos) / SMOOTHING;
      for (Optional<Visit> first = next(); first.isPresent(); first = next()) {
        first.get().lane.call(first.get());
        next.add(first.get());
      }
    } finally {
      lock.unlock();
    }
    next.forEach(this::start);
  }

  /** Who has waited longest, of those for whom there is room. */
  private Optional<Visit> next() {
    return lanes.values().stream()
        .filter(lane -> !lane.waiting.isEmpty() && hasRoom(lane))
        .map(lane -> lane.waiting.getFirst())
        .min(Comparator.comparingLong(visit -> visit.arrival));
  }

  /**
   * How much of a bulkhead is used by one kind of work.
   *
   * @param running how many hold a place
   * @param waiting how many wait for one
   * @param refused how many were refused so far
   */
  record Use(int running, int waiting, long refused) {}

  /** Work that has a place, or waits for one. */
  final class Visit {

    private final Lane lane;
    private final Runnable work;
    private final long arrival;

    private Visit(Lane lane, Runnable work, long arrival) {
      this.lane = lane;
      this.work = work;
      this.arrival = arrival;
    }

    boolean isWaiting() {
      lock.lock();
      try {
        return lane.waiting.contains(this);
      } finally {
        lock.unlock();
      }
    }

    /** Waits no longer; false where the work has begun. */
    boolean giveUp() {
      lock.lock();
      try {
        lane.look();
        return lane.waiting.remove(this);
      } finally {
        lock.unlock();
      }
    }
  }

  /** The work of one kind. */
  private final class Lane {

    private final int kept;
    private final int most;
    private final Deque<Visit> waiting = new ArrayDeque<>();
    private int running;
    private long refused;

    /** How long work takes, a moving average. */
    private long usualNanos;

    /** Since when somebody has been waiting without a break. */
    private long waitingSince;

    /** When a crowd may come again, after a line that stayed. */
    private long burstAgain = System.nanoTime();

    private Lane(int kept, int most) {
      this.kept = kept;
      this.most = most;
    }

    private void await(Visit visit) {
      if (waiting.isEmpty()) {
        waitingSince = System.nanoTime();
      }
      waiting.add(visit);
    }

    private void call(Visit visit) {
      look();
      waiting.remove(visit);
      running++;
    }

    /** Whether the line stays, or one did that stayed and it has not been calm since. */
    private boolean look() {
      long now = System.nanoTime();
      boolean stays = !waiting.isEmpty() && now - waitingSince > limits.burst().toNanos();
      if (stays) {
        burstAgain = now + limits.calm().toNanos();
      }
      return stays || now - burstAgain < 0;
    }

    /** A crowd may wait that comes at once; a line that stays makes everybody late for nothing. */
    private boolean isFull() {
      int forEach = look() ? limits.waiting() : limits.waitingInBurst();
      int longest = Math.max(limits.shortest(), most * forEach);
      return waiting.size() >= longest
          || usualNanos * (waiting.size() + 1) / most > limits.longestWait().toNanos();
    }
  }

  /** The place that a thread holds. */
  private static final class HeldPlace {

    private Runnable place;
    private @Nullable Runnable former;

    private HeldPlace(Runnable place) {
      this.place = place;
    }

    private void exchange(Runnable other) {
      former = place;
      place = other;
    }

    private void giveBackTheFormer() {
      if (former != null) {
        former.run();
        former = null;
      }
    }

    private void giveBack() {
      place.run();
    }
  }
}
