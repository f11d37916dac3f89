package io.kbsserver.rest.address;

import io.kbsserver.access.AddressRanges;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Those of whom it is believed what they say of the client, by their address. */
public final class TrustedProxies {

  /** Whoever is on this machine or in a private network. */
  static final String USUAL =
      "127.0.0.0/8,::1/128,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fc00::/7";

  private final AddressRanges ranges;

  private TrustedProxies(AddressRanges ranges) {
    this.ranges = ranges;
  }

  /** Reads a list of addresses and ranges; an empty one trusts nobody, none at all the usual. */
  public static TrustedProxies parse(@Nullable String text) {
    return new TrustedProxies(AddressRanges.parse(text == null ? USUAL : text));
  }

  boolean contain(InetAddress address) {
    return contain(new InetSocketAddress(address, 0));
  }

  boolean contain(InetSocketAddress peer) {
    return ranges.contain(peer);
  }
}
