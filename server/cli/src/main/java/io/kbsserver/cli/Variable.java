package io.kbsserver.cli;

import io.kbsserver.access.AddressRanges;
import io.kbsserver.demo.GivenLogin;
import io.kbsserver.files.s3.S3Address;
import io.kbsserver.logging.LogFormat;
import io.kbsserver.logging.Secrets;
import io.kbsserver.mail.ServerAddress;
import io.kbsserver.mail.ServerAddress.Protocol;
import io.kbsserver.mail.delivery.MailMode;
import io.kbsserver.rest.address.PublicUrl;
import io.kbsserver.rest.address.TrustedProxies;
import io.kbsserver.rest.limits.Rate;
import io.kbsserver.storage.StartupFailure;
import io.kbsserver.storage.WrittenFile;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * All environment variables, and how their values are checked; the defaults stand in
 * application.yml. What has no reader here is checked by whoever uses it.
 */
enum Variable {
  CONFIG,
  HOST,
  PORT(null, Variable::port),
  MANAGEMENT_PORT("kbs.management.port", Variable::knownPort),
  PUBLIC_URL("kbs.public-url", text -> PublicUrl.parse(text).toString()),
  TRUSTED_PROXIES("kbs.trusted-proxies", Variable::proxies),
  DATABASE_URL,
  DATABASE_USER,
  DATABASE_PASSWORD,
  DATABASE_PASSWORD_FILE,
  DATABASE_CONNECTIONS("datasources.default.maximum-pool-size", Variable::connections),
  DATABASE_MEMORY(null, Variable::databaseMemory),
  DATA_DIR,
  FILES_URL("kbs.files.url", text -> S3Address.parse(text).toString()),
  FILES_ENDPOINT("kbs.files.endpoint", Variable::endpoint),
  FILES_REGION("kbs.files.region", Variable::region),
  FILES_PATH_STYLE("kbs.files.path-style", Variable::onOrOff),
  FILES_ACCESS_KEY("kbs.files.access-key", text -> text),
  FILES_SECRET_KEY_FILE(
      "kbs.files.secret-key", file -> secret("The file of KBS_FILES_SECRET_KEY_FILE", file)),
  WEBHOOK_NETWORKS("kbs.webhooks.networks", Variable::networks),
  SMTP_URL("kbs.mail.smtp-url", text -> ServerAddress.parse(Protocol.SMTP, text).toString()),
  SMTP_USER("kbs.mail.smtp-user", text -> text),
  SMTP_PASSWORD_FILE(
      "kbs.mail.smtp-password", file -> secret("The file of KBS_SMTP_PASSWORD_FILE", file)),
  IMAP_URL("kbs.mail.in.url", text -> ServerAddress.parse(Protocol.IMAP, text).toString()),
  IMAP_USER("kbs.mail.in.user", text -> text),
  IMAP_PASSWORD_FILE(
      "kbs.mail.in.password", file -> secret("The file of KBS_IMAP_PASSWORD_FILE", file)),
  IMAP_FOLDER("kbs.mail.in.folder", Variable::mailFolder),
  IMAP_TAKEN_FOLDER("kbs.mail.in.taken-folder", Variable::mailFolder),
  IMAP_ASIDE_FOLDER("kbs.mail.in.aside-folder", Variable::mailFolder),
  IMAP_AUTHSERV_ID("kbs.mail.in.authserv-id", Variable::authservId),
  MAIL_MODE("kbs.mail.mode", text -> MailMode.parse(text).written()),
  DEMO_LOGIN_FILE(null, Variable::demoLogin),
  MAX_CONNECTIONS("kbs.connections.most", Variable::oneOrMore),
  MAX_BODY_SIZE("micronaut.server.max-request-buffer-size", Variable::someBytes),
  MAX_REQUEST_SIZE("micronaut.server.max-request-size", Variable::someBytes),
  MAX_FILE_SIZE("kbs.uploads.file-size", Variable::bytes),
  MAX_FILES("kbs.uploads.files", Variable::number),
  TEMP_DIR("kbs.uploads.folder", Variable::folder),
  MAX_TEXT_LENGTH("kbs.text-length", Variable::textLength),
  QUERY_TIMEOUT("kbs.query-timeout", Variable::queryTime),
  SLOW_QUERY("kbs.slow-query", Variable::slowTime),
  RATE_LIMIT_ADDRESS("kbs.rate-limits.address", Variable::rate),
  RATE_LIMIT_CREDENTIAL("kbs.rate-limits.credential", Variable::rate),
  ACCESS_LOG("micronaut.server.netty.access-logger.enabled", Variable::onOrOff),
  LOG_FORMAT(null, LogFormat::parse),
  LOG_LEVEL(null, Variable::level),
  LIBRARY_LOG_LEVEL(null, Variable::level),
  JAVA_OPTS;

