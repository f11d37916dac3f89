package io.kbsserver.rest.bulkhead;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.rest.errors.RestException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who gets a place, who waits, and who is refused; the threads are tasks that the test runs. */
class BulkheadTest {

  private static final Duration LONG = Duration.ofDays(1);

  private final Deque<Runnable> threads = new ArrayDeque<>();
  private final List<String> done = new ArrayList<>();

  private Bulkhead<WorkKind> bulkhead(int connections, int waiting) {
    return new Bulkhead<>(
        Shares.ofConnections(connections),
        new BulkheadLimits(waiting, waiting, 0, LONG, LONG, LONG),
        threads::add);
  }

  private Bulkhead<WorkKind>.Visit enter(Bulkhead<WorkKind> bulkhead, WorkKind kind, String name) {
    return bulkhead.enter(kind, () -> done.add(name));
  }

  private void runAll() {
    while (!threads.isEmpty()) {
      threads.removeFirst().run();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1, 1",
    "2, 2, 2, 1, 1",
    "3, 2, 2, 1, 1",
    "4, 2, 2, 1, 1",
    "5, 3, 1, 1, 1",
    "10, 8, 6, 4, 4",
    "50, 48, 36, 23, 23"
  })
  void placesAreMadeOfConnections(int connections, int all, int reads, int searches, int writes) {
    Shares<WorkKind> shares = Shares.ofConnections(connections);
    assertEquals(all, shares.places());
    assertEquals(reads, shares.most(WorkKind.READ));
    assertEquals(searches, shares.most(WorkKind.SEARCH));
    assertEquals(writes, shares.most(WorkKind.WRITE));
  }

  @Test
  void eachKindKeepsPlacesHoweverManyOthersCome() {
    Bulkhead<WorkKind> bulkhead = bulkhead(10, 10);
    for (int i = 0; i < 20; i++) {
      enter(bulkhead, WorkKind.WRITE, "write");
      enter(bulkhead, WorkKind.SEARCH, "search");
    }
    // Three are kept for reads; writes and searches share the other five.
    assertEquals(5, threads.size());
    for (int i = 0; i < 4; i++) {
      enter(bulkhead, WorkKind.READ, "read");
    }
    assertEquals(8, threads.size());
    runAll();
    assertEquals(44, done.size());
  }

  @Test
  void whoWaitsIsServedInOrderAndAloneOnAPlace() {
    Bulkhead<WorkKind> bulkhead = bulkhead(1, 10);
    enter(bulkhead, WorkKind.WRITE, "first");
    enter(bulkhead, WorkKind.SEARCH, "second");
    enter(bulkhead, WorkKind.READ, "third");
    enter(bulkhead, WorkKind.SEARCH, "fourth");
    for (int left = 4; left > 0; left--) {
      assertEquals(1, threads.size());
      threads.removeFirst().run();
    }
    assertEquals(List.of("first", "second", "third", "fourth"), done);
    assertEquals(0, threads.size());
  }

  @Test
  void aLongLineIsRefusedAndForgotten() {
    Bulkhead<WorkKind> bulkhead = bulkhead(1, 2);
    enter(bulkhead, WorkKind.READ, "first");
    enter(bulkhead, WorkKind.READ, "second");
    assertFalse(bulkhead.isFull(WorkKind.READ));
    enter(bulkhead, WorkKind.READ, "third");
    assertTrue(bulkhead.isFull(WorkKind.READ));
    assertThrows(RestException.class, () -> enter(bulkhead, WorkKind.READ, "refused"));
    runAll();
    assertFalse(bulkhead.isFull(WorkKind.READ));
    assertFalse(enter(bulkhead, WorkKind.READ, "fourth").isWaiting());
    runAll();
    assertEquals(List.of("first", "second", "third", "fourth"), done);
  }

  @Test
  void aLineThatStaysIsHeldShorterThanACrowd() {
    Bulkhead<WorkKind> bulkhead =
        new Bulkhead<>(
            Shares.ofConnections(1),
            new BulkheadLimits(1, 3, 0, Duration.ofNanos(-1), LONG, LONG),
            threads::add);
    enter(bulkhead, WorkKind.READ, "first");
    enter(bulkhead, WorkKind.READ, "second");
    assertThrows(RestException.class, () -> enter(bulkhead, WorkKind.READ, "third"));
  }

  /** A kind of work has few places where there are few connections, and may have a line even so. */
  @ParameterizedTest
  @CsvSource({"0, 2, 2", "3, 2, 3"})
  void aLineIsNeverShorterThanTheShortest(int forEach, int shortest, int longest) {
    Bulkhead<WorkKind> bulkhead =
        new Bulkhead<>(
            Shares.ofConnections(1),
            new BulkheadLimits(forEach, forEach, shortest, LONG, LONG, LONG),
            threads::add);
    enter(bulkhead, WorkKind.WRITE, "first");
    for (int i = 0; i < longest; i++) {
      assertFalse(bulkhead.isFull(WorkKind.WRITE));
      assertTrue(enter(bulkhead, WorkKind.WRITE, "waits").isWaiting());
    }
    assertTrue(bulkhead.isFull(WorkKind.WRITE));
    assertThrows(RestException.class, () -> enter(bulkhead, WorkKind.WRITE, "refused"));
  }

