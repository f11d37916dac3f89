package io.kbsserver.rest.login;

import static java.util.Objects.requireNonNull;

import io.kbsserver.access.LoginOutcome;
import io.kbsserver.access.LoginOutcome.Busy;
import io.kbsserver.access.LoginOutcome.Known;
import io.kbsserver.access.LoginOutcome.TooManyFailures;
import io.kbsserver.access.Logins;
import io.kbsserver.access.RememberedLogins;
import io.kbsserver.access.UsedPasswords;
import io.kbsserver.rest.body.ParameterText;
import io.kbsserver.rest.bulkhead.LoginTurns;
import io.kbsserver.rest.errors.RestException;
import io.kbsserver.rest.request.RequestParameters;
import io.kbsserver.rest.request.RequestReader;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.util.HttpClientAddressResolver;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.authentication.BasicAuthAuthenticationFetcher;
import io.micronaut.security.filters.AuthenticationFetcher;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
  static final String CREDENTIAL = "credential";
  static final String MARK = "mark";

  private static final String LOGIN = "kbs.login";
  private static final LoginOutcome NOBODY = new LoginOutcome.Nobody();

  private static final Pattern BASIC =
      Pattern.compile("basic\\s+([A-Za-z0-9+/_=-]+)\\s*", Pattern.CASE_INSENSITIVE);

  private record Attempt(CompletableFuture<LoginOutcome> outcome) {}

  private final Logins logins;
  private final HttpClientAddressResolver addresses;
  private final LoginTurns turns;
  private final RememberedLogins remembered;
  private final UsedPasswords uses;

  ApplicationPasswordFetcher(
      Logins logins,
      HttpClientAddressResolver addresses,
      LoginTurns turns,
      RememberedLogins remembered,
      UsedPasswords uses) {
    this.logins = logins;
    this.addresses = addresses;
    this.turns = turns;
    this.remembered = remembered;
    this.uses = uses;
  }

  @Override
  public Publisher<Authentication> fetchAuthentication(HttpRequest<?> request) {
    if (!isOfRoutes(request)) {
      return Mono.empty();
    }
    return request.getHeaders().contains(HttpHeaders.AUTHORIZATION)
        ? turns.next(request).flatMap(this::known)
        : Mono.fromCallable(() -> authenticate(request).orElse(null));
  }

  /** What is none of the routes needs no login, and so none is looked up there. */
  private static boolean isOfRoutes(HttpRequest<?> request) {
    return (request.getPath() + "/").startsWith(RequestReader.ROOT);
  }

  private Mono<Authentication> known(HttpRequest<?> request) {
    CompletableFuture<LoginOutcome> login = login(request);
    // No thread and no place waits for a hash, and none that computes them goes on with the
    // request.
    return login.isDone()
        ? Mono.justOrEmpty(authenticate(request))
        : Mono.fromFuture(login)
            .then(turns.next(request))
            .flatMap(next -> Mono.justOrEmpty(authenticate(next)));
  }

  /** Who makes a request; nobody where it has no login that is valid. */
  public Optional<Authentication> authenticate(HttpRequest<?> request) {
    Optional<Authentication> known =
        request.getUserPrincipal(Authentication.class).or(() -> authentication(outcome(request)));
    if (known.isEmpty()) {
      refuseNonce(request);
    }
    known.ifPresent(login -> note(login, request));
    return known;
  }

  private void note(Authentication login, HttpRequest<?> request) {
    uses.note(
        requireNonNull((String) login.getAttributes().get(CREDENTIAL)),
        requireNonNull(addresses.resolve(request)));
  }

  /**
   * Lets a request that is a part of another one be of nobody as well, where that one is: a wrong
   * password is wrong once. One that is right is looked at again, since a part may revoke it.
   */
  public static void shareFailure(HttpRequest<?> whole, HttpRequest<?> part) {
    if (whole.getUserPrincipal().isEmpty()) {
      whole.getAttribute(LOGIN).ifPresent(attempt -> part.setAttribute(LOGIN, attempt));
    }
  }

  /** How long somebody is nobody because too many logins have failed, as far as it is known. */
  static Optional<Duration> shutOut(HttpRequest<?> request) {
    return request
        .getAttribute(LOGIN, Attempt.class)
        .map(attempt -> attempt.outcome().getNow(NOBODY))
        .filter(TooManyFailures.class::isInstance)
        .map(refused -> ((TooManyFailures) refused).retryAfter());
  }

  private LoginOutcome outcome(HttpRequest<?> request) {
    try {
      return login(request).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** An attempt counts once, however many ask who it is. */
  private CompletableFuture<LoginOutcome> login(HttpRequest<?> request) {
    return request
        .getAttribute(LOGIN, Attempt.class)
        .orElseGet(
            () -> {
              Attempt attempt = new Attempt(attempt(request));
              request.setAttribute(LOGIN, attempt);
              return attempt;
            })
        .outcome();
  }

  private CompletableFuture<LoginOutcome> attempt(HttpRequest<?> request) {
    String header = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
    if (header == null) {
      return CompletableFuture.completedFuture(NOBODY);
    }
    CompletableFuture<LoginOutcome> outcome =
        decoded(header)
            .filter(text -> text.indexOf(':') > 0)
            .map(credentials -> attempt(credentials, request))
            .orElseGet(() -> CompletableFuture.completedFuture(NOBODY));
    // A database that does not answer says nothing of a login.
    return outcome.whenComplete(
        (login, failure) -> {
          if (failure == null) {
            remembered.remember(header, login instanceof Known);
          }
        });
  }

  private CompletableFuture<LoginOutcome> attempt(String credentials, HttpRequest<?> request) {
    int colon = credentials.indexOf(':');
    return logins.authenticate(
        credentials.substring(0, colon),
        credentials.substring(colon + 1),
        requireNonNull(addresses.resolve(request)));
  }

  /** A nonce belongs to a session of WordPress, of which there is none; a password goes before. */
  private static void refuseNonce(HttpRequest<?> request) {
    if (request.getHeaders().contains("X-WP-Nonce")
        || RequestParameters.of(request).query().containsKey("_wpnonce")) {
      throw RestException.invalidNonce();
    }
  }

  private static Optional<Authentication> authentication(LoginOutcome login) {
    if (login instanceof Busy) {
      throw RestException.busyWithLogins();
    }
    return login instanceof Known known
        ? Optional.of(
            Authentication.build(known.caller().login(), known.caller().roles(), attributes(known)))
        : Optional.empty();
  }

  private static Map<String, Object> attributes(Known known) {
    return known.mark() == null
        ? Map.of(CALLER, known.caller(), CREDENTIAL, known.credential())
        : Map.of(CALLER, known.caller(), CREDENTIAL, known.credential(), MARK, known.mark());
  }

  static Optional<String> decoded(String header) {
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
