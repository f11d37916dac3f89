package io.kbsserver.rest.address;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Those of whom it is believed what they say of the client, by their address. */
public final class TrustedProxies {

  /** Whoever is on this machine or in a private network. */
  static final String USUAL =
      "127.0.0.0/8,::1/128,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fc00::/7";

  private static final int IPV4_BITS = 32;
  private static final int IPV6_BITS = 128;

  private final List<IpSubnetFilterRule> ranges;

  private TrustedProxies(List<IpSubnetFilterRule> ranges) {
    this.ranges = ranges;
  }

  /** Reads a list of addresses and ranges; an empty one trusts nobody, none at all the usual. */
  public static TrustedProxies parse(@Nullable String text) {
    return new TrustedProxies(
        Arrays.stream((text == null ? USUAL : text).split("[,\\s]+"))
            .filter(range -> !range.isEmpty())
            .map(TrustedProxies::range)
            .toList());
  }

  private static IpSubnetFilterRule range(String text) {
    String[] halves = text.split("/", 2);
    // Netty would ask the name service for what is no address.
    byte[] address = NetUtil.createByteArrayFromIpAddressString(halves[0]);
    if (address != null) {
      int most = address.length == 4 ? IPV4_BITS : IPV6_BITS;
      int bits = halves.length == 1 ? most : bits(halves[1]);
      if (bits >= 0 && bits <= most) {
        return new IpSubnetFilterRule(halves[0], bits, IpFilterRuleType.ACCEPT);
      }
    }
    throw new IllegalArgumentException("has no address or range such as 10.0.0.0/8: " + text);
  }

  private static int bits(String text) {
    return text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
  }

  boolean contain(InetAddress address) {
    return contain(new InetSocketAddress(address, 0));
  }

  boolean contain(InetSocketAddress peer) {
    return ranges.stream().anyMatch(range -> range.matches(peer));
  }
}
