package io.kbsserver.rest.address;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpRequest;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What proxies say of the request as the client made it. */
class ForwardedTest {

  /** Headers as names and values by turns. */
  private static Forwarded forwarded(String... headers) {
    MutableHttpRequest<?> request = HttpRequest.GET("/");
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return Forwarded.of(request.getHeaders(), TrustedProxies.parse(null));
  }

  @Test
  void withoutHeadersNothingIsSaid() {
    assertEquals(Forwarded.NOTHING, forwarded());
  }

  @Test
  void theStandardHeaderSaysAllAtOnce() {
    Forwarded found =
        forwarded(
            "Forwarded", "For=192.0.2.1; PROTO=HTTPS ;host=\"help.example:8443\";, for=10.0.0.1");
    assertEquals(Optional.of("https"), found.scheme());
    assertEquals(Optional.of(new Authority("help.example", 8443)), found.host());
    assertEquals(Optional.of("192.0.2.1"), found.client());
  }

  @Test
  void theUsualHeadersSayOneThingEach() {
    Forwarded found =
        forwarded(
            "X-Forwarded-Proto", "https, http",
            "X-Forwarded-Host", "\"help.example\", proxy",
            "X-Forwarded-Port", "8443",
            "X-Forwarded-Prefix", "/desk/",
            "X-Forwarded-For", "192.0.2.1, 10.0.0.1");
    assertEquals(
        new Forwarded(
            Optional.of("https"),
            Optional.of(new Authority("help.example", 0)),
            Optional.of(8443),
            Optional.of("/desk"),
            Optional.of("192.0.2.1")),
        found);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      value = {
        "198.51.100.1, 192.0.2.1 => 192.0.2.1",
        "198.51.100.1, 192.0.2.1, 10.0.0.2, 10.0.0.1 => 192.0.2.1",
        "198.51.100.1, 192.0.2.1, ::ffff:10.0.0.1 => 192.0.2.1",
        "10.0.0.3, 192.0.2.1, 10.0.0.1 => 192.0.2.1",
        "10.0.0.3, 10.0.0.1 => 10.0.0.3",
        "198.51.100.1, unknown, 10.0.0.1 => 10.0.0.1"
      })
  void whatAClientMakesUpBeforeItsAddressDoesNotCount(String nodes, String client) {
    assertEquals(Optional.of(client), forwarded("X-Forwarded-For", nodes).client());
    String standard =
        Arrays.stream(nodes.split(","))
            .map(String::strip)
            .map(node -> node.contains(":") ? "for=\"[" + node + "]\"" : "for=" + node)
            .collect(Collectors.joining(", "));
    assertEquals(Optional.of(client), forwarded("Forwarded", standard).client());
  }

  @Test
  void aQuoteThatAClientLeavesOpenTakesNothingAway() {
    assertEquals(
        Optional.of("192.0.2.1"),
        forwarded("X-Forwarded-For", "\"198.51.100.1, 192.0.2.1").client());
    assertEquals(
        Optional.of("192.0.2.1"),
        forwarded("Forwarded", "for=\"198.51.100.1, for=10.0.0.1", "X-Forwarded-For", "192.0.2.1")
            .client());
  }

  @Test
  void theStandardHeaderGoesBeforeTheUsualOnesWhereItCanBeRead() {
    assertEquals(
        Optional.of("https"),
        forwarded("Forwarded", "proto=https", "X-Forwarded-Proto", "http").scheme());
    assertEquals(
        Optional.of("http"),
        forwarded("Forwarded", "proto=gopher", "X-Forwarded-Proto", "http").scheme());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"proto=https;proto=http", "proto=https;for", "proto=https;host=\"a", "proto"})
  void anElementThatCannotBeReadAsAWholeCountsAsAbsent(String element) {
    assertEquals(Forwarded.NOTHING, forwarded("Forwarded", element));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "192.0.2.1:4711, 192.0.2.1",
    "192.0.2.1:_port, 192.0.2.1",
    "[2001:db8::1], 2001:db8::1",
    "[2001:db8::1]:4711, 2001:db8::1",
    "2001:db8::1, 2001:db8::1"
  })
  void aClientHasAnAddress(String node, String client) {
    assertEquals(Optional.of(client), forwarded("X-Forwarded-For", node).client());
  }

  @ParameterizedTest
  @ValueSource(strings = {"unknown", "_hidden", "1.2.3", "300.0.0.1", "[1]", "::g"})
  void namesThatHideAnAddressTellNothing(String node) {
    assertEquals(Optional.empty(), forwarded("X-Forwarded-For", node).client());
  }
}
