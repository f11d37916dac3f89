package io.kbsserver.rest.bulkhead;

import io.kbsserver.rest.errors.ErrorResponses;
import io.kbsserver.rest.errors.RestException;
import io.micronaut.core.propagation.PropagatedContext;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.filter.FilterContinuation;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** A request that goes on when there is a place for it, unless it has waited too long. */
final class Turn<K extends Enum<K>> {

  private final HttpRequest<?> request;
  private final PropagatedContext context;
  private final Channel client;
  private final Bulkhead<K> bulkhead;
  private final Duration longestWait;
  private final MonoSink<HttpRequest<?>> turn;
  private Bulkhead<K>.@Nullable Visit visit;
  private @Nullable Future<?> late;
  private final ChannelFutureListener hungUp =
      closed -> giveUp(new SocketException("The client hung up while it waited for its turn"));

  private Turn(
      HttpRequest<?> request,
      PropagatedContext context,
      Bulkhead<K> bulkhead,
      Duration longestWait,
      MonoSink<HttpRequest<?>> turn) {
    this.turn = turn;
    this.request = request;
    this.context = context;
    this.client = ClientConnection.of(request);
    this.bulkhead = bulkhead;
    this.longestWait = longestWait;
  }

  /**
   * The same request, on a thread that holds a place, when there is one.
   *
   * @param context what belongs to the request, as to who makes it: the thread comes from somebody
   *     who leaves a place, with what belongs to theirs
   */
  static <K extends Enum<K>> Mono<HttpRequest<?>> of(
      HttpRequest<?> request,
      PropagatedContext context,
      Bulkhead<K> bulkhead,
      K kind,
      Duration longestWait) {
    return Mono.create(
        turn -> new Turn<>(request, context, bulkhead, longestWait, turn).await(kind));
  }

  /**
   * What comes after, on the thread of a turn. A refusal does not leave as an exception: Micronaut
   * would look for its handler among all there are, each time.
   */
  static Publisher<MutableHttpResponse<?>> then(
      Mono<HttpRequest<?>> turn, FilterContinuation<Publisher<MutableHttpResponse<?>>> after) {
    return turn.map(request -> Mono.from(after.proceed()))
        .onErrorResume(
            RestException.class, refused -> Mono.just(Mono.just(ErrorResponses.overloaded())))
        .flatMap(Function.identity());
  }

  private synchronized void await(K kind) {
    try {
      visit = bulkhead.enter(kind, this::goOn);
    } catch (RuntimeException refused) {
      turn.error(refused);
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
    context.wrap(() -> turn.success(request)).run();
  }

  private void giveUp(Exception reason) {
    if (visit != null && visit.giveUp()) {
      forgetClient();
      turn.error(reason);
    }
  }

  private synchronized void forgetClient() {
    if (late != null) {
      late.cancel(false);
      client.closeFuture().removeListener(hungUp);
    }
  }
}
