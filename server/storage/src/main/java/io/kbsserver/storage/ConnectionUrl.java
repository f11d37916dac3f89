package io.kbsserver.storage;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A JDBC URL taken apart; put together again, it has what {@link ConnectionDefaults} asks for.
 *
 * @param hosts host and port, or several separated by commas
 * @param schema the database on the server
 * @param options what follows the question mark, as given
 */
record ConnectionUrl(String hosts, String schema, Map<String, String> options) {
  private static final Pattern FORM =
      Pattern.compile("jdbc:(?:mysql|mariadb)://([^/?#]*)(?:/([^/?#]*))?(?:\\?([^#]*))?");

  /** A comma that is within no brackets. */
  private static final Pattern BETWEEN_HOSTS = Pattern.compile(",(?![^(\\[]*[)\\]])");

  /** Takes a URL apart, or says what is wrong with it. */
  static ConnectionUrl parse(String url) {
    Matcher matcher = FORM.matcher(url);
    if (!matcher.matches() || matcher.group(1).isBlank()) {
      throw new StartupFailure(
          DatabaseSettings.URL
              + " is not of the form jdbc:mysql://host:port/database: "
              + withoutSecrets(url));
    }
    String schema = matcher.group(2);
    if (schema == null || schema.isBlank()) {
      throw new StartupFailure(
          DatabaseSettings.URL
              + " names no database; write jdbc:mysql://"
              + (url.indexOf('@') < 0 ? matcher.group(1) : "host:port")
              + "/kbs");
    }
    Map<String, String> options = new LinkedHashMap<>();
    if (matcher.group(3) != null) {
      for (String option : matcher.group(3).split("&")) {
        if (!option.isBlank()) {
          int equals = option.indexOf('=');
          options.put(
              equals < 0 ? option : option.substring(0, equals),
              equals < 0 ? "" : option.substring(equals + 1));
        }
      }
    }
    return new ConnectionUrl(
        matcher.group(1), URLDecoder.decode(schema, StandardCharsets.UTF_8), options);
  }

  /** The URL of a schema on this machine. */
  static ConnectionUrl local(int port, String schema) {
    return new ConnectionUrl("127.0.0.1:" + port, schema, Map.of("sslMode", "DISABLED"));
  }

  /** The same for each of its hosts, in their order. */
  List<ConnectionUrl> each() {
    return Stream.of(BETWEEN_HOSTS.split(hosts))
        .map(host -> new ConnectionUrl(host, schema, options))
        .toList();
  }

  /** The URL for the driver, with all options. */
  String jdbc() {
    return jdbc(schema);
  }

  /** The URL for the driver without a schema, for when it has to be created. */
  String jdbcWithoutSchema() {
    return jdbc("");
  }

  /** The URL of another schema on the same server. */
  ConnectionUrl withSchema(String other) {
    return new ConnectionUrl(hosts, other, options);
  }

  /** The same with other values of some options. */
  ConnectionUrl with(Map<String, String> others) {
    Map<String, String> all = new LinkedHashMap<>(options);
    all.putAll(others);
    return new ConnectionUrl(hosts, schema, all);
  }

  /** The same for what may take any time: nothing but the database's end ends a statement. */
  ConnectionUrl unhurried() {
    return with(Map.of("socketTimeout", "0"));
  }

  /** The server as it may be shown: no user, no password. */
  String server() {
    return hosts.substring(hosts.lastIndexOf('@') + 1);
  }

  private String jdbc(String path) {
    Map<String, String> all = new LinkedHashMap<>(ConnectionDefaults.OPTIONS);
    all.putAll(options);
    StringBuilder url = new StringBuilder("jdbc:mysql://").append(hosts).append('/').append(path);
    char separator = '?';
    for (Map.Entry<String, String> option : all.entrySet()) {
      url.append(separator).append(option.getKey()).append('=').append(option.getValue());
      separator = '&';
    }
    return url.toString();
  }

  /** A URL without what may be secret: the user before an at sign, the options. */
  static String withoutSecrets(String url) {
    int slashes = url.indexOf("//");
    int question = url.indexOf('?');
    int at = url.lastIndexOf('@');
    String start = slashes >= 0 && slashes < at ? url.substring(0, slashes + 2) : "";
    if (question >= 0 && question < at) {
      // It may be a password that has a question mark.
      return start + "…";
    }
    return (at < 0 ? url : start + url.substring(at + 1)).replaceFirst("\\?.*", "?…");
  }
}
