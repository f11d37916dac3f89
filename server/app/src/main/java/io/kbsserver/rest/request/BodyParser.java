package io.kbsserver.rest.request;

import io.kbsserver.refusal.InvalidParameters;
import io.kbsserver.rest.body.DeclaredCharset;
import io.kbsserver.rest.body.FormBody;
import io.kbsserver.rest.body.JsonBody;
import io.kbsserver.rest.body.ParameterText;
import io.kbsserver.rest.body.Parameters;
import io.kbsserver.rest.errors.RestException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** Makes parameters of a body, JSON or URL-encoded form. */
public final class BodyParser {

  private BodyParser() {}

  /** Whether the body of a request is a form in parts. */
  public static boolean isMultipart(HttpRequest<?> request) {
    return type(request).equals(MediaType.MULTIPART_FORM_DATA);
  }

  /** Whether the body of a request is a form, or JSON that is not sent as a file. */
  public static boolean isParameters(HttpRequest<?> request) {
    String type = type(request);
    return type.equals(MediaType.MULTIPART_FORM_DATA)
        || type.equals(MediaType.APPLICATION_FORM_URLENCODED)
        || (isJson(type) && !request.getHeaders().contains(HttpHeaders.CONTENT_DISPOSITION));
  }

  /** Whether the body of a request is JSON. */
  static boolean isJson(HttpRequest<?> request) {
    return isJson(type(request));
  }

  /** What a request says, its body included; or why it is refused. */
  public static RequestParameters read(HttpRequest<?> request, byte[] body) {
    Parameters query = RequestParameters.of(request).inQuery();
    try {
      return readBody(query, request, body);
    } catch (RestException | InvalidParameters e) {
      return RequestParameters.refused(query, e);
    }
  }

  private static RequestParameters readBody(Parameters query, HttpRequest<?> request, byte[] body) {
    if (body.length == 0) {
      return RequestParameters.read(query, Parameters.NONE, false, false);
    }
    String contentType = contentType(request);
    String type = type(request);
    if (isJson(type)) {
      return RequestParameters.read(
          query,
          JsonBody.parse(body, StandardCharsets.UTF_8).orElseThrow(RestException::malformedJson),
          true,
          false);
    }
    boolean packed =
        request.getHeaders().getAll(HttpHeaders.CONTENT_ENCODING).stream()
            .flatMap(codings -> Arrays.stream(codings.split(",")))
            .map(String::strip)
            .anyMatch(coding -> !coding.isEmpty() && !coding.equalsIgnoreCase("identity"));
    try {
      if (isForm(type, request.getMethod()) && !packed) {
        return readForm(query, body, DeclaredCharset.of(contentType));
      }
    } catch (RestException | InvalidParameters e) {
      if (RequestParameters.formCounts(request.getMethod())) {
        throw e;
      }
    }
    return RequestParameters.unreadable(query, request.getMethod());
  }

  /** WordPress takes a body without a type for a form, unless PHP is to have read it before. */
  private static boolean isForm(String type, HttpMethod method) {
    return type.equals(MediaType.APPLICATION_FORM_URLENCODED)
        || (type.isEmpty() && RequestParameters.formCounts(method) && method != HttpMethod.POST);
  }

  private static RequestParameters readForm(Parameters query, byte[] body, Charset charset) {
    if (!DeclaredCharset.containsAscii(charset)) {
      // All of the form is in it, so that there are no escapes of its bytes.
      ParameterText texts = new ParameterText(charset);
      byte[] form = texts.value("body", body).getBytes(StandardCharsets.UTF_8);
      texts.refuseUnreadable();
      return readForm(query, form, StandardCharsets.UTF_8);
    }
    if (body[0] == '{') {
      // The documented curl example sends JSON so.
      Optional<Parameters> json = JsonBody.parse(body, charset);
      if (json.isPresent() || IntStream.range(0, body.length).noneMatch(i -> body[i] == '=')) {
        return RequestParameters.read(
            query, json.orElseThrow(RestException::malformedJson), true, false);
      }
    }
    return RequestParameters.read(query, FormBody.urlEncoded(body, charset), false, false);
  }

  private static String contentType(HttpRequest<?> request) {
    return Optional.ofNullable(request.getHeaders().get(HttpHeaders.CONTENT_TYPE))
        .orElse("")
        .strip();
  }

  private static String type(HttpRequest<?> request) {
    return contentType(request).split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  private static boolean isJson(String type) {
    // Some clients name several types, as in Accept.
    return Arrays.stream(type.split("[\\s,]+"))
        .anyMatch(
            named ->
                named.equals(MediaType.APPLICATION_JSON)
                    || (named.startsWith("application/") && named.endsWith("+json")));
  }
}
