package io.kbsserver.sync;

import io.kbsserver.access.Caller;
import io.kbsserver.api.ChangesApi;
import io.kbsserver.api.model.ChangePage;
import io.kbsserver.change.Subject;
import io.kbsserver.rest.login.CurrentCaller;
import io.kbsserver.rest.login.LastingLogin;
import io.kbsserver.rest.response.AttachedTexts;
import io.kbsserver.rest.routing.RouteHeaders;
import io.kbsserver.rest.wire.HeadAsGet;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.context.ServerRequestContext;
import java.io.InputStream;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** Translates between the generated interface and what somebody sees of the log of changes. */
@Controller("/wp-json")
class ChangesController implements ChangesApi {

  /** As a text: Micronaut does not compress what {@code application/x-ndjson} says. */
  private static final String LINES = "text/x-ndjson; charset=utf-8";

  /** So many changes are read for a stream at a time. */
  private static final int AT_A_TIME = 50;

  private final SyncService service;
  private final ChangedObjects objects;
  private final ChangeFeed feed;
  private final EventsRepresentation events;
  private final ExportService exports;
  private final ExportRepresentation exported;
  private final CurrentCaller caller;
  private final LastingLogin logins;

  ChangesController(
      SyncService service,
      ChangedObjects objects,
      ChangeFeed feed,
      EventsRepresentation events,
      ExportService exports,
      ExportRepresentation exported,
      CurrentCaller caller,
      LastingLogin logins) {
    this.service = service;
    this.objects = objects;
    this.feed = feed;
    this.events = events;
    this.exports = exports;
    this.exported = exported;
    this.caller = caller;
    this.logins = logins;
  }

  @Override
  public Publisher<HttpResponse<ChangePage>> listChanges(ListChangesParameters parameters) {
    Long after = parameters.after();
    Set<Subject> kinds = ChangeKinds.of(parameters.kinds());
    int limit = parameters.limit();
    if (after == null) {
      return Mono.just(answer(service.start(), caller.get()));
    }
    SeenChanges first = service.after(after, limit, kinds, caller.get());
    if (!first.changes().isEmpty() || first.more() || parameters.wait_() == 0) {
      return Mono.just(answer(first, caller.get()));
    }
    HttpRequest<?> request = ServerRequestContext.currentRequest().orElseThrow();
    return feed.next(
            caller.get().userId(),
            first.next(),
            Duration.ofSeconds(parameters.wait_()),
            position -> service.after(position, limit, kinds, logins.again(request)))
        .flatMap(
            seen -> feed.soon(() -> later(request, () -> answer(seen, logins.again(request)))));
  }

  @Override
  public HttpResponse<?> streamChanges(StreamChangesParameters parameters) {
    HttpRequest<?> request = ServerRequestContext.currentRequest().orElseThrow();
    Set<Subject> kinds = ChangeKinds.of(parameters.kinds());
    Long after = EventId.position(parameters.lastEventID(), parameters.after());
    SeenChanges first =
        after == null ? service.start() : service.after(after, AT_A_TIME, kinds, caller.get());
    feed.requireRoom(caller.get().userId());
    return HttpResponse.ok()
        .body(
            HeadAsGet.isHead(request)
                ? null
                : events.stream(
                    caller.get().userId(),
                    first,
                    Duration.ofSeconds(parameters.wait_()),
                    request,
                    (position, who) -> service.after(position, AT_A_TIME, kinds, who)))
        .contentType(MediaType.TEXT_EVENT_STREAM_TYPE)
        // Compressed, an event would wait for those that come behind it.
        .header(HttpHeaders.CONTENT_ENCODING, "identity")
        .header("X-Accel-Buffering", "no");
  }

  @Override
  public HttpResponse<?> exportTickets(ExportTicketsParameters parameters) {
    HttpRequest<?> request = ServerRequestContext.currentRequest().orElseThrow();
    Subject kind = ChangeKinds.of(parameters.kind());
    Export export =
        exports.of(
            kind,
            parameters.after(),
            () -> logins.again(request),
            reading -> () -> later(request, reading));
    String name = export.kind().kind() + "s-" + export.position();
    MutableHttpResponse<InputStream> answer =
        HttpResponse.<InputStream>ok()
            .header(RouteHeaders.POSITION, String.valueOf(export.position()));
    boolean head = HeadAsGet.isHead(request);
    return switch (parameters.format()) {
      case NDJSON ->
          named(answer, name + ".ndjson", LINES).body(head ? null : exported.lines(export));
      case CSV ->
          named(answer, name + ".csv", "text/csv; charset=utf-8; header=present")
              .body(head ? null : exported.table(export));
    };
  }

  private static MutableHttpResponse<InputStream> named(
      MutableHttpResponse<InputStream> answer, String name, String type) {
    return answer
        .header(HttpHeaders.CONTENT_TYPE, type)
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + '"');
  }

  /** Links are made for the request that is answered. */
  private static <T> T later(HttpRequest<?> request, Supplier<T> work) {
    return ServerRequestContext.with(request, work);
  }

  private MutableHttpResponse<ChangePage> answer(SeenChanges seen, Caller who) {
    ChangeRepresentation representation = new ChangeRepresentation(objects.of(seen.changes(), who));
    MutableHttpResponse<ChangePage> answer = HttpResponse.ok(representation.of(seen));
    AttachedTexts.add(answer, representation.late());
    return answer;
  }
}
