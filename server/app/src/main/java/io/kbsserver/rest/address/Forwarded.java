package io.kbsserver.rest.address;

import io.micronaut.http.HttpHeaders;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What proxies say of the request as the client made it: by {@code Forwarded} (RFC 7239), and by
 * {@code X-Forwarded-…}, which everybody sends. Of a list the first element counts, which speaks of
 * the client; but for its address, since whoever wants to come from elsewhere makes up the first.
 * Each header stands on its own, and one that cannot be read counts as absent.
 *
 * @param scheme http or https
 * @param host the host that the client asked for
 * @param port the port that the client asked for, for hosts that have none
 * @param path the part of the path that a proxy has taken away
 * @param client the address of the client
 */
record Forwarded(
    Optional<String> scheme,
    Optional<Authority> host,
    Optional<Integer> port,
    Optional<String> path,
    Optional<String> client) {

  static final Forwarded NOTHING =
      new Forwarded(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  private static final Pattern NODE =
      Pattern.compile(
          "([0-9.]+)(?::[\\w.-]*)?|\\[([0-9A-Fa-f:.]+)](?::[\\w.-]*)?|([0-9A-Fa-f:.]+)");

  /** What they say where they come from a proxy that is trusted, as others may be before it. */
  static Forwarded of(HttpHeaders headers, TrustedProxies trusted) {
    Map<String, String> standard =
        ListHeader.first(headers.getAll("Forwarded")).map(Forwarded::pairs).orElse(Map.of());
    return new Forwarded(
        read(standard.get("proto"), headers, "X-Forwarded-Proto", Forwarded::scheme),
        read(standard.get("host"), headers, "X-Forwarded-Host", Authority::parse),
        read(null, headers, "X-Forwarded-Port", Authority::port),
        read(null, headers, "X-Forwarded-Prefix", PublicUrl::path),
        client(
                ListHeader.all(headers.getAll("Forwarded")),
                element -> Optional.ofNullable(pairs(element).get("for")),
                trusted)
            .or(
                () ->
                    client(
                        // A quote that the client leaves open is no part of what is added to it.
                        ListHeader.elements(headers.getAll("X-Forwarded-For")),
                        ListHeader::unquoted,
                        trusted)));
  }

  private static <T> Optional<T> read(
      @Nullable String standard,
      HttpHeaders headers,
      String usual,
      Function<String, Optional<T>> reader) {
    return Optional.ofNullable(standard)
        .flatMap(reader)
        .or(
            () ->
                ListHeader.first(headers.getAll(usual))
                    .flatMap(ListHeader::unquoted)
                    .flatMap(reader));
  }

  /** The pairs of one element; none where it cannot be read as a whole. */
  private static Map<String, String> pairs(String element) {
    Map<String, String> pairs = new HashMap<>();
    for (String pair : ListHeader.split(element, ';')) {
      if (pair.isEmpty()) {
        continue;
      }
      String[] sides = pair.split("=", 2);
      Optional<String> value =
          sides.length == 2 ? ListHeader.unquoted(sides[1].strip()) : Optional.empty();
      if (value.isEmpty()
          || pairs.put(sides[0].strip().toLowerCase(Locale.ROOT), value.get()) != null) {
        return Map.of();
      }
    }
    return pairs;
  }

  private static Optional<String> scheme(String text) {
    return Optional.of(text.toLowerCase(Locale.ROOT)).filter(List.of("http", "https")::contains);
  }

  /**
   * Who has sent the request to the first of the proxies that are trusted, from here. What stands
   * before is what that one said itself.
   */
  private static Optional<String> client(
      List<String> elements, Function<String, Optional<String>> node, TrustedProxies trusted) {
    Optional<InetAddress> client = Optional.empty();
    for (int i = elements.size() - 1; i >= 0; i--) {
      Optional<InetAddress> sender = node.apply(elements.get(i)).flatMap(Forwarded::address);
      if (sender.isPresent()) {
        client = sender;
      }
      if (sender.filter(trusted::contain).isEmpty()) {
        return client.map(NetUtil::toAddressString);
      }
    }
    return client.map(NetUtil::toAddressString);
  }

  /** An address, with its port or without; names that hide one tell nothing. */
  private static Optional<InetAddress> address(String text) {
    Matcher matcher = NODE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String address =
        Optional.ofNullable(matcher.group(1))
            .or(() -> Optional.ofNullable(matcher.group(2)))
            .orElseGet(() -> matcher.group(3));
    return Optional.ofNullable(NetUtil.createByteArrayFromIpAddressString(address))
        .map(Forwarded::address);
  }

  private static InetAddress address(byte[] address) {
    try {
      return InetAddress.getByAddress(address);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
