package io.kbsserver.rest.bulkhead;

import io.kbsserver.rest.errors.RestException;
import io.micronaut.http.HttpRequest;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A request that goes on when there is a place for it, unless it has waited too long. */
final class Turn<K extends Enum<K>> {

  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final HttpRequest<?> request;
  private final Channel client;
  private final Bulkhead<K> bulkhead;
  private final Duration longestWait;
  private final CompletableFuture<HttpRequest<?>> turn = new CompletableFuture<>();
  private Bulkhead<K>.@Nullable Visit visit;
  private @Nullable Future<?> late;
  private final ChannelFutureListener hungUp =
      closed -> giveUp(new SocketException("The client hung up while it waited for its turn"));

  private Turn(HttpRequest<?> request, Bulkhead<K> bulkhead, Duration longestWait) {
    this.request = request;
    this.client = ClientConnection.of(request);
    this.bulkhead = bulkhead;
    this.longestWait = longestWait;
  }

  /** The same request, on a thread that holds a place. */
  static <K extends Enum<K>> CompletionStage<HttpRequest<?>> of(
      HttpRequest<?> request, Bulkhead<K> bulkhead, K kind, Duration longestWait) {
    Turn<K> turn = new Turn<>(request, bulkhead, longestWait);
    if (turn.client.eventLoop().inEventLoop()) {
      // Whatever comes after this filter has to be known before, or it would be done right here.
      turn.client.eventLoop().execute(() -> turn.await(kind));
    } else {
      turn.await(kind);
    }
    return turn.turn;
  }

  private synchronized void await(K kind) {
    try {
      visit = bulkhead.enter(kind, this::goOn);
    } catch (RuntimeException refused) {
      turn.completeExceptionally(refused);
      return;
    }
    if (visit.isWaiting()) {
      late =
          client
              .eventLoop()
              .schedule(
                  () -> giveUp(RestException.overloaded()),
                  longestWait.toNanos(),
                  TimeUnit.NANOSECONDS);
      client.closeFuture().addListener(hungUp);
    }
  }

  private void goOn() {
    forgetClient();
    awaitWhatComesAfter();
    turn.complete(request);
  }

  /**
   * Off the event loop, whoever waits may not have said yet what comes after, and would do it on
   * their own thread, which holds no place.
   */
  private void awaitWhatComesAfter() {
    long since = System.nanoTime();
    while (turn.getNumberOfDependents() == 0 && System.nanoTime() - since < LONGEST_NANOS) {
      Thread.onSpinWait();
    }
  }

  private void giveUp(Exception reason) {
    if (visit != null && visit.giveUp()) {
      forgetClient();
      turn.completeExceptionally(reason);
    }
  }

  private synchronized void forgetClient() {
    if (late != null) {
      late.cancel(false);
      client.closeFuture().removeListener(hungUp);
    }
  }
}
