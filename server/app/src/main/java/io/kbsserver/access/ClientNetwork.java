package io.kbsserver.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;

/** Whom an address stands for: one of IPv6 is as good as any other in its /64. */
public final class ClientNetwork {

  private static final int BYTES = 8;

  private ClientNetwork() {}

  /** The network of an address in digits; the address itself where it is one of IPv4. */
  public static String of(String address) {
    try {
      // No name service is asked: it is an address already.
      return InetAddress.getByName(address) instanceof Inet6Address wide
          ? HexFormat.of().formatHex(wide.getAddress(), 0, BYTES) + "/64"
          : address;
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
