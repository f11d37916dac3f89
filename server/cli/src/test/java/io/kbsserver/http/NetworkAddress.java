package io.kbsserver.http;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;

/** An address of this machine that is not its own alone: what goes there may be listened to. */
public final class NetworkAddress {

  private NetworkAddress() {}

  /** The first there is; empty where this machine has no network. */
  public static Optional<String> any() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> address.getAddress().length == 4 && !address.isLoopbackAddress())
          .map(InetAddress::getHostAddress)
          .findFirst();
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
    }
  }
}
