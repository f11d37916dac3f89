package io.kbsserver.rest.login;

import io.kbsserver.access.Admission;
import io.kbsserver.contract.Operation;
import io.kbsserver.contract.Route;
import io.kbsserver.site.CurrentSite;
import io.kbsserver.text.WrittenId;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.web.router.RouteAttributes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** What the contract lets the one do who makes the request that is being answered. */
@Singleton
public class AllowedMethods {

  private final CurrentSite settings;
  private final CurrentCaller caller;
  private final List<ObjectRule> rules;

  AllowedMethods(CurrentSite settings, CurrentCaller caller, List<ObjectRule> rules) {
    this.settings = settings;
    this.caller = caller;
    this.rules = rules;
  }

  /** Whether the caller is among those who may call an operation at all. */
  public boolean include(Operation operation) {
    return Admission.of(operation.callers(), caller.ifKnown(), settings.current());
  }

  private boolean permits(Operation operation, HttpRequest<?> request) {
    return rules.stream()
        .filter(rule -> rule.isOf(operation))
        .allMatch(
            rule ->
                caller.ifKnown().filter(login -> rule.permits(named(request), login)).isPresent());
  }

  private static long named(HttpRequest<?> request) {
    return RouteAttributes.getRouteMatch(request).stream()
        .flatMap(match -> match.getVariableValues().values().stream())
        .flatMap(value -> WrittenId.of(String.valueOf(value)).id().stream())
        .findFirst()
        .orElse(0L);
  }

  /** Says in an answer which methods the caller may use on a route; not the one just refused. */
  public void tell(Route route, HttpRequest<?> request, MutableHttpResponse<?> response) {
    List<String> methods = new ArrayList<>();
    route.operations().stream()
        .filter(operation -> include(operation) && permits(operation, request))
        .forEach(operation -> methods.add(operation.method().name()));
    if (response.code() == HttpStatus.NOT_FOUND.getCode()
        && route.operations().stream().anyMatch(Operation::makesNew)) {
      // There is nothing to read.
      methods.remove(HttpMethod.GET.name());
    }
    if (response.code() == HttpStatus.FORBIDDEN.getCode()) {
      methods.remove(request.getMethodName());
    }
    if (!methods.isEmpty()) {
      response.header(HttpHeaders.ALLOW, String.join(", ", methods));
    }
  }
}
