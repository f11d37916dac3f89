package io.kbsserver.rest.errors;

import static java.util.Objects.requireNonNull;

import io.kbsserver.refusal.Fault;
import io.micronaut.http.HttpStatus;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A failure of the conversation itself: no login, a body that cannot be read. */
public final class RestException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final HttpStatus status;
  private final String code;
  private final transient Map<String, Fault> faults;
  private final @Nullable Duration retryAfter;

  RestException(HttpStatus status, String code, String message) {
    this(status, code, message, Map.of());
  }

  private RestException(HttpStatus status, String code, String message, Map<String, Fault> faults) {
    this(status, code, message, faults, null);
  }

  private RestException(
      HttpStatus status,
      String code,
      String message,
      Map<String, Fault> faults,
      @Nullable Duration retryAfter) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
    this.faults = faults;
    this.retryAfter = retryAfter;
  }

  public static RestException authenticationFailed() {
    return new RestException(
        HttpStatus.UNAUTHORIZED, "rest_forbidden_context", "Authentication failed.");
  }

  /** Too many logins have failed; the next may be tried after this time. */
  public static RestException tooManyFailures(Duration retryAfter) {
    return new RestException(
        HttpStatus.TOO_MANY_REQUESTS,
        "rest_too_many_failed_logins",
        "Too many logins have failed. Please try again later.",
        Map.of(),
        retryAfter);
  }

  /** More requests than the operator admits; the next may be sent after this time. */
  public static RestException tooManyRequests(Duration retryAfter) {
    return new RestException(
        HttpStatus.TOO_MANY_REQUESTS,
        "rest_too_many_requests",
        "Too many requests. Please try again later.",
        Map.of(),
        retryAfter);
  }

  public static RestException busyWithLogins() {
    return new RestException(
        HttpStatus.SERVICE_UNAVAILABLE,
        "service_unavailable",
        "Too many logins are being checked at the moment. Please try again later.",
        Map.of(),
        Duration.ofSeconds(1));
  }

  public static RestException forbidden() {
    return new RestException(
        HttpStatus.FORBIDDEN, "rest_forbidden", "Sorry, you are not allowed to do that.");
  }

  public static RestException invalidNonce() {
    return new RestException(
        HttpStatus.FORBIDDEN, "rest_cookie_invalid_nonce", "Cookie check failed");
  }

  public static RestException malformedJson() {
    return new RestException(
        HttpStatus.BAD_REQUEST, "rest_invalid_json", "Invalid JSON body passed.");
  }

  public static RestException unsupportedMediaType() {
    return new RestException(
        HttpStatus.UNSUPPORTED_MEDIA_TYPE,
        "rest_unsupported_media_type",
        "The body must be JSON, a URL-encoded form or multipart/form-data.");
  }

  public static RestException unknownCharset(String name, Map<String, Fault> faults) {
    return new RestException(
        HttpStatus.UNSUPPORTED_MEDIA_TYPE,
        "rest_unsupported_media_type",
        "The charset %s is not known.".formatted(name),
        faults);
  }

  public static RestException invalidHost() {
    return new RestException(
        HttpStatus.BAD_REQUEST, "rest_bad_request", "The Host header names no server.");
  }

  public static RestException brokenBody() {
    return new RestException(
        HttpStatus.BAD_REQUEST, "rest_bad_request", "The body of the request is malformed.");
  }

  public static RestException jsonpDisabled() {
    return new RestException(
        HttpStatus.BAD_REQUEST,
        "rest_callback_disabled",
        "JSONP is not supported; the parameter _jsonp is refused.");
  }

  public static RestException tooManyParameters(int most) {
    return new RestException(
        HttpStatus.BAD_REQUEST,
        "rest_too_many_params",
        "A request has at most " + most + " parameters.");
  }

  public static RestException tooManyFiles(String parameter, int most) {
    return fileRefused(parameter, "A request has at most " + most + " files.");
  }

  public static RestException fileTooLarge(String parameter, long most) {
    return fileRefused(parameter, parameter + " must be at most " + most + " bytes long.");
  }

  private static RestException fileRefused(String parameter, String message) {
    return new RestException(
        HttpStatus.REQUEST_ENTITY_TOO_LARGE,
        "rest_content_too_large",
        message,
        Map.of(parameter, new Fault("rest_content_too_large", message)));
  }

  public static RestException overloaded() {
    return new RestException(
        HttpStatus.SERVICE_UNAVAILABLE,
        "service_unavailable",
        "The server has too much to do at the moment. Please try again later.");
  }

  public static RestException noRoomForFiles() {
    return new RestException(
        HttpStatus.SERVICE_UNAVAILABLE,
        "service_unavailable",
        "Files cannot be taken at the moment. Please try again later.");
  }

  public static RestException noRoomForBody() {
    return new RestException(
        HttpStatus.SERVICE_UNAVAILABLE,
        "service_unavailable",
        "There is no room for a body of this size at the moment. Please try again later.");
  }

  /** The error, for a person. */
  @Override
  public String getMessage() {
    return requireNonNull(super.getMessage());
  }

  public HttpStatus status() {
    return status;
  }

  public String code() {
    return code;
  }

  public Map<String, Fault> faults() {
    return faults;
  }

  /** After how long another try makes sense, if that is known. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
