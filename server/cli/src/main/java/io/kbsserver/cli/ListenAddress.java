package io.kbsserver.cli;

import io.kbsserver.storage.StartupFailure;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a server listens.
 *
 * @param host the name or address, as it was given
 * @param address what that is
 * @param from the option or variable that gave it; empty where it was not given
 */
record ListenAddress(String host, InetAddress address, String from) {
  private static final String ALL = "0.0.0.0";
  private static final String THIS_MACHINE = "localhost";
  private static final int FIRST_FREE_PORT = 1024;
  private static final int PATIENCE_MILLIS = 1000;

  /** Only programs on this machine reach it. */
  static ListenAddress ofThisMachine() {
    return new ListenAddress(THIS_MACHINE, InetAddress.getLoopbackAddress(), "");
  }

  /** Reads a name, an address or an asterisk. */
  static ListenAddress of(String text, String from) {
    String host = text.strip().replaceFirst("^\\[(.*)]$", "$1");
    if (host.equals("*")) {
      host = ALL;
    }
    try {
      // Java would take nothing for this machine.
      if (!host.isEmpty()) {
        return new ListenAddress(host, InetAddress.getByName(host), from);
      }
    } catch (UnknownHostException e) {
      // Said below.
    }
    throw new StartupFailure(
        from
            + " is no address, and no host name that resolves to one: "
            + text
            + " (0.0.0.0 is all addresses of this machine)");
  }

  /** The host in addresses of pages that are opened on this machine. */
  String inUrl(int port) {
    if (address.isAnyLocalAddress()) {
      return THIS_MACHINE;
    }
    // Some clients know only one of the addresses that this name has.
    boolean named = !host.equals(THIS_MACHINE) || all(port).size() > 1;
    String shown = named ? host : address.getHostAddress();
    return address instanceof Inet6Address && shown.contains(":") ? "[" + shown + "]" : shown;
  }

  /** Micronaut's properties for it; 0 is any free port. */
  Map<String, Object> properties(int port) {
    Map<String, Object> properties = new HashMap<>();
    List<InetAddress> all = all(port);
    if (all.size() == 1) {
      properties.put("micronaut.server.host", all.get(0).getHostAddress());
      properties.put("micronaut.server.port", port == 0 ? -1 : port);
    } else {
      for (InetAddress each : all) {
        String listener =
            "micronaut.server.netty.listeners." + (each instanceof Inet6Address ? "ipv6" : "ipv4");
        properties.put(listener + ".host", each.getHostAddress());
        properties.put(listener + ".port", port);
      }
    }
    return properties;
  }

  /** Both that are called localhost, where there are two; any free port would be one for each. */
  private List<InetAddress> all(int port) {
    if (!host.equals(THIS_MACHINE) || port == 0) {
      return List.of(address);
    }
    List<InetAddress> both =
        Stream.of("127.0.0.1", "::1")
            .map(ListenAddress::ofLiteral)
            .filter(loopback -> tryToBind(loopback, 0) == null)
            .toList();
    return both.size() == 2 ? both : List.of(address);
  }

  private static InetAddress ofLiteral(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sees before anything else is opened that the port can be had. It is not opened yet. */
  void check(int port) {
    for (InetAddress each : all(port)) {
      IOException refused = tryToBind(each, port);
      if (refused != null) {
        throw explained(port, refused);
      }
    }
  }

  /** Whether both cannot have one port. */
  boolean isMetBy(ListenAddress other) {
    return address.isAnyLocalAddress() || address.equals(other.address);
  }

  /** The same for the port of metrics, which is chosen elsewhere. */
  void checkManagement(int port) {
    IOException refused = tryToBind(address, port);
    if (refused == null) {
      return;
    }
    String variable = Variable.MANAGEMENT_PORT.variable();
    boolean lacksRight = port < FIRST_FREE_PORT && !answers(port);
    throw new StartupFailure(
        "The port "
            + port
            + " of "
            + variable
            + (lacksRight
                ? " is below 1024, for which this user lacks the right: choose another"
                : " is in use: stop the program that has it, or choose another"),
        refused);
  }

  /** Why the port cannot be had. */
  StartupFailure explained(int port, Exception e) {
    if (port != 0 && tryToBind(address, 0) != null || port == 0) {
      return new StartupFailure(
          "The address "
              + host
              + " is not one of this machine's"
              + (from.isEmpty() ? "" : " (" + from + ")")
              + ": choose one that it has, or 0.0.0.0 for all",
          e);
    }
    String which = "The port " + port + (from.isEmpty() ? "" : " of " + host);
    if (port < FIRST_FREE_PORT && !answers(port)) {
      return new StartupFailure(
          which
              + " is below 1024, for which this user lacks the right: choose another with --port or"
              + " KBS_PORT and put a proxy before it, or give the right (in a systemd unit:"
              + " AmbientCapabilities=CAP_NET_BIND_SERVICE)",
          e);
    }
    return new StartupFailure(
        which
            + " is in use: stop the program that has it, or choose another with --port or KBS_PORT",
        e);
  }

  private static @Nullable IOException tryToBind(InetAddress address, int port) {
    try (Socket socket = new Socket()) {
      // Connections of a server that has just ended are no hindrance.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address, port));
      return null;
    } catch (IOException e) {
      return e;
    }
  }

  private boolean answers(int port) {
    InetAddress reached = address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(reached, port), PATIENCE_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
