package io.kbsserver.rest.request;

import io.kbsserver.rest.errors.RestException;
import io.kbsserver.rest.wire.BrokenBodyException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.body.ByteBody;
import io.micronaut.http.body.ByteBody.SplitBackpressureMode;
import io.micronaut.http.body.CloseableByteBody;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The body of a request. A short one is read at once; a longer one is left on the wire until it is
 * known what it is for, and who sends it.
 */
public final class RequestBody {

  /** How long a body is at most that is read whoever sends it. */
  public static final int SHORT = 8 * 1024;

  private static final String ATTRIBUTE = "kbs.body";

  private final ByteBody body;
  private final byte @Nullable [] whole;

  private RequestBody(ByteBody body, byte @Nullable [] whole) {
    this.body = body;
    this.whole = whole;
  }

  /** The body of a request; nothing where there is none, or none that counts. */
  public static Optional<RequestBody> of(HttpRequest<?> request) {
    return request.getAttribute(ATTRIBUTE, RequestBody.class);
  }

  /** A body of which nothing is read yet: who asks before sending it waits for an answer. */
  static RequestBody waiting(ByteBody body) {
    return new RequestBody(body, null);
  }

  /** Reads a body, but no more of it than a short one has. */
  static CompletionStage<RequestBody> begin(ByteBody body) {
    if (body.expectedLength().orElse(0) > SHORT) {
      return Mono.just(waiting(body)).toFuture();
    }
    CloseableByteBody start = body.split(SplitBackpressureMode.FASTEST);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    return Flux.from(start.toByteArrayPublisher())
        .doOnNext(bytes::writeBytes)
        .takeUntil(piece -> bytes.size() > SHORT)
        .onErrorMap(IOException.class, RequestBody::clientsFault)
        .then(
            Mono.fromSupplier(
                () -> new RequestBody(body, bytes.size() > SHORT ? null : bytes.toByteArray())))
        .doFinally(end -> start.close())
        .toFuture();
  }

  void keepIn(HttpRequest<?> request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  /** Whether it has been read. */
  public boolean isRead() {
    return whole != null;
  }

  /** How long the client says it is; 0 where it does not. */
  public long declaredLength() {
    return whole == null ? body.expectedLength().orElse(0) : whole.length;
  }

  /** The bytes of the body, once; those that have been read, or all as they come. */
  public Flux<byte[]> bytes() {
    return whole == null
        ? Flux.from(body.toByteArrayPublisher())
            .onErrorMap(IOException.class, RequestBody::clientsFault)
        : Flux.just(whole);
  }

  /** What the system says of a connection differs; either way the client is gone. */
  private static Exception clientsFault(IOException failure) {
    return failure instanceof BrokenBodyException
        ? RestException.brokenBody()
        : (Exception) new EOFException(failure.getMessage()).initCause(failure);
  }
}
