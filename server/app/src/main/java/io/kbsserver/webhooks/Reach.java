package io.kbsserver.webhooks;

import io.kbsserver.access.AddressRanges;
import io.micronaut.context.annotation.Property;
import io.netty.util.NetUtil;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where messages may be sent to. A webhook is an address that a user chooses and this server calls,
 * from inside of its own network: only what everybody on the internet reaches is called, and what
 * whoever runs the server has allowed.
 */
@Singleton
public class Reach {

  /**
   * What is not the internet, by IANA's registries of special purposes: this host and networks of
   * one's own, shared ones of providers, examples, tests, relays, groups, and what is reserved.
   */
  private static final AddressRanges SPECIAL =
      AddressRanges.parse(
          "0.0.0.0/8,10.0.0.0/8,100.64.0.0/10,127.0.0.0/8,169.254.0.0/16,172.16.0.0/12,"
              + "192.0.0.0/24,192.0.2.0/24,192.88.99.0/24,192.168.0.0/16,198.18.0.0/15,"
              + "198.51.100.0/24,203.0.113.0/24,224.0.0.0/4,240.0.0.0/4,"
              // Those with which others are reached by way of IPv6 included.
              + "2001::/23,2001:db8::/32,2002::/16,3fff::/20");

  /** All else of IPv6 is not given out, or is of one's own. */
  private static final AddressRanges GLOBAL_IPV6 = AddressRanges.parse("2000::/3");

  private static final int HTTPS = 443;

  /** Below are services that are not of the web. */
  private static final int FIRST_FREE_PORT = 1024;

  private static final int IPV4_BYTES = 4;

  /** Names of this machine, wherever they are looked up (RFC 6761). */
  private static final Pattern LOCALHOST = Pattern.compile("(?i)(?:.*\\.)?localhost\\.?");

  private static final String INSIDE = "must not lead into the server's own network";

  private final AddressRanges allowed;

  public Reach(@Nullable @Property(name = "kbs.webhooks.networks") String networks) {
    this.allowed = AddressRanges.parse(networks == null ? "" : networks);
  }

  /** Why messages cannot be sent to an address, as far as it tells by itself. */
  Optional<String> fault(String url) {
    URI address;
    try {
      address = new URI(url);
    } catch (URISyntaxException e) {
      return Optional.of("is no address");
    }
    String scheme = String.valueOf(address.getScheme());
    boolean plain = scheme.equalsIgnoreCase("http") && !allowed.isEmpty();
    if (!scheme.equalsIgnoreCase("https") && !plain) {
      return Optional.of("has to begin with https://");
    }
    if (address.getHost() == null || address.getHost().isEmpty()) {
      return Optional.of("has to name a host");
    }
    if (address.getRawUserInfo() != null) {
      return Optional.of("must not have a login in it");
    }
    if (address.getRawFragment() != null) {
      return Optional.of("must not have a fragment");
    }
    if (address.getPort() == 0 || address.getPort() > 0xFFFF) {
      return Optional.of("has a port that there is not");
    }
    if (allowed.isEmpty() && !isOfTheWeb(port(address))) {
      return Optional.of("has a port that nothing is sent to: it is 443 or from 1024 on");
    }
    if (allowed.isEmpty() && LOCALHOST.matcher(address.getHost()).matches()) {
      return Optional.of(INSIDE);
    }
    byte[] digits =
        NetUtil.createByteArrayFromIpAddressString(address.getHost().replaceAll("^\\[|\\]$", ""));
    try {
      return digits == null || allows(address, InetAddress.getByAddress(digits))
          ? Optional.empty()
          : Optional.of(INSIDE);
    } catch (UnknownHostException e) {
      return Optional.of("is no address");
    }
  }

  /** Whether messages to an address may be sent to this one, which its host is found at. */
  public boolean allows(URI url, InetAddress found) {
    int port = port(url);
    if (allowed.contain(new InetSocketAddress(found, port))) {
      return true;
    }
    return url.getScheme().equalsIgnoreCase("https") && isOfTheWeb(port) && isOfTheInternet(found);
  }

  private static boolean isOfTheWeb(int port) {
    return port == HTTPS || port >= FIRST_FREE_PORT;
  }

  /** The port of an address, if it names one or not. */
  public static int port(URI url) {
    return url.getPort() > 0
        ? url.getPort()
        : url.getScheme().equalsIgnoreCase("https") ? HTTPS : 80;
  }

  private static boolean isOfTheInternet(InetAddress found) {
    InetSocketAddress address = new InetSocketAddress(found, 0);
    boolean given = found.getAddress().length == IPV4_BYTES || GLOBAL_IPV6.contain(address);
    return given && !SPECIAL.contain(address);
  }
}
