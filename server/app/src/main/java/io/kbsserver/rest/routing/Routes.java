package io.kbsserver.rest.routing;

import io.kbsserver.access.Admission;
import io.kbsserver.access.Caller;
import io.kbsserver.contract.Contract;
import io.kbsserver.contract.Operation;
import io.kbsserver.contract.Route;
import io.kbsserver.rest.login.CurrentCaller;
import io.kbsserver.rest.request.RequestReader;
import io.kbsserver.site.CurrentSite;
import io.kbsserver.site.Site;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteMatch;
import io.micronaut.web.router.UriRouteInfo;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The routes of the contract, and what the caller may do on them. */
@Singleton
public class Routes {

  private static final String PREFIX =
      RequestReader.ROOT.substring(0, RequestReader.ROOT.length() - 1);
  private static final String INDEX = "/";
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private final Contract contract;
  private final CurrentSite settings;
  private final CurrentCaller caller;

  Routes(Contract contract, CurrentSite settings, CurrentCaller caller) {
    this.contract = contract;
    this.settings = settings;
    this.caller = caller;
  }

  /** Those that the site has not switched off, in the order of the contract. */
  public List<Route> on(Site site) {
    return contract.routes().stream().filter(route -> isOn(route, site)).toList();
  }

  /** Whether the one who makes a request is among those who may call an operation at all. */
  public boolean admits(Operation operation) {
    return Admission.of(operation.callers(), caller.ifKnown(), settings.current());
  }

  private static boolean isOn(Route route, Site site) {
    return route.operations().stream().allMatch(operation -> site.isOn(operation.setting()));
  }

  /** The namespaces of all routes, whether they are on or off. */
  public List<String> namespaces() {
    return contract.routes().stream()
        .map(Route::namespace)
        .filter(namespace -> !namespace.isEmpty())
        .distinct()
        .toList();
  }

  /** Says in an answer which methods the caller may use on a route; not the one just refused. */
  public void allow(Route route, HttpRequest<?> request, MutableHttpResponse<?> response) {
    Optional<Caller> known = caller.ifKnown();
    Site site = settings.current();
    List<String> methods = new ArrayList<>();
    route.operations().stream()
        .filter(operation -> Admission.of(operation.callers(), known, site))
        .forEach(operation -> methods.add(operation.method().name()));
    if (response.code() == HttpStatus.FORBIDDEN.getCode()) {
      methods.remove(request.getMethodName());
    }
    if (!methods.isEmpty()) {
      response.header(HttpHeaders.ALLOW, String.join(", ", methods));
    }
  }

  /**
   * The route of a request: of those that the contract has at its path, the one whose pattern it
   * meets, or the last, which takes what the others do not.
   */
  public Optional<Route> of(HttpRequest<?> request) {
    List<Route> candidates = candidates(request);
    String path = request.getPath().substring(RequestReader.ROOT.length() - 1);
    return candidates.stream()
        .filter(route -> route.pattern().matcher(path).matches())
        .findFirst()
        .or(() -> candidates.stream().reduce((first, second) -> second));
  }

  /**
   * Whether WordPress has no route at the address of a request, and so asks nobody to log in there.
   * Who may see tickets gets a closer look.
   */
  public boolean isNoneToStrangers(HttpRequest<?> request) {
    Collection<Object> variables = variables(request).values();
    Site site = settings.current();
    return candidates(request).stream().noneMatch(route -> route.meets(variables))
        && variables.stream().noneMatch(value -> site.mayBeOddTicketNumber(value.toString()));
  }

  /**
   * Whether WordPress has no route at the address of a request for its method: what is not found
   * there cannot have been looked for.
   */
  public boolean isNoneOfWordPress(HttpRequest<?> request) {
    Optional<HttpMethod> method =
        operation(request)
            .map(of -> of.method() == HttpMethod.OPTIONS ? reading(of) : of)
            .map(Operation::method);
    Collection<Object> variables = variables(request).values();
    return candidates(request).stream()
        .filter(route -> route.meets(variables))
        .flatMap(route -> route.operations().stream())
        .noneMatch(operation -> method.filter(operation.method()::equals).isPresent());
  }

  /**
   * Whether there is no route at the address of a request, since what stands there is no number.
   */
  public boolean isNone(Operation operation, HttpRequest<?> request) {
    Map<String, Object> variables = variables(request);
    return operation.numbers().stream()
        .anyMatch(name -> !NUMBER.matcher(String.valueOf(variables.get(name))).matches());
  }

  private static Map<String, Object> variables(HttpRequest<?> request) {
    return RouteAttributes.getRouteMatch(request)
        .map(RouteMatch::getVariableValues)
        .orElse(Map.of());
  }

  private List<Route> candidates(HttpRequest<?> request) {
    Optional<String> path = matched(request).map(Routes::path);
    return contract.routes().stream()
        .filter(route -> path.filter(route.path()::equals).isPresent())
        .toList();
  }

  /** The operation that a request is for, if there is one; HEAD is GET without the body. */
  public Optional<Operation> operation(HttpRequest<?> request) {
    return matched(request).flatMap(info -> contract.operation(path(info), method(info)));
  }

  private static HttpMethod method(UriRouteInfo<?, ?> info) {
    return info.getHttpMethod() == HttpMethod.HEAD ? HttpMethod.GET : info.getHttpMethod();
  }

  /** What reads that which an operation describes. */
  public Operation reading(Operation description) {
    return contract.operation(description.path(), HttpMethod.GET).orElse(description);
  }

  private static Optional<UriRouteInfo<?, ?>> matched(HttpRequest<?> request) {
    return RouteAttributes.getRouteInfo(request)
        .filter(UriRouteInfo.class::isInstance)
        .map(info -> (UriRouteInfo<?, ?>) info);
  }

  /** The path of an operation as the router has it. */
  public static String template(Operation operation) {
    return operation.path().equals(INDEX) ? PREFIX : PREFIX + operation.path();
  }

  /** The path of the contract that the router has found; none of it where that is another one. */
  private static String path(UriRouteInfo<?, ?> info) {
    String template = info.getUriMatchTemplate().toPathString();
    if (template.equals(PREFIX)) {
      return INDEX;
    }
    return template.startsWith(RequestReader.ROOT) ? template.substring(PREFIX.length()) : "";
  }
}
