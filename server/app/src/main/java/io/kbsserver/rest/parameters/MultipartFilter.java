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
import io.kbsserver.rest.request.RequestParameters;
import io.kbsserver.rest.request.RequestReader;
import io.kbsserver.rest.request.UnreadBody;
import io.kbsserver.rest.routing.Routes;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.body.ByteBody;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import io.micronaut.http.filter.ConditionalFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.http.server.HttpServerConfiguration;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.filters.SecurityFilter;
import jakarta.inject.Named;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Reads multipart forms, once it is known which operation they are for and who sends them: files
 * are kept for who has logged in, and read past for everybody else. No thread waits for bytes.
 */
@ServerFilter(RequestReader.ROUTES)
class MultipartFilter implements ConditionalFilter, Ordered {

  private static final String UPLOADS = "kbs.uploads";

  private final Routes routes;
  private final ApplicationPasswordFetcher passwords;
  private final UploadLimits limits;
  private final HttpServerConfiguration server;
  private final Scheduler blocking;

  MultipartFilter(
      Routes routes,
      ApplicationPasswordFetcher passwords,
      UploadLimits limits,
      HttpServerConfiguration server,
      @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
    this.routes = routes;
    this.passwords = passwords;
    this.limits = limits;
    this.server = server;
    this.blocking = Schedulers.fromExecutorService(blocking);
  }

  @Override
  public int getOrder() {
    return ServerFilterPhase.SECURITY.before() - 1;
  }

  /** What has no such form does not wait here. */
  @Override
  public boolean isEnabled(HttpRequest<?> request) {
    return UnreadBody.of(request).isPresent();
  }

  @RequestFilter
  CompletionStage<HttpRequest<?>> read(HttpRequest<?> request) {
    Optional<ByteBody> body = UnreadBody.of(request);
    Optional<Operation> operation = body.flatMap(some -> routes.operation(request));
    if (operation.isEmpty()) {
      return CompletableFuture.completedFuture(request);
    }
    return isKnown(request)
        .flatMap(
            known ->
                known || operation.get().callers() == Callers.ANYONE
                    ? read(request, body.get(), known)
                    : readOfStranger(request, body.get()))
        .doOnNext(rest -> rest.keepIn(request))
        .<HttpRequest<?>>thenReturn(request)
        .toFuture();
  }

  @ResponseFilter
  void deleteFiles(HttpRequest<?> request) {
    request.getAttribute(UPLOADS, UploadedFiles.class).ifPresent(UploadedFiles::close);
  }

  /** Whether somebody who has logged in sends a request. */
  private Mono<Boolean> isKnown(HttpRequest<?> request) {
    return Mono.from(passwords.fetchAuthentication(request))
        .doOnNext(login -> request.setAttribute(SecurityFilter.AUTHENTICATION, login))
        .hasElement()
        // Who comes with a bad nonce hears of it when it is this one's turn.
        .onErrorReturn(RestException.class, false);
  }

  /** Who will not be let in is told so, however large the body is. */
  private Mono<RequestParameters> readOfStranger(HttpRequest<?> request, ByteBody body) {
    return read(request, body, false)
        .onErrorResume(
            ContentLengthExceededException.class,
            tooLarge -> Mono.just(RequestParameters.of(request)));
  }

  private Mono<RequestParameters> read(HttpRequest<?> request, ByteBody body, boolean known) {
    long most = known ? server.getMaxRequestSize() : server.getMaxRequestBufferSize();
    long declared = body.expectedLength().orElse(0);
    if (declared > most) {
      return Mono.error(new ContentLengthExceededException(most, declared));
    }
    boolean counts = RequestParameters.formCounts(request.getMethod());
    UploadedFiles uploads = new UploadedFiles(limits, known && counts);
    request.setAttribute(UPLOADS, uploads);
    Parameters query = RequestParameters.of(request).inQuery();
    return Mono.defer(() -> parameters(request, body, uploads))
        // After a failure here, Micronaut leaves out what this filter does with the answer.
        .doOnError(failure -> uploads.close())
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

  private Mono<Parameters> parameters(
      HttpRequest<?> request, ByteBody body, UploadedFiles uploads) {
    String contentType = requireNonNullElse(request.getHeaders().get(HttpHeaders.CONTENT_TYPE), "");
    Charset charset = DeclaredCharset.of(contentType);
    MultipartForm form = FormBody.multipart(contentType, server.getMaxRequestBufferSize(), uploads);
    return Flux.from(body.toByteArrayPublisher())
        .publishOn(blocking, 1)
        .doOnNext(form::read)
        .then(Mono.fromCallable(() -> FormBody.parameters(form, charset)));
  }
}
