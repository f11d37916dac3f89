package io.kbsserver.rest.login;

import io.kbsserver.access.Caller;
import io.kbsserver.change.Author;
import io.kbsserver.change.ChangeSource;
import io.kbsserver.change.CurrentAuthor;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.context.ServerRequestContext;
import jakarta.inject.Singleton;

/** Whoever sent the request that is being answered makes its changes. */
@Singleton
class RequestAuthor implements CurrentAuthor {

  private static final String REQUEST_ID = "X-Request-ID";

  private final CurrentCaller caller;

  RequestAuthor(CurrentCaller caller) {
    this.caller = caller;
  }

  @Override
  public Author get() {
    return ServerRequestContext.currentRequest().map(this::of).orElse(Author.COMMAND);
  }

  private Author of(HttpRequest<?> request) {
    return new Author(
        caller.ifKnown().map(Caller::userId).orElse(null),
        CurrentCaller.credential(request).orElse(null),
        request.getHeaders().get(REQUEST_ID),
        ChangeSource.API);
  }
}
