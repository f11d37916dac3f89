package io.kbsserver.sync;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kbsserver.access.Caller;
import io.kbsserver.list.LateTexts;
import io.kbsserver.refusal.NotThere;
import io.kbsserver.rest.errors.ErrorResponses;
import io.kbsserver.rest.login.LastingLogin;
import io.kbsserver.rest.streaming.LateJson;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.context.ServerRequestContext;
import io.micronaut.http.sse.Event;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tells changes as they happen, as events that a server sends. */
@Singleton
class EventsRepresentation {

  private static final Logger LOG = LoggerFactory.getLogger(EventsRepresentation.class);

  /** So often something is sent, lest somebody on the way takes the connection for dead. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(20);

  /** Whoever wants more connects again, maybe to another server. */
  private static final Duration LONGEST = Duration.ofHours(1);

  /** What somebody sees behind a position. */
  @FunctionalInterface
  interface Look {
    SeenChanges behind(long position, Caller caller);
  }

  private final ChangeFeed feed;
  private final ChangedObjects objects;
  private final LastingLogin logins;
  private final JsonMapper json;

  EventsRepresentation(
      ChangeFeed feed, ChangedObjects objects, LastingLogin logins, JsonMapper json) {
    this.feed = feed;
    this.objects = objects;
    this.logins = logins;
    this.json = json;
  }

  /**
   * All changes from here on, until there was none for a time. The login is looked at again before
   * each of them, and at each heartbeat.
   *
   * @param user who listens
   * @param first what has been seen so far and not been told yet
   * @param quiet for how long there may be no change
   */
  Flux<Event<String>> stream(
      long user, SeenChanges first, Duration quiet, HttpRequest<?> request, Look look) {
    long opened = System.nanoTime();
    AtomicLong told = new AtomicLong(opened);
    return Mono.just(first)
        .expand(
            seen -> {
              long now = System.nanoTime();
              if (!seen.changes().isEmpty()) {
                told.set(now);
              }
              boolean over =
                  feed.isStopped()
                      || now - opened > LONGEST.toNanos()
                      || (!seen.more() && now - told.get() >= quiet.toNanos());
              return over ? Mono.empty() : next(user, seen, shorter(quiet), request, look);
            })
        // Not where the bytes go out, which is for all connections: it asks the database.
        .concatMap(seen -> feed.soon(() -> events(seen, request)), 1)
        .concatMapIterable(made -> made)
        .onErrorResume(NotThere.class, gone -> Mono.just(end(gone)))
        .onErrorResume(
            failure -> {
              // The client connects again, and is told then what is wrong.
              LOG.debug("A stream of changes ends", failure);
              return Mono.empty();
            });
  }

  private static Duration shorter(Duration quiet) {
    return quiet.compareTo(HEARTBEAT) < 0 ? quiet : HEARTBEAT;
  }

  private Mono<SeenChanges> next(
      long user, SeenChanges seen, Duration patience, HttpRequest<?> request, Look look) {
    LongFunction<SeenChanges> again = position -> look.behind(position, logins.again(request));
    if (seen.more()) {
      return feed.now(seen.next(), again);
    }
    return feed.next(user, seen.next(), patience, again)
        .flatMap(
            found ->
                found.changes().isEmpty() && !found.more()
                    ? feed.soon(() -> logins.again(request)).thenReturn(found)
                    : Mono.just(found));
  }

  private List<Event<String>> events(SeenChanges seen, HttpRequest<?> request) {
    if (seen.changes().isEmpty()) {
      // A comment, but for the position to go on from.
      return List.of(Event.of("").comment("nothing").id(String.valueOf(seen.next())));
    }
    Supplier<List<Event<String>>> made = () -> events(seen, logins.again(request));
    return ServerRequestContext.with(request, made);
  }

  private List<Event<String>> events(SeenChanges seen, Caller caller) {
    ChangeRepresentation representation =
        new ChangeRepresentation(objects.of(seen.changes(), caller));
    List<LateTexts> late = representation.late();
    List<Event<String>> events = new ArrayList<>();
    for (SeenChange change : seen.changes()) {
      String data = written(representation.of(change), late);
      events.add(Event.of(data).id(String.valueOf(change.position())));
    }
    return events;
  }

  private Event<String> end(NotThere gone) {
    return Event.of(written(ErrorResponses.envelope(gone), List.of())).name("begin-anew");
  }

  private String written(Object object, List<LateTexts> late) {
    try {
      String text = new String(json.writeValueAsBytes(object), UTF_8);
      if (late.stream().allMatch(LateTexts::isEmpty)) {
        return text;
      }
      try (InputStream whole = new LateJson(text, late, json)) {
        return new String(whole.readAllBytes(), UTF_8);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
