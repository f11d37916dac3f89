package io.kbsserver.rest.discovery;

import io.kbsserver.rest.address.BaseUrl;
import io.micronaut.core.io.ResourceLoader;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What stands where a WordPress site has its home page. Clients that are given the address of the
 * site find the index of the routes from here.
 */
@Controller
@Secured(SecurityRule.IS_ANONYMOUS)
class WelcomeController {

  /** The page brings its styles with it, and nothing else. */
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  /** Where the page has room for what is said besides. */
  private static final String PLACE = "<!-- note -->\n";

  private final String page;
  private final Optional<WelcomeNote> note;
  private final BaseUrl baseUrl;

  WelcomeController(ResourceLoader resources, BaseUrl baseUrl, Optional<WelcomeNote> note)
      throws IOException {
    try (InputStream resource =
        resources.getResourceAsStream("classpath:web/index.html").orElseThrow()) {
      this.page = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    }
    this.baseUrl = baseUrl;
    this.note = note;
  }

  @Get("/")
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<byte[]> page() {
    String shown = page.replace(PLACE, note.map(said -> said.html() + "\n").orElse(""));
    return HttpResponse.ok(shown.getBytes(StandardCharsets.UTF_8))
        .header(HttpHeaders.LINK, baseUrl.linkToIndex())
        .header("Content-Security-Policy", POLICY);
  }
}
