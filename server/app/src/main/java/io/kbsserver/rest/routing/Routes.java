package io.kbsserver.rest.routing;

import io.kbsserver.contract.Contract;
import io.kbsserver.contract.Operation;
import io.kbsserver.contract.Route;
import io.kbsserver.site.CurrentSite;
import io.kbsserver.site.Site;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.uri.UriMatchTemplate;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteMatch;
import io.micronaut.web.router.UriRouteInfo;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The routes of the contract, and which of them a request is for. */
@Singleton
public class Routes {

  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private final Contract contract;
  private final CurrentSite settings;

  /** The paths by the addresses that the router knows them by. */
  private final Map<String, String> paths;

  /** The same by its templates, of which it would make a text each time. */
  private final Map<UriMatchTemplate, Optional<String>> pathsOfTemplates =
      new ConcurrentHashMap<>();

  private final Map<String, List<Route>> routesOfPaths;

  Routes(Contract contract, CurrentSite settings) {
    this.contract = contract;
    routesOfPaths = contract.routes().stream().collect(Collectors.groupingBy(Route::path));
    paths = contract.paths().stream().collect(Collectors.toMap(contract::address, path -> path));
    this.settings = settings;
  }

  /** Those that the site has not switched off, in the order of the contract. */
  public List<Route> on(Site site) {
    return contract.routes().stream().filter(route -> isOn(route, site)).toList();
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

  /**
   * The route of a request: of those that the contract has at its path, the one whose pattern it
   * meets, or the last, which takes what the others do not.
   */
  public Optional<Route> of(HttpRequest<?> request) {
    List<Route> candidates = candidates(request);
    if (candidates.size() < 2) {
      return candidates.stream().findFirst();
    }
    String path = request.getPath().substring(contract.root().length());
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
   * Whether there is no route at the address of a request, since what stands there is no number, or
   * none of the words that can.
   */
  public boolean isNone(Operation operation, HttpRequest<?> request) {
    Map<String, Object> variables = variables(request);
    return operation.numbers().stream()
            .anyMatch(name -> !NUMBER.matcher(String.valueOf(variables.get(name))).matches())
        || operation.words().entrySet().stream()
            .anyMatch(
                word -> !word.getValue().contains(String.valueOf(variables.get(word.getKey()))));
  }

  private static Map<String, Object> variables(HttpRequest<?> request) {
    return RouteAttributes.getRouteMatch(request)
        .map(RouteMatch::getVariableValues)
        .orElse(Map.of());
  }

  private List<Route> candidates(HttpRequest<?> request) {
    return matched(request)
        .flatMap(this::path)
        .map(path -> routesOfPaths.getOrDefault(path, List.of()))
        .orElse(List.of());
  }

  /** The operation that a request is for, if there is one; HEAD is GET without the body. */
  public Optional<Operation> operation(HttpRequest<?> request) {
    return matched(request)
        .flatMap(info -> path(info).flatMap(path -> contract.operation(path, method(info))))
        .map(operation -> of(request).map(route -> route.own(operation)).orElse(operation));
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

  /** The path of the contract that the router has found; nothing where that is another one. */
  private Optional<String> path(UriRouteInfo<?, ?> info) {
    return pathsOfTemplates.computeIfAbsent(
        info.getUriMatchTemplate(),
        template -> Optional.ofNullable(paths.get(template.toPathString())));
  }
}
