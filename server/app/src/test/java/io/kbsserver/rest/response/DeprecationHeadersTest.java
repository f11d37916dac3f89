package io.kbsserver.rest.response;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kbsserver.contract.Deprecation;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What should not be used any more. */
class DeprecationHeadersTest {

  @Test
  void whatGoesIsAnnouncedWithItsDates() {
    MutableHttpResponse<?> response = HttpResponse.ok();
    DeprecationHeaders.announce(
        new Deprecation(
            Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2027-01-01T00:00:00Z")),
        response);
    assertEquals("@1767225600", response.getHeaders().get("Deprecation"));
    assertEquals("Fri, 01 Jan 2027 00:00:00 GMT", response.getHeaders().get("Sunset"));
  }
}
