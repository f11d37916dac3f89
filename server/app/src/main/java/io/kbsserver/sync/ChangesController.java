package io.kbsserver.sync;

import io.kbsserver.access.Caller;
import io.kbsserver.api.ChangesApi;
import io.kbsserver.api.model.ChangePage;
import io.kbsserver.change.Subject;
import io.kbsserver.rest.login.CurrentCaller;
import io.kbsserver.rest.login.LastingLogin;
import io.kbsserver.rest.response.AttachedTexts;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.context.ServerRequestContext;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** Translates between the generated interface and what somebody sees of the log of changes. */
@Controller("/wp-json")
class ChangesController implements ChangesApi {

  private final SyncService service;
  private final ChangedObjects objects;
  private final ChangeFeed feed;
  private final CurrentCaller caller;
  private final LastingLogin logins;

  ChangesController(
      SyncService service,
      ChangedObjects objects,
      ChangeFeed feed,
      CurrentCaller caller,
      LastingLogin logins) {
    this.service = service;
    this.objects = objects;
    this.feed = feed;
    this.caller = caller;
    this.logins = logins;
  }

  @Override
  public Publisher<HttpResponse<ChangePage>> listChanges(ListChangesParameters parameters) {
    Long after = parameters.after();
    Set<Subject> kinds = ChangeKinds.of(parameters.kinds());
    int limit = parameters.limit();
    if (after == null) {
      return Mono.just(answer(new SeenChanges(List.of(), service.now(), false), caller.get()));
    }
    SeenChanges first = service.after(after, limit, kinds, caller.get());
    if (!first.changes().isEmpty() || first.more() || parameters.wait_() == 0) {
      return Mono.just(answer(first, caller.get()));
    }
    HttpRequest<?> request = ServerRequestContext.currentRequest().orElseThrow();
    return feed.next(
            first.next(),
            Duration.ofSeconds(parameters.wait_()),
            position -> service.after(position, limit, kinds, logins.again(request)))
        .map(seen -> later(request, () -> answer(seen, logins.again(request))));
  }

  /** Links are made for the request that is answered. */
  private static <T> T later(HttpRequest<?> request, Supplier<T> work) {
    return ServerRequestContext.with(request, work);
  }

  private MutableHttpResponse<ChangePage> answer(SeenChanges seen, Caller who) {
    ChangeRepresentation representation =
        new ChangeRepresentation(objects.of(seen.changes(), who));
    MutableHttpResponse<ChangePage> answer = HttpResponse.ok(representation.of(seen));
    AttachedTexts.add(answer, representation.late());
    return answer;
  }
}
