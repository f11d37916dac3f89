package io.kbsserver.rest.address;

import io.netty.util.NetUtil;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The host of an address, with its port where it has one (RFC 3986, 3.2).
 *
 * @param host a name, an IPv4 address, or an IPv6 address in brackets
 * @param port 0 where none is given
 */
public record Authority(String host, int port) {

  private static final int LAST_PORT = 65_535;
  private static final Pattern SYNTAX =
      Pattern.compile("([A-Za-z0-9._-]{1,255}|\\[([0-9A-Fa-f:.]{2,45})])(?::(\\d{0,5}))?");

  /** Reads one; nothing where the text names no server. */
  public static Optional<Authority> parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()
        || (matcher.group(2) != null && !NetUtil.isValidIpV6Address(matcher.group(2)))) {
      return Optional.empty();
    }
    String port = matcher.group(3);
    if (port == null || port.isEmpty()) {
      return Optional.of(new Authority(matcher.group(1), 0));
    }
    return port(port).map(number -> new Authority(matcher.group(1), number));
  }

  /** Reads a port on its own. */
  static Optional<Integer> port(String text) {
    return text.matches("\\d{1,5}")
        ? Optional.of(Integer.valueOf(text)).filter(port -> port > 0 && port <= LAST_PORT)
        : Optional.empty();
  }

  /** The same with this port, unless it has one of its own. */
  Authority orAt(int otherPort) {
    return port == 0 ? new Authority(host, otherPort) : this;
  }

  /** The same with this port, whatever it had. */
  Authority at(int otherPort) {
    return new Authority(host, otherPort);
  }

  /**
   * The start of an address. The usual ports are left out, whatever the scheme: behind a proxy that
   * ends TLS, the next one still speaks of port 80.
   */
  String with(String scheme) {
    return scheme + "://" + host + (port == 0 || port == 80 || port == 443 ? "" : ":" + port);
  }
}
