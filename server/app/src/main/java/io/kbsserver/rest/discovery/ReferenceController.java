package io.kbsserver.rest.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.kbsserver.rest.address.BaseUrl;
import io.kbsserver.rest.body.Sha256;
import io.kbsserver.rest.preconditions.EntityTags;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The reference of the API to read and to try: a page that was written when the server was built,
 * with the address of this server in its examples.
 */
@Controller("/docs")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.ALL)
class ReferenceController {

  /** The page runs no script and asks no server but this one, by whichever of its addresses. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:;"
          + " connect-src 'self' %s; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final String FOLDER = "/web/docs/";

  /** What stands in the page as it was written. */
  private static final String SERVER = "https://help.example.com";

  /** Of these the name changes with the content. */
  private static final Pattern FINGERPRINTED = Pattern.compile("docs\\.[0-9a-f]{16}\\.(css|js)");

  private static final String FOR_A_YEAR = "public, max-age=31536000, immutable";

  /** One for each name that requests give the server: answers on their way share it. */
  private static final int MOST = 4;

  private final String page = new String(read("index.html").orElseThrow(), UTF_8);
  private final String digest = Sha256.hex(page);
  private final LoadingCache<String, byte[]> pages =
      Caffeine.newBuilder()
          .maximumSize(MOST)
          .build(server -> page.replace(SERVER, server).getBytes(UTF_8));
  private final BaseUrl baseUrl;

  ReferenceController(BaseUrl baseUrl) {
    this.baseUrl = baseUrl;
  }

  @Get
  HttpResponse<?> page(HttpRequest<?> request) {
    if (request.getPath().endsWith("/")) {
      // The page leads to its parts from the address without the slash.
      return HttpResponse.permanentRedirect(URI.create("../docs"));
    }
    String server = baseUrl.ofServer();
    String tag = '"' + Sha256.hex(digest + "\n" + server) + '"';
    MutableHttpResponse<?> response =
        request.getMethod() == HttpMethod.GET && EntityTags.known(request, tag)
            ? HttpResponse.notModified()
            : HttpResponse.ok(pages.get(server))
                .header(HttpHeaders.CONTENT_TYPE, "text/html; charset=UTF-8");
    return response
        .header(HttpHeaders.ETAG, tag)
        .header(HttpHeaders.CACHE_CONTROL, "no-cache")
        .header("Content-Security-Policy", POLICY.formatted(baseUrl.origin()));
  }

  /** What the page consists of. */
  @Get("/{name}")
  Optional<HttpResponse<byte[]>> file(String name) {
    return Optional.of(name)
        .filter(asked -> FINGERPRINTED.matcher(asked).matches())
        .flatMap(ReferenceController::read)
        .map(
            content ->
                HttpResponse.ok(content)
                    .contentType(
                        (name.endsWith("css") ? "text/css" : "text/javascript") + "; charset=UTF-8")
                    .header(HttpHeaders.CACHE_CONTROL, FOR_A_YEAR));
  }

  private static Optional<byte[]> read(String name) {
    try (InputStream resource = ReferenceController.class.getResourceAsStream(FOLDER + name)) {
      return resource == null ? Optional.empty() : Optional.of(resource.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
