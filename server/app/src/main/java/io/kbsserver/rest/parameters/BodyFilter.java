package io.kbsserver.rest.parameters;

import static java.util.Objects.requireNonNullElse;

import io.kbsserver.contract.Callers;
import io.kbsserver.contract.Operation;
import io.kbsserver.refusal.InvalidParameters;
import io.kbsserver.rest.body.DeclaredCharset;
import io.kbsserver.rest.body.FormBody;
import io.kbsserver.rest.body.MultipartForm;
import io.kbsserver.rest.body.MultipartParser.BrokenFormException;
import io.kbsserver.rest.body.Parameters;
import io.kbsserver.rest.body.UploadLimits;
import io.kbsserver.rest.body.UploadedFiles;
import io.kbsserver.rest.errors.RestException;
import io.kbsserver.rest.login.ApplicationPasswordFetcher;
import io.kbsserver.rest.request.BodyBudget;
import io.kbsserver.rest.request.BodyParser;
import io.kbsserver.rest.request.RequestBody;
import io.kbsserver.rest.request.RequestParameters;
import io.kbsserver.rest.request.RequestReader;
import io.kbsserver.rest.routing.Routes;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import io.micronaut.http.filter.ConditionalFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.http.server.HttpServerConfiguration;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.filters.SecurityFilter;
import jakarta.inject.Named;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Makes parameters of a body. A short one has been read whoever sends it; a longer one is read once
 * it is known which operation it is for, and that somebody has logged in. Files are kept for who
 * has, and read past for everybody else. No thread waits for bytes, and none that reads from the
 * network looks into them.
 */
@ServerFilter(RequestReader.ROUTES)
class BodyFilter implements ConditionalFilter, Ordered {

  private static final String KEPT = "kbs.kept";

  /** Of a request that may come again: whether it is the same, its files say as well. */
  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  private final Routes routes;
  private final ApplicationPasswordFetcher passwords;
  private final UploadLimits limits;
  private final BodyBudget budget;
  private final HttpServerConfiguration server;
  private final Scheduler blocking;

  BodyFilter(
      Routes routes,
      ApplicationPasswordFetcher passwords,
      UploadLimits limits,
      BodyBudget budget,
      HttpServerConfiguration server,
      @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
    this.routes = routes;
    this.passwords = passwords;
    this.limits = limits;
    this.budget = budget;
    this.server = server;
    this.blocking = Schedulers.fromExecutorService(blocking);
  }

  /** What is kept for a request until it is answered. */
  private record Kept(UploadedFiles files, BodyBudget.Share memory) {

    void release() {
      files.close();
      memory.close();
    }
  }

  @Override
  public int getOrder() {
    return ServerFilterPhase.SECURITY.before() - 1;
  }

  /** What has no body does not wait here. */
  @Override
  public boolean isEnabled(HttpRequest<?> request) {
    return RequestBody.of(request).isPresent();
  }

  @RequestFilter
  CompletionStage<HttpRequest<?>> read(HttpRequest<?> request) {
    return RequestBody.of(request)
        .map(body -> read(request, body))
        .orElseGet(Mono::empty)
        .doOnNext(rest -> rest.keepIn(request))
        .<HttpRequest<?>>thenReturn(request)
        .toFuture();
  }

  @ResponseFilter
  void release(HttpRequest<?> request) {
    request.getAttribute(KEPT, Kept.class).ifPresent(Kept::release);
  }

  /** Whether somebody who has logged in sends a request. */
  private Mono<Boolean> isKnown(HttpRequest<?> request) {
    return Mono.from(passwords.fetchAuthentication(request))
        .doOnNext(login -> request.setAttribute(SecurityFilter.AUTHENTICATION, login))
        .hasElement()
        // Who comes with a bad nonce hears of it when it is this one's turn. Who is told to come
        // back later is not let in later, without the body.
        .onErrorReturn(failure -> failure instanceof RestException && !isBusy(failure), false);
  }

  private static boolean isBusy(Throwable failure) {
    return failure instanceof RestException refusal
        && refusal.status() == HttpStatus.SERVICE_UNAVAILABLE;
  }

  private Mono<RequestParameters> read(HttpRequest<?> request, RequestBody body) {
    if (body.isRead() && !BodyParser.isMultipart(request) && !isFile(request)) {
      return body.bytes().next().publishOn(blocking).map(all -> BodyParser.read(request, all));
    }
    return Mono.justOrEmpty(routes.operation(request))
        .flatMap(
            operation -> isKnown(request).flatMap(known -> read(request, body, operation, known)));
  }

