package io.kbsserver.logging;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.core.encoder.JsonEscapeUtil;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.context.ServerRequestContext;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What nobody may read in a log, and how it is taken out of one. */
public final class Secrets {

  private static final String HIDDEN = "***";

  /** One that is shorter hides nothing, and would make holes into every word. */
  private static final int SHORTEST = 4;

  /**
   * Credentials of HTTP with their scheme, the value of such a header whatever it is, passwords
   * that are named as such, and those in addresses. Quotes may be escaped; a secret that stands in
   * some ends with them.
   */
  private static final Pattern NAMED =
      Pattern.compile(
          "(\\b(?:basic|bearer|digest|negotiate)\\s+)[^\\s\"',;\\]})]+"
              + "|(authorization\\\\*[\"']?\\s*[:=,]\\s*(?:\\\\*[\"'\\[])*)"
              + "(?:(?!\\\\{1,3}[\"'])[^\\r\\n\"'\\]])++"
              + "|(passw(?:or)?d\\\\*[\"']?\\s*[:=]\\s*(\\\\*[\"']))(?:(?!\\4)[^\\r\\n])++"
              + "|(passw(?:or)?d\\\\*[\"']?\\s*[:=]\\s*)[^\\s\"'&,;)\\]}]+"
              + "|(://[^\\s/:@\"']{0,255}:)[^\\s/@\"']+(?=@)",
          Pattern.CASE_INSENSITIVE);

  private static final Set<String> KNOWN = ConcurrentHashMap.newKeySet();

  /** Everybody may have some made, however many. */
  private static final int MOST_NEW = 1_000;

  private static final Cache<String, Boolean> NEW =
      Caffeine.newBuilder()
          .maximumSize(MOST_NEW)
          .expireAfterWrite(Duration.ofMinutes(1))
          .executor(Runnable::run)
          .build();

  private Secrets() {}

  /** From now on, this stands in no log. */
  public static void keep(String secret) {
    if (secret.length() >= SHORTEST) {
      KNOWN.add(secret);
      KNOWN.add(JsonEscapeUtil.jsonEscapeString(secret));
    }
  }

  /** For as long as it is made and told, this stands in no log; letters and digits. */
  public static void keepForAMinute(String secret) {
    NEW.put(secret, true);
  }

  /** The text without any, and without what the request was sent with that is being answered. */
  public static String hide(String text) {
    String hidden = text;
    for (String secret : KNOWN) {
      hidden = hidden.replace(secret, HIDDEN);
    }
    for (String secret : NEW.asMap().keySet()) {
      hidden = hidden.replace(secret, HIDDEN);
    }
    for (String secret : ofRequest()) {
      hidden = hidden.replace(secret, HIDDEN);
    }
    return NAMED
        .matcher(hidden)
        .replaceAll(found -> Matcher.quoteReplacement(label(found) + HIDDEN));
  }

  private static List<String> ofRequest() {
    return ServerRequestContext.currentRequest()
        .map(request -> request.getHeaders().get(HttpHeaders.AUTHORIZATION))
        .stream()
        .flatMap(Secrets::ofHeader)
        .filter(secret -> secret.length() >= SHORTEST)
        .flatMap(secret -> Stream.of(secret, JsonEscapeUtil.jsonEscapeString(secret)))
        .toList();
  }

  /** The whole value, the credentials, and the password in them. */
  private static Stream<String> ofHeader(String value) {
    String credentials = value.substring(value.indexOf(' ') + 1).strip();
    try {
      String decoded = new String(Base64.getDecoder().decode(credentials), UTF_8);
      return Stream.of(value, credentials, decoded.substring(decoded.indexOf(':') + 1));
    } catch (IllegalArgumentException e) {
      return Stream.of(value, credentials);
    }
  }

  private static String label(MatchResult found) {
    for (int group = 1; group <= found.groupCount(); group++) {
      if (found.group(group) != null) {
        return found.group(group);
      }
    }
    return "";
  }
}
