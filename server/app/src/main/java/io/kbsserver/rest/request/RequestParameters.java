package io.kbsserver.rest.request;

import io.kbsserver.refusal.UnknownValues;
import io.kbsserver.rest.body.NestedParameters;
import io.kbsserver.rest.body.Parameters;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request says, whichever way it says it. One per request, kept as its attribute.
 *
 * @param inQuery the parameters of the query string
 * @param inBody the parameters of the body, JSON or form
 * @param json whether the body was JSON
 * @param unreadable whether there is a body in a format that is not understood
 * @param refusal why the request is refused before anything else is looked at; null if it is not
 * @param arguments the checked query parameters of the operation, by name
 * @param unknown the values that name nothing
 */
public record RequestParameters(
    Parameters inQuery,
    Parameters inBody,
    boolean json,
    boolean unreadable,
    @Nullable RuntimeException refusal,
    Map<String, Object> arguments,
    UnknownValues unknown) {

  private static final String ATTRIBUTE = "kbs.request";

  public static RequestParameters of(HttpRequest<?> request) {
    return request
        .getAttribute(ATTRIBUTE, RequestParameters.class)
        .orElseGet(() -> RequestParameters.read(Parameters.NONE, Parameters.NONE, false, false));
  }

  public static RequestParameters read(
      Parameters query, Parameters body, boolean json, boolean unreadable) {
    return new RequestParameters(
        query, body, json, unreadable, null, Map.of(), new UnknownValues(false));
  }

  public static RequestParameters refused(Parameters query, RuntimeException refusal) {
    return new RequestParameters(
        query, Parameters.NONE, false, false, refusal, Map.of(), new UnknownValues(false));
  }

  /**
   * A request whose body is in a format that is not understood. One that only asks takes no form,
   * so that its format does not matter.
   */
  public static RequestParameters unreadable(Parameters query, HttpMethod method) {
    return formCounts(method)
        ? read(query, Parameters.NONE, false, true)
        : read(query, Parameters.of(Map.of("body", "form")), false, false);
  }

  /** The same with each parameter once. */
  public RequestParameters settled(Parameters query, Parameters body) {
    return new RequestParameters(query, body, json, unreadable, refusal, arguments, unknown);
  }

  public RequestParameters checked(Map<String, Object> checkedArguments, UnknownValues values) {
    return new RequestParameters(
        inQuery, inBody, json, unreadable, refusal, checkedArguments, values);
  }

  public void keepIn(HttpRequest<?> request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  /** The parameters of the query string. */
  public Map<String, Object> query() {
    return inQuery.values();
  }

  /** All parameters: the body wins over the query; a form on a GET request does not count. */
  public Map<String, Object> parameters(HttpMethod method) {
    Map<String, Object> body = inBody.values();
    if (body.isEmpty() || !(json || formCounts(method))) {
      return query();
    }
    Map<String, Object> all = new LinkedHashMap<>(query());
    body.forEach(
        (name, value) -> {
          // What is null in JSON hides nothing.
          if (value != null || !all.containsKey(name)) {
            all.put(name, value);
          }
        });
    return all;
  }

  /** Whether a form is read with this method. */
  public static boolean formCounts(HttpMethod method) {
    return method != HttpMethod.GET && method != HttpMethod.HEAD;
  }

  /**
   * The query with the parameters of the route as they were understood. Those that the body
   * replaces stand as they came, and so do the ones that every route has, such as _fields. Lists
   * take little room.
   */
  public Map<String, Object> queryAsUnderstood() {
    Map<String, Object> result = new LinkedHashMap<>(query());
    arguments.forEach(
        (name, value) -> {
          if (value != null && !inBody.values().containsKey(name)) {
            result.computeIfPresent(
                name,
                (same, given) -> NestedParameters.compact(name.startsWith("_") ? given : value));
          }
        });
    return result;
  }
}
