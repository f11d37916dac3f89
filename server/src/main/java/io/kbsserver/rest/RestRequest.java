package io.kbsserver.rest;

import io.kbsserver.refusal.UnknownValues;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a request says, whichever way it says it. One per request, kept as its attribute.
 *
 * @param query the parameters of the query string
 * @param body the parameters of the body, JSON or form
 * @param json whether the body was JSON
 * @param unreadable whether there is a body in a format that is not understood
 * @param refusal why the request is refused before anything else is looked at; null if it is not
 * @param arguments the checked query parameters of the operation, by name
 * @param unknown the values that name nothing
 */
record RestRequest(
    Map<String, Object> query,
    Map<String, Object> body,
    boolean json,
    boolean unreadable,
    RuntimeException refusal,
    Map<String, Object> arguments,
    UnknownValues unknown) {

  private static final String ATTRIBUTE = "kbs.request";

  static RestRequest of(HttpRequest<?> request) {
    return request
        .getAttribute(ATTRIBUTE, RestRequest.class)
        .orElseGet(() -> RestRequest.read(Map.of(), Map.of(), false, false));
  }

  static RestRequest read(
      Map<String, Object> query, Map<String, Object> body, boolean json, boolean unreadable) {
    return new RestRequest(query, body, json, unreadable, null, Map.of(), new UnknownValues(false));
  }

  static RestRequest refused(Map<String, Object> query, RuntimeException refusal) {
    return new RestRequest(
        query, Map.of(), false, false, refusal, Map.of(), new UnknownValues(false));
  }

  RestRequest checked(Map<String, Object> checkedArguments, UnknownValues values) {
    return new RestRequest(query, body, json, unreadable, refusal, checkedArguments, values);
  }

  void keepIn(HttpRequest<?> request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  /** All parameters: the body wins over the query; a form on a GET request does not count. */
  Map<String, Object> parameters(HttpMethod method) {
    if (body.isEmpty() || (method == HttpMethod.GET && !json)) {
      return query;
    }
    Map<String, Object> all = new LinkedHashMap<>(query);
    all.putAll(body);
    return all;
  }

  /**
   * The query with the parameters of the route as they were understood. Those that the body
   * replaces stand as they came, and so do the ones that every route has, such as _fields. Lists
   * take little room.
   */
  Map<String, Object> queryAsUnderstood() {
    Map<String, Object> result = new LinkedHashMap<>(query);
    arguments.forEach(
        (name, value) -> {
          if (value != null && !body.containsKey(name)) {
            result.computeIfPresent(
                name,
                (same, given) -> NestedParameters.compact(name.startsWith("_") ? given : value));
          }
        });
    return result;
  }
}
