package io.kbsserver.webhooks.delivery;

import io.kbsserver.webhooks.Reach;
import io.micronaut.context.annotation.Property;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one message to whoever listens at an address. The address that a host is found at is looked
 * at and then called, so that no later look can find another; redirects and proxies are not
 * followed, and of what is answered only the status counts.
 */
@Singleton
class Receiver {

  private static final Logger LOG = LoggerFactory.getLogger(Receiver.class);

  /** JSON is UTF-8 anyhow. */
  private static final ContentType JSON = ContentType.create("application/json");

  private static final Timeout CONNECTING = Timeout.ofSeconds(5);

  /** Who says more has the connection closed. */
  private static final int MOST_BYTES = 16 * 1024;

  private static final int CONNECTIONS = 50;
  private static final int GONE = 410;
  private static final int FIRST_OK = 200;
  private static final int FIRST_REDIRECT = 300;
  private static final int FIRST_ERROR = 400;

  /** Finds the addresses of a host. */
  interface Names {
    InetAddress[] find(String host) throws UnknownHostException;
  }

  private final Reach reach;
  private final Names names;
  private final Duration answerTime;
  private final Clock clock;
  private final CloseableHttpClient client;
  private final ScheduledExecutorService alarm =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "webhook-alarm");
            thread.setDaemon(true);
            return thread;
          });
  private final AtomicBoolean closed = new AtomicBoolean();

  @Inject
  Receiver(
      Reach reach, @Property(name = "kbs.webhooks.answer-time") Duration answerTime, Clock clock) {
    this(reach, InetAddress::getAllByName, answerTime, clock);
  }

  Receiver(Reach reach, Names names, Duration answerTime, Clock clock) {
    this.reach = reach;
    this.names = names;
    this.answerTime = answerTime;
    this.clock = clock;
    Timeout answering = Timeout.of(answerTime);
    this.client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setMaxConnTotal(CONNECTIONS)
                    .setMaxConnPerRoute(CONNECTIONS)
                    .setDnsResolver(new NoNameService())
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(CONNECTING)
                            .setSocketTimeout(answering)
                            .setTimeToLive(Timeout.ofMinutes(1))
                            .build())
                    .build())
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectionRequestTimeout(CONNECTING)
                    .setResponseTimeout(answering)
                    .build())
            .setUserAgent("kbs-server")
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableContentCompression()
            .disableCookieManagement()
            .disableAuthCaching()
            .build();
  }

  /**
   * What came of it.
   *
   * @param status null where there was no answer
   * @param millis how long it took
   * @param error null where the message has arrived
   * @param retryAfter how long the receiver asks to be left alone; null where it does not
   */
  record Outcome(
      @Nullable Integer status, int millis, @Nullable String error, @Nullable Duration retryAfter) {

    boolean hasArrived() {
      return error == null;
    }

    /** Nobody is there any more, and they say so. */
    boolean isGone() {
      return status != null && status == GONE;
    }
  }

  /** Sends a message. */
  Outcome post(String url, Map<String, String> headers, byte[] body) {
    URI address = URI.create(url);
    long start = System.nanoTime();
    try {
      InetAddress[] found = names.find(address.getHost().replaceAll("^\\[|\\]$", ""));
      for (InetAddress each : found) {
        if (!reach.allows(address, each)) {
          return failed(start, "The address leads to where this server sends nothing.");
        }
      }
      HttpHost host =
          new HttpHost(address.getScheme(), found[0], address.getHost(), Reach.port(address));
      HttpPost post = new HttpPost(address);
      headers.forEach(post::setHeader);
      post.setEntity(new ByteArrayEntity(body, JSON));
      return sent(host, post, start);
    } catch (UnknownHostException e) {
      return failed(start, "The host was not found.");
    }
  }

  private Outcome sent(HttpHost host, HttpPost post, long start) {
    // For all of it: who answers a byte at a time is not waited for.
    ScheduledFuture<?> end =
        alarm.schedule(post::abort, answerTime.toMillis(), TimeUnit.MILLISECONDS);
    try {
      ClassicHttpResponse answer = client.executeOpen(host, post, null);
      Outcome outcome = outcome(answer, start);
      finish(answer, post);
      return outcome;
    } catch (IOException e) {
      if (closed.get()) {
        throw new IllegalStateException("The server is stopping", e);
      }
      return failed(start, post.isAborted() ? "There was no answer in time." : described(e));
    } finally {
      end.cancel(false);
    }
  }

  private Outcome outcome(ClassicHttpResponse answer, long start) {
    int status = answer.getCode();
    String error =
        status >= FIRST_OK && status < FIRST_REDIRECT
            ? null
            : status < FIRST_ERROR
                ? "The receiver answered " + status + "; redirects are not followed."
                : "The receiver answered " + status + ".";
    Header retryAfter = answer.getFirstHeader("Retry-After");
    return new Outcome(
        status,
        millis(start),
        error,
        retryAfter == null
            ? null
            : RetryTimes.after(retryAfter.getValue(), clock.instant()).orElse(null));
  }

  /** Reads a short answer, so that the connection can be used again; it has counted by now. */
  private static void finish(ClassicHttpResponse answer, HttpPost post) {
    try (answer) {
      if (isLong(answer.getEntity())) {
        // To close it would read all the rest.
        post.abort();
      }
    } catch (IOException e) {
      LOG.debug("The rest of an answer did not come", e);
    }
  }

  private static boolean isLong(@Nullable HttpEntity entity) throws IOException {
    return entity != null
        && (entity.getContentLength() > MOST_BYTES
            || entity.getContent().readNBytes(MOST_BYTES + 1).length > MOST_BYTES);
  }

  /** Without what a library says: it names addresses inside. */
  private static String described(IOException e) {
    if (e instanceof ConnectTimeoutException || e instanceof HttpHostConnectException) {
      return "No connection could be made.";
    }
    if (e instanceof SSLException) {
      return "No secure connection could be made.";
    }
    if (e instanceof java.io.InterruptedIOException) {
      return "There was no answer in time.";
    }
    return "The connection ended without an answer.";
  }

  private static Outcome failed(long start, String error) {
    return new Outcome(null, millis(start), error, null);
  }

  private static int millis(long start) {
    return (int) TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  /** Ends what is being sent; it is sent again when somebody is there to hear of the answer. */
  @PreDestroy
  void close() throws IOException {
    closed.set(true);
    client.close();
    alarm.shutdownNow();
  }
}
