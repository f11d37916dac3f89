package io.kbsserver.rest.discovery;

import io.kbsserver.rest.address.BaseUrl;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.server.types.files.StreamedFile;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.io.IOException;
import java.net.URI;
import java.net.URLConnection;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** The reference of the API to read and to try: Scalar draws it from the contract. */
@Controller("/docs")
@Secured(SecurityRule.IS_ANONYMOUS)
class ReferenceController {

  /**
   * The page runs no script and asks no server but this one, by whichever of its addresses; Scalar
   * sets styles as it goes.
   */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
          + " img-src 'self' data:; connect-src 'self' %s; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private static final String PAGE = "index.html";
  private static final Map<String, String> FILES =
      Map.of(
          PAGE,
          "web/docs/index.html",
          "docs.css",
          "web/docs/docs.css",
          "docs.js",
          "web/docs/docs.js",
          "scalar.js",
          "META-INF/resources/webjars/scalar/scalar.js");

  /** An upgrade of the server changes the files, whatever the time that they are packaged with. */
  private final long started;

  private final BaseUrl baseUrl;

  ReferenceController(BaseUrl baseUrl, Clock clock) {
    this.started = clock.millis();
    this.baseUrl = baseUrl;
  }

  @Get
  HttpResponse<?> page(HttpRequest<?> request) throws IOException {
    if (request.getPath().endsWith("/")) {
      // The page leads to its parts from the address without the slash.
      return HttpResponse.permanentRedirect(URI.create("../docs"));
    }
    return file(PAGE)
        .orElseThrow()
        .header("Content-Security-Policy", POLICY.formatted(baseUrl.origin()));
  }

  /** What the page consists of. */
  @Get("/{name}")
  Optional<MutableHttpResponse<StreamedFile>> file(String name) throws IOException {
    if (!FILES.containsKey(name)) {
      return Optional.empty();
    }
    URLConnection resource =
        ReferenceController.class.getClassLoader().getResource(FILES.get(name)).openConnection();
    StreamedFile file =
        new StreamedFile(
            resource.getInputStream(),
            MediaType.forFilename(name),
            started,
            resource.getContentLengthLong());
    return Optional.of(HttpResponse.ok(file));
  }
}
