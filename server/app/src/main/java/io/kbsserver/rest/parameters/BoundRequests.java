package io.kbsserver.rest.parameters;

import io.kbsserver.contract.Operation;
import io.kbsserver.contract.Schema;
import io.kbsserver.refusal.Fault;
import io.kbsserver.refusal.InvalidParameters;
import io.kbsserver.rest.body.Scalars;
import io.kbsserver.rest.request.RequestParameters;
import io.kbsserver.rest.routing.Routes;
import io.micronaut.core.convert.ConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteInfo;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes a request as far as a controller would get it, for who answers in the place of one. */
@Singleton
public class BoundRequests {

  /** Where the plugin's own words are expected, and not WordPress's. */
  private static final String OF_THE_PLUGIN = "/kbs/";

  private final Routes routes;
  private final BodyBinder bodies;

  BoundRequests(Routes routes, BodyBinder bodies) {
    this.routes = routes;
    this.bodies = bodies;
  }

  /** The operation that a request is for, if there is one. */
  public Optional<Operation> operation(HttpRequest<?> request) {
    return routes.operation(request);
  }

  /**
   * The operation of a request whose query has been checked, after its body was bound as well and
   * what the services refuse of it without a look at the database was refused.
   */
  public Optional<Operation> bound(HttpRequest<?> request) {
    Optional<Operation> operation = operation(request);
    operation.ifPresent(
        found -> {
          body(request).ifPresent(body -> bodies.bind(ConversionContext.of(body), request));
          refuseIncomplete(request, found);
        });
    return operation;
  }

  /** Refuses a request that lacks something, or names what nobody knows, once it is bound. */
  public void refuseIncomplete(HttpRequest<?> request) {
    operation(request).ifPresent(operation -> refuseIncomplete(request, operation));
  }

  private static void refuseIncomplete(HttpRequest<?> request, Operation operation) {
    RequestParameters rest = RequestParameters.of(request);
    refuseIncomplete(operation, rest.parameters(request.getMethod()));
    rest.unknown().refuseIfStrict();
  }

  @SuppressWarnings("unchecked") // The binder takes a body of any type.
  private static Optional<Argument<Object>> body(HttpRequest<?> request) {
    return RouteAttributes.getRouteInfo(request)
        .flatMap(RouteInfo::getRequestBodyType)
        .map(argument -> (Argument<Object>) argument);
  }

  private static void refuseIncomplete(Operation operation, Map<String, Object> given) {
    Map<String, Fault> missing = new LinkedHashMap<>();
    operation.body().required().stream()
        .filter(name -> isMissing(given.get(name), operation, name))
        .forEach(
            name -> missing.put(name, new Fault("rest_missing_param", name + " is required.")));
    if (!missing.isEmpty() && !operation.path().startsWith(OF_THE_PLUGIN)) {
      throw new InvalidParameters(
          "rest_missing_callback_param",
          "Missing parameter(s): " + String.join(", ", missing.keySet()),
          missing);
    }
    if (!missing.isEmpty()) {
      throw new InvalidParameters("required_fields", "Required fields missing.", missing);
    }
  }

  private static boolean isMissing(@Nullable Object value, Operation operation, String name) {
    Schema schema = operation.body().properties().get(name);
    boolean emptyCounts = schema != null && schema.emptyCounts();
    return value == null || (Scalars.isEmpty(value) && !emptyCounts);
  }
}
