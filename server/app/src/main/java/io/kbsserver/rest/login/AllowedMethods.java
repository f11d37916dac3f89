package io.kbsserver.rest.login;

import io.kbsserver.access.Admission;
import io.kbsserver.contract.Operation;
import io.kbsserver.contract.Route;
import io.kbsserver.site.CurrentSite;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** What the contract lets the one do who makes the request that is being answered. */
@Singleton
public class AllowedMethods {

  private final CurrentSite settings;
  private final CurrentCaller caller;

  AllowedMethods(CurrentSite settings, CurrentCaller caller) {
    this.settings = settings;
    this.caller = caller;
  }

  /** Whether the caller is among those who may call an operation at all. */
  public boolean include(Operation operation) {
    return Admission.of(operation.callers(), caller.ifKnown(), settings.current());
  }

  /** Says in an answer which methods the caller may use on a route; not the one just refused. */
  public void tell(Route route, HttpRequest<?> request, MutableHttpResponse<?> response) {
    List<String> methods = new ArrayList<>();
    route.operations().stream()
        .filter(this::include)
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
