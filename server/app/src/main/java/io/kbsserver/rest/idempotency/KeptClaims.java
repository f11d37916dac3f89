package io.kbsserver.rest.idempotency;

import io.kbsserver.idempotency.KeptAnswers;
import io.kbsserver.rest.login.CurrentCaller;
import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.Authentication;
import jakarta.inject.Singleton;

/** Keeps them where the answers to requests with a key are. */
@Singleton
public class KeptClaims implements KeyClaims {

  private final KeptAnswers answers;

  KeptClaims(KeptAnswers answers) {
    this.answers = answers;
  }

  @Override
  public void claim(HttpRequest<?> request) {
    if (request.getHeaders().contains(IdempotencyKey.HEADER)) {
      CurrentCaller.of(request.getUserPrincipal(Authentication.class).orElse(null))
          .map(caller -> IdempotencyFilter.repeatable(request, caller.userId()))
          .ifPresent(answers::claim);
    }
  }
}
