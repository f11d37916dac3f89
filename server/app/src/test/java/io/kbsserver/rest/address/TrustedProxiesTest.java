package io.kbsserver.rest.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Of whom it is believed what they say of the client. */
class TrustedProxiesTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, 127.0.0.1, true",
        "-, 192.168.1.1, true",
        "-, ::1, true",
        "-, 192.0.2.1, false",
        "'', 127.0.0.1, false",
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "192.0.2.0/24, 192.0.2.2, true",
        "0.0.0.0/0, 203.0.113.1, true",
        "192.0.2.1/32, 192.0.2.1, true",
        "2001:db8::1, 2001:db8::1, true",
        "2001:db8::1, 2001:db8::2, false",
        "2001:db8::1/128, 2001:db8::1, true",
        "'10.0.0.1, 192.0.2.1 203.0.113.1', 203.0.113.1, true"
      })
  void anAddressIsTrustedIfItIsInAListedRange(String list, String peer, boolean trusted) {
    assertEquals(trusted, TrustedProxies.parse(list).contain(new InetSocketAddress(peer, 1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "proxy.example",
        "192.0.2.1/33",
        "192.0.2.1/x",
        "192.0.2.1/",
        "::1/129",
        "192.0.2.1/-1"
      })
  void whatIsNoAddressOrRangeIsRefused(String list) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> TrustedProxies.parse(list));
    assertEquals("has no address or range such as 10.0.0.0/8: " + list, refused.getMessage());
  }
}
