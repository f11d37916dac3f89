package io.kbsserver.rest.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kbsserver.access.Caller;
import io.kbsserver.access.LoginOutcome;
import io.kbsserver.access.RememberedLogins;
import io.kbsserver.rest.body.Parameters;
import io.kbsserver.rest.errors.RestException;
import io.kbsserver.rest.request.RequestParameters;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpRequest;
import io.micronaut.security.authentication.Authentication;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Who sends a request, as its header says. */
class ApplicationPasswordFetcherTest {

  private static final Caller ANN =
      new Caller(7, "ann", "", Set.of("support_agent"), List.of(), List.of());

  private final List<String> used = new ArrayList<>();

  private final ApplicationPasswordFetcher fetcher =
      new ApplicationPasswordFetcher(
          (login, password, address) ->
              CompletableFuture.completedFuture(
                  login.equals("ann") && password.equals("a:b")
                      ? new LoginOutcome.Known(ANN, "first", null)
                      : new LoginOutcome.Nobody()),
          request -> "192.0.2.1",
          Mono::just,
          new RememberedLogins(),
          (uuid, address) -> used.add(uuid + " " + address));

  private static MutableHttpRequest<?> request(String authorization) {
    return request("/wp-json/kbs/v1/tickets", authorization);
  }

  private static MutableHttpRequest<?> request(String path, String authorization) {
    return HttpRequest.GET(path).header("Authorization", authorization);
  }

  private static String base64(String credentials) {
    return Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.ISO_8859_1));
  }

  private Optional<String> name(HttpRequest<?> request) {
    return fetcher.authenticate(request).map(Authentication::getName);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic ", "basic   "})
  void aLoginAndAPasswordStandBehindBasic(String scheme) {
    HttpRequest<?> request = request(scheme + base64("ann:a:b"));
    assertEquals(Optional.of("ann"), name(request));
    assertEquals("ann", Mono.from(fetcher.fetchAuthentication(request)).block().getName());
    assertEquals(Optional.of(ANN), CurrentCaller.of(fetcher.authenticate(request).orElseThrow()));
    assertEquals(
        Set.of("support_agent"), Set.copyOf(fetcher.authenticate(request).get().getRoles()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ann:b", "bob:a:b", ":a:b", "ann", "ann:\u00E4"})
  void whoeverIsNotKnownIsNobody(String credentials) {
    assertEquals(Optional.empty(), name(request("Basic " + base64(credentials))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer x", "Basic", "Basic =", "Basic a", "Basic !"})
  void whatIsNoSuchHeaderIsNobodys(String authorization) {
    assertEquals(Optional.empty(), name(request(authorization)));
  }

  @ParameterizedTest
  @CsvSource({
    "/wp-json, true",
    "/wp-json/, true",
    "/wp-json/kbs/v1, true",
    "/, false",
    "/docs, false",
    "/health/live, false",
    "/openapi.json, false",
    "/wp-jsonx, false"
  })
  void nothingElseThanTheRoutesAsksWhoSendsIt(String path, boolean asks) {
    HttpRequest<?> request = request(path, "Basic " + base64("ann:a:b"));
    assertEquals(asks, Mono.from(fetcher.fetchAuthentication(request)).hasElement().block());
    HttpRequest<?> nonce = HttpRequest.GET(path).header("X-WP-Nonce", "x");
    Mono<Authentication> ofNonce = Mono.from(fetcher.fetchAuthentication(nonce));
    if (asks) {
      assertThrows(RestException.class, ofNonce::block);
    } else {
      assertNull(ofNonce.block());
    }
  }

  @Test
  void withoutAHeaderNobodySends() {
    assertEquals(Optional.empty(), name(HttpRequest.GET("/")));
  }

  @Test
  void aNonceIsRefusedUnlessThereIsAPassword() {
    assertEquals(
        Optional.of("ann"), name(request("Basic " + base64("ann:a:b")).header("X-WP-Nonce", "x")));
    HttpRequest<?> header = HttpRequest.GET("/").header("X-WP-Nonce", "x");
    assertThrows(RestException.class, () -> fetcher.authenticate(header));
    HttpRequest<?> parameter = HttpRequest.GET("/");
    RequestParameters.read(Parameters.of(Map.of("_wpnonce", "x")), Parameters.NONE, false, false)
        .keepIn(parameter);
    assertThrows(RestException.class, () -> fetcher.authenticate(parameter));
  }
}
