package io.kbsserver.rest.request;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which route an address means. */
class RouteAddressTest {

  private static Optional<String> route(String address, Map<String, Object> query) {
    return RouteAddress.of(URI.create(address), query).map(URI::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "/wp-json, /wp-json",
    "/wp-json/, /wp-json",
    "/wp-json/kbs/v1/tickets, /wp-json/kbs/v1/tickets",
    "/wp-json/KBS/v1/Tickets/, /wp-json/kbs/v1/tickets",
    "/wp-json/kbs/v1/tickets//, /wp-json/kbs/v1/tickets//",
    "/wp-json/kbs/v1/tickets?A=B, /wp-json/kbs/v1/tickets?A=B",
    "/index.php/wp-json/kbs/v1, /wp-json/kbs/v1"
  })
  void aPathMayNameIt(String address, String route) {
    assertEquals(Optional.of(route), route(address, Map.of("rest_route", "/other")));
  }

  @ParameterizedTest
  @CsvSource({
    "/, /kbs/v1/tickets, /wp-json/kbs/v1/tickets",
    "/index.php, kbs/v1/tickets/, /wp-json/kbs/v1/tickets",
    "/?rest_route=x, /a b, /wp-json/a%20b?rest_route=x"
  })
  void theQueryOfTheRootMayNameIt(String address, String parameter, String route) {
    assertEquals(Optional.of(route), route(address, Map.of("rest_route", parameter)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/index.php", "/docs", "/wp-jsonx", "/index.php/docs"})
  void otherAddressesMeanNone(String address) {
    assertEquals(Optional.empty(), route(address, Map.of()));
    assertEquals(Optional.empty(), route(address, Map.of("rest_route", "")));
    assertEquals(Optional.empty(), route(address, Map.of("rest_route", List.of("x"))));
  }

  @Test
  void aQueryThatCannotBeReadMayStillNameOne() {
    assertEquals(true, RouteAddress.mayBeInQuery(URI.create("/?rest_route=%E4")));
    assertEquals(false, RouteAddress.mayBeInQuery(URI.create("/?a=%E4")));
    assertEquals(false, RouteAddress.mayBeInQuery(URI.create("/docs?rest_route=%E4")));
  }
}
