package io.kbsserver.rest.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kbsserver.testing.LongInput;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpRequest;
import io.netty.util.NetUtil;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Whatever stands in forwarded headers, what is believed of it is an address. */
class ForwardedFuzzTest {

  private static final TrustedProxies TRUSTED = TrustedProxies.parse(null);
  private static final List<String> NAMES =
      List.of(
          "Forwarded",
          "X-Forwarded-For",
          "X-Forwarded-Proto",
          "X-Forwarded-Host",
          "X-Forwarded-Port",
          "X-Forwarded-Prefix");

  /** Each line is the value of a header, in turn. */
  @FuzzTest(maxDuration = "2m")
  void whatIsBelievedIsAnAddress(byte[] lines) {
    MutableHttpRequest<?> request = HttpRequest.GET("/");
    // Control characters do not get through the decoder.
    String text = new String(lines, StandardCharsets.ISO_8859_1);
    String[] values = text.replaceAll("[\\x00-\\x09\\x0B-\\x1F\\x7F]", "").split("\n");
    for (int i = 0; i < values.length; i++) {
      request.getHeaders().add(NAMES.get(i % NAMES.size()), values[i]);
    }
    Forwarded said = Forwarded.of(request.getHeaders(), TRUSTED);
    said.scheme().ifPresent(scheme -> assertTrue(List.of("http", "https").contains(scheme)));
    said.port().ifPresent(port -> assertTrue(port > 0 && port < 65_536));
    said.path()
        .ifPresent(
            path -> assertEquals(URI.create("http://h" + path).normalize().getRawPath(), path));
    said.client()
        .ifPresent(
            client ->
                assertTrue(
                    NetUtil.isValidIpV4Address(client) || NetUtil.isValidIpV6Address(client),
                    client));
    said.host()
        .ifPresent(
            host -> {
              URI.create(host.with("http"));
              String written = host.host() + (host.port() == 0 ? "" : ":" + host.port());
              assertEquals(said.host(), Authority.parse(written));
            });
    assertSaidAgain(said);
  }

  /** What is believed, written as the standard has it, is believed again. */
  private static void assertSaidAgain(Forwarded said) {
    StringBuilder element = new StringBuilder("a=b");
    said.scheme().ifPresent(scheme -> element.append(";proto=").append(scheme));
    said.host()
        .ifPresent(
            host ->
                element.append(
                    ";host=\"%s:%s\"".formatted(host.host(), host.port() == 0 ? "" : host.port())));
    said.client()
        .ifPresent(
            client ->
                element.append(
                    client.contains(":") ? ";for=\"[" + client + "]\"" : ";for=" + client));
    Forwarded again =
        Forwarded.of(
            HttpRequest.GET("/").header("Forwarded", element.toString()).getHeaders(), TRUSTED);
    assertEquals(said.scheme(), again.scheme());
    assertEquals(said.host(), again.host());
    assertEquals(said.client(), again.client());
  }

  @FuzzTest(maxDuration = "2m")
  void listsAreTakenApartAndPutTogether(byte[] header) {
    String text = new String(header, StandardCharsets.ISO_8859_1);
    List<String> all = ListHeader.all(List.of(text));
    assertEquals(all, ListHeader.all(List.of(String.join(",", all))));
    assertEquals(all.stream().findFirst(), ListHeader.first(List.of(text)));
    assertFalse(ListHeader.elements(List.of(text)).contains(""));
    ListHeader.unquoted(text)
        .ifPresent(
            plain -> {
              String quoted = '"' + plain.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
              assertEquals(plain.strip(), ListHeader.unquoted(quoted).orElseThrow());
            });
  }

  @FuzzTest(maxDuration = "2m")
  void longHeadersTakeTheirTime(byte[] seed) {
    LongInput.takesItsTime(seed, this::whatIsBelievedIsAnAddress);
    LongInput.takesItsTime(seed, this::listsAreTakenApartAndPutTogether);
  }
}
