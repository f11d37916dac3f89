package io.kbsserver.access;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;

/** Addresses and ranges of them, as they stand in a configuration. */
public final class AddressRanges {

  private static final int IPV4_BITS = 32;
  private static final int IPV6_BITS = 128;

  private final List<IpSubnetFilterRule> ranges;

  private AddressRanges(List<IpSubnetFilterRule> ranges) {
    this.ranges = ranges;
  }

  /** Reads a list, with commas or blanks between them. */
  public static AddressRanges parse(String text) {
    return new AddressRanges(
        Arrays.stream(text.split("[,\\s]+"))
            .filter(range -> !range.isEmpty())
            .map(AddressRanges::range)
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

  /** Whether there are none. */
  public boolean isEmpty() {
    return ranges.isEmpty();
  }

  /** Whether an address is among them. */
  public boolean contain(InetSocketAddress address) {
    return ranges.stream().anyMatch(range -> range.matches(address));
  }
}
