package io.kbsserver.mail;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where mails are handed in, or fetched.
 *
 * @param tls whether the connection is secure from its beginning
 */
public record ServerAddress(Protocol protocol, boolean tls, String host, int port) {

  private static final int LAST_PORT = 65_535;

  private static final Pattern THIS_MACHINE =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[(0*:)+0*1]", Pattern.CASE_INSENSITIVE);

  /** What is spoken there. */
  public enum Protocol {
    SMTP(587, 465, "smtp://mail.example.com:587 or smtps://mail.example.com"),
    IMAP(143, 993, "imaps://mail.example.com or imap://mail.example.com:143");

    private final int usual;
    private final int usualByTls;
    private final String example;

    Protocol(int usual, int usualByTls, String example) {
      this.usual = usual;
      this.usualByTls = usualByTls;
      this.example = example;
    }

    private String scheme(boolean tls) {
      return name().toLowerCase(Locale.ROOT) + (tls ? "s" : "");
    }
  }

  /** The address that is written as {@code smtp://host:port} or {@code smtps://host:port}. */
  public static ServerAddress parse(Protocol protocol, String text) {
    try {
      URI uri = new URI(text);
      boolean tls = protocol.scheme(true).equalsIgnoreCase(uri.getScheme());
      boolean isKnown = tls || protocol.scheme(false).equalsIgnoreCase(uri.getScheme());
      boolean isAlone =
          uri.getRawUserInfo() == null
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null
              && ("" + uri.getRawPath()).matches("/?");
      if (isKnown && isAlone && uri.getHost() != null && isPort(uri.getPort())) {
        int usual = tls ? protocol.usualByTls : protocol.usual;
        return new ServerAddress(
            protocol, tls, uri.getHost(), uri.getPort() < 0 ? usual : uri.getPort());
      }
    } catch (URISyntaxException e) {
      // Nothing is found there either.
    }
    throw new IllegalArgumentException("is no address such as " + protocol.example + ": " + text);
  }

  private static boolean isPort(int port) {
    return port == -1 || port > 0 && port <= LAST_PORT;
  }

  /** Whether what is sent does not leave this machine, whatever a name service says. */
  public boolean isOnThisMachine() {
    return THIS_MACHINE.matcher(host).matches();
  }

  /** The host as a socket wants it. */
  public String plainHost() {
    return host.replaceAll("^\\[|]$", "");
  }

  @Override
  public String toString() {
    return protocol.scheme(tls) + "://" + host + ":" + port;
  }
}
