package io.kbsserver.mail.delivery;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/**
 * Where mails are handed in.
 *
 * @param tls whether the connection is secure from its beginning
 */
public record SmtpAddress(boolean tls, String host, int port) {

  private static final int SUBMISSION = 587;
  private static final int SUBMISSION_BY_TLS = 465;
  private static final int LAST_PORT = 65_535;

  private static final Pattern THIS_MACHINE =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[(0*:)+0*1]", Pattern.CASE_INSENSITIVE);

  /** The address that is written as {@code smtp://host:port} or {@code smtps://host:port}. */
  public static SmtpAddress parse(String text) {
    try {
      URI uri = new URI(text);
      boolean tls = "smtps".equalsIgnoreCase(uri.getScheme());
      boolean isKnown = tls || "smtp".equalsIgnoreCase(uri.getScheme());
      boolean isAlone =
          uri.getRawUserInfo() == null
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null
              && ("" + uri.getRawPath()).matches("/?");
      if (isKnown && isAlone && uri.getHost() != null && isPort(uri.getPort())) {
        int usual = tls ? SUBMISSION_BY_TLS : SUBMISSION;
        return new SmtpAddress(tls, uri.getHost(), uri.getPort() < 0 ? usual : uri.getPort());
      }
    } catch (URISyntaxException e) {
      // Nothing is found there either.
    }
    throw new IllegalArgumentException(
        "is no address such as smtp://mail.example.com:587 or smtps://mail.example.com: " + text);
  }

  private static boolean isPort(int port) {
    return port == -1 || port > 0 && port <= LAST_PORT;
  }

  /** Whether what is sent does not leave this machine, whatever a name service says. */
  boolean isOnThisMachine() {
    return THIS_MACHINE.matcher(host).matches();
  }

  @Override
  public String toString() {
    return (tls ? "smtps://" : "smtp://") + host + ":" + port;
  }
}
