package io.kbsserver.rest.login;

import io.kbsserver.access.Caller;
import io.kbsserver.access.Logins;
import io.kbsserver.rest.body.ParameterText;
import io.kbsserver.rest.bulkhead.LoginTurns;
import io.kbsserver.rest.bulkhead.RememberedLogins;
import io.kbsserver.rest.errors.RestException;
import io.kbsserver.rest.request.RequestParameters;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.authentication.BasicAuthAuthenticationFetcher;
import io.micronaut.security.filters.AuthenticationFetcher;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Lets Micronaut Security accept WordPress application passwords. A password that is wrong makes
 * the request anonymous, as in WordPress; a database that does not answer makes it fail.
 */
@Singleton
@Replaces(BasicAuthAuthenticationFetcher.class)
public class ApplicationPasswordFetcher implements AuthenticationFetcher<HttpRequest<?>> {

  public static final String CALLER = "caller";

  private static final Pattern BASIC =
      Pattern.compile("basic\\s+([A-Za-z0-9+/_=-]+)\\s*", Pattern.CASE_INSENSITIVE);

  private final Logins logins;
  private final LoginTurns turns;
  private final RememberedLogins remembered;

  ApplicationPasswordFetcher(Logins logins, LoginTurns turns, RememberedLogins remembered) {
    this.logins = logins;
    this.turns = turns;
    this.remembered = remembered;
  }

  @Override
  public Publisher<Authentication> fetchAuthentication(HttpRequest<?> request) {
    return request.getHeaders().contains(HttpHeaders.AUTHORIZATION)
        ? Mono.fromCompletionStage(() -> turns.next(request))
            .flatMap(next -> Mono.justOrEmpty(authenticate(next)))
        : Mono.fromCallable(() -> authenticate(request).orElse(null));
  }

  /** Who makes a request; nobody where it has no login that is valid. */
  public Optional<Authentication> authenticate(HttpRequest<?> request) {
    Optional<Authentication> known =
        request.getUserPrincipal(Authentication.class).or(() -> authentication(request));
    if (known.isEmpty()) {
      refuseNonce(request);
    }
    return known;
  }

  /** A nonce belongs to a session of WordPress, of which there is none; a password goes before. */
  private static void refuseNonce(HttpRequest<?> request) {
    if (request.getHeaders().contains("X-WP-Nonce")
        || RequestParameters.of(request).query().containsKey("_wpnonce")) {
      throw RestException.invalidNonce();
    }
  }

  private Optional<Authentication> authentication(HttpRequest<?> request) {
    String header = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
    if (header == null) {
      return Optional.empty();
    }
    Optional<Caller> caller =
        decoded(header)
            .flatMap(
                credentials -> {
                  int colon = credentials.indexOf(':');
                  return colon <= 0
                      ? Optional.empty()
                      : logins.authenticate(
                          credentials.substring(0, colon), credentials.substring(colon + 1));
                });
    remembered.remember(header, caller.isPresent());
    return caller.map(ApplicationPasswordFetcher::authentication);
  }

  private static Authentication authentication(Caller caller) {
    return Authentication.build(caller.login(), caller.roles(), Map.of(CALLER, caller));
  }

  private static Optional<String> decoded(String header) {
    Matcher matcher = BASIC.matcher(header);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(matcher.group(1));
      return ParameterText.decoded(bytes, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
