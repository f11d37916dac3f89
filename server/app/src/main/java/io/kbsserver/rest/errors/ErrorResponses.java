package io.kbsserver.rest.errors;

import io.kbsserver.refusal.Fault;
import io.kbsserver.refusal.NotFound;
import io.kbsserver.refusal.Refusal;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The error envelope of WordPress: code, message, and data with the status. */
public final class ErrorResponses {

  private ErrorResponses() {}

  public static MutableHttpResponse<Object> of(
      HttpStatus status, String code, String message, Map<String, Fault> faults) {
    return of(status, envelope(status, code, message, faults));
  }

  /** How a refusal is answered. */
  public static MutableHttpResponse<Object> of(Refusal refusal) {
    return of(Failures.status(refusal), refusal);
  }

  /** What a refusal is answered with, with this status. */
  static MutableHttpResponse<Object> of(HttpStatus status, Refusal refusal) {
    return of(status, envelope(status, refusal));
  }

  private static MutableHttpResponse<Object> of(HttpStatus status, Map<String, Object> envelope) {
    return HttpResponse.<Object>status(status)
        .body((Object) envelope)
        .contentType(MediaType.APPLICATION_JSON_TYPE);
  }

  /** There is no such route; OPTIONS is no error even there, but there is nothing to describe. */
  public static MutableHttpResponse<Object> noRoute(HttpRequest<?> request) {
    if (request.getMethod() == HttpMethod.OPTIONS) {
      return HttpResponse.<Object>ok(List.of()).contentType(MediaType.APPLICATION_JSON_TYPE);
    }
    NotFound route = NotFound.route();
    return of(HttpStatus.NOT_FOUND, route.code(), route.getMessage(), route.faults());
  }

  /** The same as {@link RestException#overloaded()}, where an exception would cost too much. */
  public static MutableHttpResponse<Object> overloaded() {
    RestException told = RestException.overloaded();
    return of(told.status(), told.code(), told.getMessage(), told.faults())
        .header(HttpHeaders.RETRY_AFTER, RetryAfter.header(RetryAfter.soon()));
  }

  /** What a refusal is answered with. */
  public static Map<String, Object> envelope(Refusal refusal) {
    return envelope(Failures.status(refusal), refusal);
  }

  private static Map<String, Object> envelope(HttpStatus status, Refusal refusal) {
    return envelope(status, refusal.code(), refusal.getMessage(), refusal.faults(), refusal.data());
  }

  public static Map<String, Object> envelope(
      HttpStatus status, String code, String message, Map<String, Fault> faults) {
    return envelope(status, code, message, faults, Map.of());
  }

  private static Map<String, Object> envelope(
      HttpStatus status,
      String code,
      String message,
      Map<String, Fault> faults,
      Map<String, Object> more) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("status", status.getCode());
    data.putAll(more);
    if (!faults.isEmpty()) {
      Map<String, Object> params = new LinkedHashMap<>();
      Map<String, Object> details = new LinkedHashMap<>();
      faults.forEach(
          (name, fault) -> {
            Map<String, Object> detail = new LinkedHashMap<>();
            detail.put("code", fault.code());
            detail.put("message", fault.message());
            detail.put("data", null);
            params.put(name, fault.message());
            details.put(name, detail);
          });
      data.put("params", params);
      data.put("details", details);
    }
    Map<String, Object> envelope = new LinkedHashMap<>();
    envelope.put("code", code);
    envelope.put("message", message);
    envelope.put("data", data);
    return envelope;
  }
}
