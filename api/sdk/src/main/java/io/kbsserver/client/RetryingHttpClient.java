package io.kbsserver.client;

import java.io.Closeable;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * Asks again where the server is busy and says for how long: up to three times, a minute each at
 * most, and only what can be asked twice, which is what reads, and what has an {@code
 * Idempotency-Key}.
 */
final class RetryingHttpClient extends HttpClient {

  private static final int BUSY = 503;
  private static final int TRIES = 4;
  private static final long LONGEST_SECONDS = 60;
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private final HttpClient client;

  RetryingHttpClient(HttpClient client) {
    this.client = client;
  }

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
      throws IOException, InterruptedException {
    HttpResponse<T> answer = client.send(request, handler);
    for (int tries = 1; tries < TRIES && canBeAskedTwice(request); tries++) {
      Optional<Long> seconds = secondsToWait(answer);
      if (seconds.isEmpty()) {
        break;
      }
      if (answer.body() instanceof Closeable body) {
        body.close();
      }
      TimeUnit.SECONDS.sleep(seconds.get());
      answer = client.send(request, handler);
    }
    return answer;
  }

  private static boolean canBeAskedTwice(HttpRequest request) {
    return READING.contains(request.method())
        || request.headers().firstValue("Idempotency-Key").isPresent();
  }

  private static Optional<Long> secondsToWait(HttpResponse<?> answer) {
    return answer
        .headers()
        .firstValue("Retry-After")
        .filter(value -> answer.statusCode() == BUSY && value.matches("\\d{1,9}"))
        .map(Long::valueOf)
        .filter(seconds -> seconds <= LONGEST_SECONDS);
  }

  /** As the client does it, once. */
  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler) {
    return client.sendAsync(request, handler);
  }

  /** As the client does it, once. */
  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler, PushPromiseHandler<T> pushed) {
    return client.sendAsync(request, handler, pushed);
  }

  @Override
  public Optional<CookieHandler> cookieHandler() {
    return client.cookieHandler();
  }

  @Override
  public Optional<Duration> connectTimeout() {
    return client.connectTimeout();
  }

  @Override
  public Redirect followRedirects() {
    return client.followRedirects();
  }

  @Override
  public Optional<ProxySelector> proxy() {
    return client.proxy();
  }

  @Override
  public SSLContext sslContext() {
    return client.sslContext();
  }

  @Override
  public SSLParameters sslParameters() {
    return client.sslParameters();
  }

  @Override
  public Optional<Authenticator> authenticator() {
    return client.authenticator();
  }

  @Override
  public Version version() {
    return client.version();
  }

  @Override
  public Optional<Executor> executor() {
    return client.executor();
  }
}
