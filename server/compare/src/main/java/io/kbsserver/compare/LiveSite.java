package io.kbsserver.compare;

import static java.util.Objects.requireNonNullElse;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A site that is running, known by its address only. */
public final class LiveSite {

  private static final Pattern ADDRESS = Pattern.compile("https?://[^/?#@\\s]+(?:/[^?#\\s]*)?");

  /** That of a site without permalinks, whose routes are a parameter of its front page. */
  private static final Pattern WITHOUT_PERMALINKS =
      Pattern.compile("([^?]*?)(/(?:index\\.php)?)?\\?rest_route=(?:/|%2[Ff])?");

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final int TIMEOUT_SECONDS = 30;
  private static final int LARGEST_ANSWER = 10_000_000;

  /** Those that belong to a connection or to somebody else's login. */
  private static final Set<String> NOT_FORWARDED =
      Set.of(
          "accept-encoding",
          "authorization",
          "connection",
          "content-length",
          "cookie",
          "expect",
          "host",
          "transfer-encoding",
          "upgrade");

  // Redirects are not followed: credentials go to the address that was given and to no other.
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(Redirect.NEVER)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();
  private final String name;
  private final String address;
  private final String root;
  private final @Nullable String frontPage;
  private final OwnLinks links;

  /**
   * A site.
   *
   * @param root the folder that it is in, without a slash at the end
   * @param frontPage where the routes are a parameter, null for a site with permalinks
   */
  private LiveSite(String name, String address, String root, @Nullable String frontPage) {
    this.name = name;
    this.address = address;
    this.root = root;
    this.frontPage = frontPage;
    this.links = new OwnLinks(URI.create(root).getRawPath().replaceFirst("/index\\.php$", ""));
  }

  /**
   * A site.
   *
   * @param name what it is called in messages
   * @param address the site's address, or that of its routes, with or without a slash at the end;
   *     the routes of a site without permalinks are at {@code https://example.com/?rest_route=/}
   * @throws IllegalArgumentException if it is no address; the message does not repeat it, since a
   *     person may have put a password there
   */
  public static LiveSite at(String name, String address) {
    String given = address.strip();
    Matcher plain = WITHOUT_PERMALINKS.matcher(given);
    boolean permalinks = !plain.matches();
    String root = permalinks ? given.replaceFirst("/+(?:wp-json/*)?$", "") : plain.group(1);
    if (!ADDRESS.matcher(root).matches() || !isAddress(root)) {
      throw new IllegalArgumentException("not an address such as https://example.com");
    }
    return permalinks
        ? new LiveSite(name, root, root, null)
        : new LiveSite(name, given, root, root + requireNonNullElse(plain.group(2), "/"));
  }

  private static boolean isAddress(String text) {
    try {
      return URI.create(text).getHost() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Its address. */
  public String address() {
    return address;
  }

  /** What to call it in a message. */
  @Override
  public String toString() {
    return "The " + name + ", " + address + ",";
  }

  /**
   * Sends a request and waits for the answer.
   *
   * @throws IOException if there is none; the message says why, in words
   */
  SiteAnswer send(ReadRequest request) throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> sent =
        client.sendAsync(message(request), head -> new LimitedBody(LARGEST_ANSWER));
    try {
      HttpResponse<byte[]> response = sent.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      return links.in(SiteAnswer.of(response.statusCode(), headers(response), response.body()));
    } catch (TimeoutException e) {
      throw new IOException("no answer within " + TIMEOUT_SECONDS + " seconds", e);
    } catch (ExecutionException e) {
      throw new IOException(reason(e.getCause()), e);
    } finally {
      sent.cancel(true);
    }
  }

  private HttpRequest message(ReadRequest request) throws IOException {
    HttpRequest.Builder message =
        HttpRequest.newBuilder(target(request)).method(request.method(), BodyPublishers.noBody());
    try {
      request.headers().entrySet().stream()
          .filter(header -> !NOT_FORWARDED.contains(header.getKey().toLowerCase(Locale.ROOT)))
          .forEach(header -> message.header(header.getKey(), header.getValue()));
    } catch (IllegalArgumentException e) {
      throw new IOException("a header of the request cannot be sent", e);
    }
    if (request.login() != null) {
      message.header("Authorization", request.login().authorization());
    }
    return message.build();
  }

  private URI target(ReadRequest request) {
    return URI.create(
        frontPage == null || request.isOnTheFrontPage()
            ? root + request.path()
            : frontPage + RouteParameter.queryOf(request.path()));
  }

  private static Map<String, String> headers(HttpResponse<?> response) {
    Map<String, String> headers = new LinkedHashMap<>();
    response
        .headers()
        .map()
        .forEach(
            (header, values) ->
                headers.put(header.toLowerCase(Locale.ROOT), String.join(", ", values)));
    return headers;
  }

  private static String reason(@Nullable Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return "there is no such host";
      }
      if (cause instanceof SSLException) {
        return "no secure connection: " + cause.getMessage();
      }
    }
    if (e == null || e instanceof ConnectException || e.getMessage() == null) {
      return "no connection";
    }
    return e.getMessage();
  }
}