  /** What the names of all begin with. */
  static final String PREFIX = "KBS_";

  static final int LAST_PORT = 65_535;

  /** The others are for the server alone, and a command does not mind them. */
  private static final Set<Variable> OF_EVERY_COMMAND =
      EnumSet.of(
          CONFIG,
          DATABASE_URL,
          DATABASE_USER,
          DATABASE_PASSWORD,
          DATABASE_PASSWORD_FILE,
          DATABASE_CONNECTIONS,
          DATABASE_MEMORY,
          DATA_DIR,
          FILES_URL,
          FILES_ENDPOINT,
          FILES_REGION,
          FILES_PATH_STYLE,
          FILES_ACCESS_KEY,
          FILES_SECRET_KEY_FILE,
          WEBHOOK_NETWORKS,
          LOG_FORMAT,
          LOG_LEVEL,
          LIBRARY_LOG_LEVEL,
          JAVA_OPTS);

  private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(KB|MB|GB)?");
  private static final Map<String, Long> UNITS =
      Map.of("KB", 1024L, "MB", 1024L * 1024, "GB", 1024L * 1024 * 1024);
  private static final Pattern TIME = Pattern.compile("(\\d{1,6})(ms|s)");
  private static final BigDecimal SHORTEST_QUERY = new BigDecimal("0.1");

  /** In seconds; less than a connection waits for an answer at all. */
  private static final BigDecimal LONGEST_QUERY = new BigDecimal(20);

  /** The contract's. */
  private static final int LONGEST_TEXT = 1_048_576;

  private static final int LONGEST_FOLDER = 200;

  /** MariaDB itself would start with less, and not get far. */
  private static final long LEAST_DATABASE_MEMORY = 32L << 20;

  private static final List<String> LEVELS =
      List.of("error", "warn", "info", "debug", "trace", "off");

  private final @Nullable String property;
  private final Function<String, Object> reader;

  Variable() {
    this(null, text -> text);
  }

  Variable(@Nullable String property, Function<String, Object> reader) {
    this.property = property;
    this.reader = reader;
  }

  /** The environment variable. */
  String variable() {
    return PREFIX + name();
  }

  /** Micronaut's property; null where it is none. */
  @Nullable String property() {
    return property;
  }

  /** Whether it is of the server alone. */
  boolean isOfServer() {
    return !OF_EVERY_COMMAND.contains(this);
  }

  /** Whether it says how mails are handed in. */
  boolean isOfSmtp() {
    return this == SMTP_URL || this == SMTP_USER || this == SMTP_PASSWORD_FILE;
  }

  /** An empty value mostly counts as none. */
  boolean countsWhenEmpty() {
    return this == TRUSTED_PROXIES;
  }

  /** The checked value, that of the property; a mistake is told in one line that names it. */
  Object read(String value) {
    try {
      return reader.apply(value.strip());
    } catch (IllegalArgumentException e) {
      String mistake = variable() + " " + e.getMessage();
      String user = user(value);
      throw new StartupFailure(user.isEmpty() ? mistake : mistake.replace(user, "***@"), e);
    }
  }

  /** Who logs in by an address, and with what, as far as it may be meant so. */
  private static String user(String value) {
    int at = value.lastIndexOf('@');
    int scheme = value.indexOf("://");
    return value.substring(scheme < 0 || scheme > at ? 0 : scheme + "://".length(), at + 1).strip();
  }

