package io.kbsserver.rest.address;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpRequest;
import io.micronaut.http.context.ServerRequestContext;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a request looked to the client that made it. */
class ProxiesTest {

  private final Proxies proxies = new Proxies("192.0.2.0/24");

  /** A request from an address, with headers as names and values by turns. */
  private static MutableHttpRequest<?> request(String peer, String... headers) {
    MutableHttpRequest<?> request = HttpRequest.GET("http://" + peer + ":8080/wp-json");
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request;
  }

  private String site(String peer, String... headers) {
    return proxies.of(request(peer, headers)).site().toString();
  }

  @Test
  void aRequestNamesItsServer() {
    assertEquals("http://help.example", site("203.0.113.1", "Host", "help.example"));
    assertEquals("http://203.0.113.1:8080", site("203.0.113.1"));
    assertEquals(true, proxies.of(request("203.0.113.1", "Host", "help.example")).named());
  }

  @Test
  void whatIsNoHostIsNotPutIntoLinks() {
    ClientView view = proxies.of(request("203.0.113.1", "Host", "a/b"));
    assertEquals(false, view.named());
    assertEquals("", view.site().toString());
  }

  @Test
  void onlyThoseWhoAreTrustedAreBelieved() {
    String[] headers = {
      "Host", "inner", "X-Forwarded-Host", "help.example", "X-Forwarded-For", "198.51.100.1"
    };
    assertEquals("http://help.example", site("192.0.2.7", headers));
    assertEquals("http://inner", site("203.0.113.1", headers));
    assertEquals("198.51.100.1", proxies.resolve(request("192.0.2.7", headers)));
    assertEquals("203.0.113.1", proxies.resolve(request("203.0.113.1", headers)));
  }

  @ParameterizedTest
  @CsvSource({
    "X-Forwarded-Proto, https, https://inner:81",
    "X-Forwarded-Port, 8443, http://inner:8443",
    "X-Forwarded-Prefix, /desk, http://inner:81/desk",
    "X-Forwarded-Host, help.example, http://help.example",
    "X-Forwarded-Host, help.example:82, http://help.example:82"
  })
  void aProxySaysWhatWasDifferentBeforeIt(String header, String value, String site) {
    assertEquals(site, site("192.0.2.7", "Host", "inner:81", header, value));
  }

  @Test
  void thePortOfAProxyIsForHostsThatHaveNone() {
    assertEquals(
        "http://a:8443", site("192.0.2.7", "X-Forwarded-Host", "a", "X-Forwarded-Port", "8443"));
    assertEquals(
        "http://a:82", site("192.0.2.7", "X-Forwarded-Host", "a:82", "X-Forwarded-Port", "8443"));
  }

  @Test
  void whatWasSeenFirstCountsHoweverTheRequestIsChanged() {
    MutableHttpRequest<?> request = request("203.0.113.1", "Host", "first");
    proxies.look(request);
    request.header("Host", "second");
    assertEquals("http://first", proxies.of(request).site().toString());
  }

  @Test
  void linksAreMadeOfTheRequestUnlessAnAddressIsConfigured() {
    assertEquals(
        "http://help.example | http://help.example/wp-json", links(new BaseUrl(null, proxies)));
    assertEquals(
        "https://desk.example | https://desk.example/a/wp-json",
        links(new BaseUrl("https://desk.example/a", proxies)));
  }

  private static String links(BaseUrl baseUrl) {
    Supplier<String> links = () -> baseUrl.origin() + " | " + baseUrl.ofRoutes();
    return ServerRequestContext.with(request("203.0.113.1", "Host", "help.example"), links);
  }

  @Test
  void theIndexIsLinkedAsWordPressClientsLookForIt() {
    BaseUrl baseUrl = new BaseUrl("https://desk.example", proxies);
    assertEquals(
        "<https://desk.example/wp-json/>; rel=\"https://api.w.org/\"", baseUrl.linkToIndex());
    assertEquals(true, baseUrl.isNamedBy(request("203.0.113.1", "Host", "a")));
    assertEquals(false, baseUrl.isNamedBy(request("203.0.113.1", "Host", "a b")));
  }
}