  @ParameterizedTest
  @CsvSource({"PT24H, true", "PT-1S, false"})
  void aCrowdIsTakenAgainWhenItHasBeenCalm(Duration calm, boolean refused) {
    Bulkhead<WorkKind> bulkhead =
        new Bulkhead<>(
            Shares.ofConnections(1),
            new BulkheadLimits(0, 3, 0, Duration.ofNanos(-1), calm, LONG),
            threads::add);
    enter(bulkhead, WorkKind.READ, "first");
    enter(bulkhead, WorkKind.READ, "who waits, and the line stays");
    runAll();
    enter(bulkhead, WorkKind.READ, "third");
    assertEquals(refused, bulkhead.isFull(WorkKind.READ));
    if (refused) {
      assertThrows(RestException.class, () -> enter(bulkhead, WorkKind.READ, "fourth"));
    } else {
      assertTrue(enter(bulkhead, WorkKind.READ, "fourth").isWaiting());
    }
    // Another kind has had no line.
    assertTrue(enter(bulkhead, WorkKind.WRITE, "write").isWaiting());
  }

  @Test
  void whoWouldHaveToWaitTooLongIsRefusedAtOnce() {
    Bulkhead<WorkKind> bulkhead =
        new Bulkhead<>(
            Shares.ofConnections(1),
            new BulkheadLimits(9, 9, 0, LONG, LONG, Duration.ofNanos(1)),
            threads::add);
    enter(bulkhead, WorkKind.READ, "first");
    enter(bulkhead, WorkKind.READ, "nobody knows yet how long it takes");
    runAll();
    enter(bulkhead, WorkKind.READ, "third");
    assertThrows(RestException.class, () -> enter(bulkhead, WorkKind.READ, "fourth"));
  }

  @Test
  void whoGivesUpWaitsNoLonger() {
    Bulkhead<WorkKind> bulkhead = bulkhead(1, 1);
    Bulkhead<WorkKind>.Visit first = enter(bulkhead, WorkKind.READ, "first");
    Bulkhead<WorkKind>.Visit second = enter(bulkhead, WorkKind.READ, "second");
    assertTrue(second.isWaiting());
    assertTrue(second.giveUp());
    assertFalse(second.giveUp());
    assertFalse(first.giveUp());
    assertTrue(enter(bulkhead, WorkKind.READ, "third").isWaiting());
    runAll();
    assertEquals(List.of("first", "third"), done);
  }

  @Test
  void aPlaceIsGivenBackWhateverHappens() {
    Bulkhead<WorkKind> bulkhead = bulkhead(1, 1);
    bulkhead.enter(
        WorkKind.READ,
        () -> {
          throw new IllegalStateException("fails");
        });
    enter(bulkhead, WorkKind.READ, "second");
    assertThrows(IllegalStateException.class, () -> threads.removeFirst().run());
    runAll();
    assertEquals(List.of("second"), done);
    assertFalse(Bulkhead.isEntered());
  }

  @Test
  void aPlaceIsGivenBackWhereThereIsNoThread() {
    List<Runnable> last = new ArrayList<>();
    Bulkhead<WorkKind> bulkhead =
        new Bulkhead<>(
            Shares.ofConnections(1),
            new BulkheadLimits(1, 1, 0, LONG, LONG, LONG),
            task -> {
              if (last.isEmpty()) {
                last.add(task);
                throw new RejectedExecutionException();
              }
              task.run();
            });
    assertThrows(RejectedExecutionException.class, () -> enter(bulkhead, WorkKind.READ, "refused"));
    enter(bulkhead, WorkKind.READ, "second");
    assertEquals(List.of("second"), done);
  }

  @Test
  void aPlaceIsExchangedForOneElsewhere() {
    Bulkhead<Visitor> logins =
        new Bulkhead<>(
            new Shares<>(1, Map.of(Visitor.REMEMBERED, 0)),
            new BulkheadLimits(9, 9, 0, LONG, LONG, LONG),
            threads::add);
    Bulkhead<WorkKind> work = bulkhead(1, 9);
    assertFalse(work.moveHere(WorkKind.READ));
    logins.enter(
        Visitor.REMEMBERED,
        () -> {
          assertTrue(work.moveHere(WorkKind.READ));
          // The next may log in, and finds no place for its work.
          assertFalse(logins.enter(Visitor.REMEMBERED, () -> done.add("login")).isWaiting());
          assertTrue(enter(work, WorkKind.READ, "later").isWaiting());
          assertFalse(work.moveHere(WorkKind.READ));
          done.add("first");
        });
    runAll();
    assertEquals(List.of("first", "login", "later"), done);
  }
}