  private static Object port(String text) {
    if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > LAST_PORT) {
      throw new IllegalArgumentException("is not a port number: " + text);
    }
    return Integer.valueOf(text);
  }

  /** Nobody would be told which any free port is. */
  private static Object knownPort(String text) {
    if (port(text).equals(0)) {
      throw new IllegalArgumentException("is not a port number from 1 to " + LAST_PORT + ": 0");
    }
    return port(text);
  }

  private static Object networks(String text) {
    AddressRanges.parse(text);
    return text;
  }

  private static Object proxies(String text) {
    TrustedProxies.parse(text);
    return text;
  }

  private static Object connections(String text) {
    if (!text.matches("[1-9]\\d{0,3}")) {
      throw new IllegalArgumentException("is no number of connections from 1 to 9999: " + text);
    }
    return Integer.valueOf(text);
  }

  private static Object endpoint(String text) {
    try {
      URI address = new URI(text);
      boolean isWeb = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
      if (isWeb && address.getHost() != null && address.getUserInfo() == null) {
        return address;
      }
    } catch (URISyntaxException e) {
      // Such an address cannot be asked either.
    }
    throw new IllegalArgumentException("is no address such as https://store.example: " + text);
  }

  private static Object region(String text) {
    if (!text.matches("[a-z0-9][a-z0-9-]{0,62}")) {
      throw new IllegalArgumentException("is no region such as eu-central-1: " + text);
    }
    return text;
  }

  private static Object secret(String subject, String file) {
    String secret = WrittenFile.password(subject, file).strip();
    Secrets.keep(secret);
    return secret;
  }

  private static Object demoLogin(String file) {
    return GivenLogin.parse(WrittenFile.password("The file of KBS_DEMO_LOGIN_FILE", file).strip());
  }

  private static Object mailFolder(String text) {
    if (text.isEmpty() || text.length() > LONGEST_FOLDER || text.matches(".*[\\p{Cntrl}%*].*")) {
      throw new IllegalArgumentException("is no name of a folder of a mailbox: " + text);
    }
    return text;
  }

  private static Object authservId(String text) {
    if (!text.matches("[A-Za-z0-9._-]{1,250}")) {
      throw new IllegalArgumentException(
          "is no name such as mail.example.com in Authentication-Results: " + text);
    }
    return text;
  }

  private static Object rate(String text) {
    Rate.parse(text);
    return text;
  }

  private static Object onOrOff(String text) {
    return switch (text) {
      case "on" -> true;
      case "off" -> false;
      default -> throw new IllegalArgumentException("is neither on nor off: " + text);
    };
  }

  private static Object level(String text) {
    if (!LEVELS.contains(text.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("is none of " + String.join(", ", LEVELS) + ": " + text);
    }
    return text;
  }

  private static Object bytes(String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      throw new IllegalArgumentException("is no size such as 64MB: " + text);
    }
    long unit = size.group(2) == null ? 1 : UNITS.get(size.group(2));
    return Long.parseLong(size.group(1)) * unit;
  }

  private static Object someBytes(String text) {
    if (bytes(text).equals(0L)) {
      throw new IllegalArgumentException("is none at all: " + text);
    }
    return bytes(text);
  }

  private static Object databaseMemory(String text) {
    if ((Long) bytes(text) < LEAST_DATABASE_MEMORY) {
      throw new IllegalArgumentException("is less than 32MB: " + text);
    }
    return bytes(text);
  }

  private static Object number(String text) {
    if (!text.matches("\\d{1,9}")) {
      throw new IllegalArgumentException("is no whole number: " + text);
    }
    return Integer.valueOf(text);
  }

  private static Object queryTime(String text) {
    Matcher time = TIME.matcher(text);
    if (time.matches()) {
      BigDecimal seconds =
          new BigDecimal(time.group(1)).movePointLeft(time.group(2).equals("ms") ? 3 : 0);
      if (seconds.compareTo(SHORTEST_QUERY) >= 0 && seconds.compareTo(LONGEST_QUERY) <= 0) {
        return seconds.toPlainString();
      }
    }
    throw new IllegalArgumentException("is no time from 100ms to 20s: " + text);
  }

  private static Object slowTime(String text) {
    if (text.equals("0")) {
      return "0s";
    }
    if (TIME.matcher(text).matches()) {
      return text;
    }
    throw new IllegalArgumentException("is no time such as 500ms, and not 0: " + text);
  }

  private static Object textLength(String text) {
    if (text.matches("[1-9]\\d{0,6}") && Integer.parseInt(text) <= LONGEST_TEXT) {
      return Integer.valueOf(text);
    }
    throw new IllegalArgumentException("is no number from 1 to " + LONGEST_TEXT + ": " + text);
  }

  private static Object oneOrMore(String text) {
    if (number(text).equals(0)) {
      throw new IllegalArgumentException("is none at all: " + text);
    }
    return number(text);
  }

  private static Object folder(String text) {
    try {
      Path folder = Path.of(text);
      if (Files.isDirectory(folder) && Files.isWritable(folder)) {
        return folder.toString();
      }
    } catch (InvalidPathException e) {
      // Such a folder cannot be there either.
    }
    throw new IllegalArgumentException("is no folder to which files can be written: " + text);
  }
}