  private Mono<RequestParameters> read(
      HttpRequest<?> request, RequestBody body, Operation operation, boolean known) {
    boolean asks = operation.method() == HttpMethod.OPTIONS;
    if (!body.isRead() && (!known || asks)) {
      // Nothing of it is read: who may not ask is told so, and who need not log in says less.
      return operation.callers() == Callers.ANYONE && !asks
          ? Mono.error(tooLarge(RequestBody.SHORT, body.declaredLength()))
          : Mono.empty();
    }
    boolean multipart = BodyParser.isMultipart(request);
    boolean file = isFile(request);
    long most = multipart || file ? server.getMaxRequestSize() : server.getMaxRequestBufferSize();
    if (body.declaredLength() > most) {
      return Mono.error(tooLarge(most, body.declaredLength()));
    }
    boolean counts = RequestParameters.formCounts(request.getMethod());
    boolean repeatable = request.getHeaders().contains(IDEMPOTENCY_KEY);
    Kept kept = new Kept(new UploadedFiles(limits, known && counts, repeatable), budget.share());
    request.setAttribute(KEPT, kept);
    kept.files().keepIn(request);
    return Mono.defer(
            () ->
                multipart
                    ? multipart(request, body, kept)
                    : file ? file(request, body, kept) : longBody(request, body, kept))
        // After a failure here, Micronaut leaves out what this filter does with the answer.
        .doOnError(failure -> kept.release());
  }

  /** Whether the body is neither parameters nor a form, but the file that the operation takes. */
  private boolean isFile(HttpRequest<?> request) {
    return routes.operation(request).filter(Operation::isTakenAsFile).isPresent()
        && !BodyParser.isParameters(request);
  }

  private Mono<RequestParameters> file(HttpRequest<?> request, RequestBody body, Kept kept) {
    Parameters query = RequestParameters.of(request).inQuery();
    String disposition =
        requireNonNullElse(request.getHeaders().get(HttpHeaders.CONTENT_DISPOSITION), "");
    AtomicBoolean begun = new AtomicBoolean();
    return body.bytes()
        .publishOn(blocking, 1)
        .doOnNext(
            piece -> {
              if (begun.compareAndSet(false, true)) {
                kept.files().beginBody(disposition);
              }
              kept.files().write(piece, 0, piece.length);
            })
        .then(
            Mono.fromCallable(
                () -> {
                  kept.files().end();
                  return RequestParameters.read(query, Parameters.NONE, false, false);
                }))
        .onErrorResume(
            RestException.class, refusal -> Mono.just(RequestParameters.refused(query, refusal)));
  }

  private Mono<RequestParameters> longBody(HttpRequest<?> request, RequestBody body, Kept kept) {
    long most = server.getMaxRequestBufferSize();
    kept.memory().growTo(body.declaredLength());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    return body.bytes()
        .doOnNext(
            piece -> {
              if (bytes.size() + piece.length > most) {
                throw tooLarge(most, bytes.size() + piece.length);
              }
              kept.memory().growTo(bytes.size() + piece.length);
              bytes.writeBytes(piece);
            })
        .then(Mono.fromSupplier(bytes::toByteArray))
        .publishOn(blocking)
        .map(whole -> BodyParser.read(request, whole));
  }

  private Mono<RequestParameters> multipart(HttpRequest<?> request, RequestBody body, Kept kept) {
    boolean counts = RequestParameters.formCounts(request.getMethod());
    Parameters query = RequestParameters.of(request).inQuery();
    return Mono.defer(() -> form(request, body, kept))
        .map(form -> RequestParameters.read(query, form, false, false))
        .onErrorResume(
            BrokenFormException.class,
            broken -> Mono.just(RequestParameters.unreadable(query, request.getMethod())))
        .onErrorResume(
            failure -> failure instanceof RestException || failure instanceof InvalidParameters,
            refusal ->
                Mono.just(
                    counts
                        ? RequestParameters.refused(query, (RuntimeException) refusal)
                        : RequestParameters.unreadable(query, request.getMethod())));
  }

  private Mono<Parameters> form(HttpRequest<?> request, RequestBody body, Kept kept) {
    String contentType = requireNonNullElse(request.getHeaders().get(HttpHeaders.CONTENT_TYPE), "");
    Charset charset = DeclaredCharset.of(contentType);
    MultipartForm form =
        FormBody.multipart(contentType, server.getMaxRequestBufferSize(), kept.files());
    return body.bytes()
        .publishOn(blocking, 1)
        .doOnNext(
            piece -> {
              form.read(piece);
              kept.memory().growTo(form.size());
            })
        .then(Mono.fromCallable(() -> FormBody.parameters(form, charset)));
  }

  private static ContentLengthExceededException tooLarge(long most, long length) {
    return new ContentLengthExceededException(most, length);
  }
}
