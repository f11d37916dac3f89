package io.kbsserver.rest.login;

import io.kbsserver.access.Admission;
import io.kbsserver.access.Caller;
import io.kbsserver.contract.Callers;
import io.kbsserver.contract.Operation;
import io.kbsserver.refusal.NotFound;
import io.kbsserver.rest.errors.Failures;
import io.kbsserver.rest.errors.RestException;
import io.kbsserver.rest.routing.Routes;
import io.kbsserver.site.CurrentSite;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.rules.SecuredAnnotationRule;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.security.rules.SecurityRuleResult;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Lets those call an operation whom the contract admits.
 *
 * <p>As in WordPress, whoever wants to change something learns that it does not exist before they
 * learn that they may not. So a login that the contract does not admit gets as far as the object,
 * but {@linkplain Caller#withoutRights() without any rights}: it sees none.
 */
@Singleton
class ContractRule implements SecurityRule<HttpRequest<?>> {

  private final Routes routes;
  private final CurrentSite settings;

  ContractRule(Routes routes, CurrentSite settings) {
    this.routes = routes;
    this.settings = settings;
  }

  /** What is no operation of the contract is left to the others. */
  @Override
  public int getOrder() {
    return SecuredAnnotationRule.ORDER - 1;
  }

  @Override
  public Publisher<SecurityRuleResult> check(
      @Nullable HttpRequest<?> request, @Nullable Authentication authentication) {
    if (request == null) {
      return Mono.just(SecurityRuleResult.UNKNOWN);
    }
    Optional<Operation> operation = routes.operation(request);
    if (operation.isEmpty()) {
      return Mono.just(SecurityRuleResult.UNKNOWN);
    }
    Callers callers = operation.get().callers();
    if (!operation.get().takesLogin() || (!callers.areFew() && authentication != null)) {
      return Mono.just(SecurityRuleResult.ALLOWED);
    }
    return Mono.fromCallable(() -> check(request, operation.get(), authentication));
  }

  private SecurityRuleResult check(
      HttpRequest<?> request, Operation operation, @Nullable Authentication authentication) {
    Optional<Caller> caller = CurrentCaller.of(authentication);
    if (caller.isEmpty() && operation.callers() == Callers.ANYONE) {
      withoutLogin(request, operation);
    }
    if (Admission.of(operation.callers(), caller, settings.current())) {
      return SecurityRuleResult.ALLOWED;
    }
    if (caller.isEmpty() && routes.isNoneToStrangers(request)) {
      throw NotFound.route();
    }
    if (caller.isEmpty()) {
      refuseShutOut(request);
    }
    if (caller.isPresent() && operation.changesObject()) {
      CurrentCaller.withdrawRights(request);
      return SecurityRuleResult.ALLOWED;
    }
    return SecurityRuleResult.REJECTED;
  }

  /** What reads is answered as it is to everybody, unless it turns out that it needs a login. */
  private static void withoutLogin(HttpRequest<?> request, Operation operation) {
    if (operation.method() == HttpMethod.POST) {
      refuseShutOut(request);
    }
    ApplicationPasswordFetcher.shutOut(request)
        .ifPresent(time -> Failures.shutOut(request, RestException.tooManyFailures(time)));
  }

  private static void refuseShutOut(HttpRequest<?> request) {
    ApplicationPasswordFetcher.shutOut(request)
        .ifPresent(
            time -> {
              throw RestException.tooManyFailures(time);
            });
  }
}
