package io.kbsserver.rest.request;

import io.kbsserver.rest.body.Scalars;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpRequestWrapper;
import java.util.Locale;
import java.util.Map;

/** A request that asks to be taken for one with another method, for clients that know only two. */
final class MethodOverride<B> extends HttpRequestWrapper<B> {

  private static final String PARAMETER = "_method";

  private final String method;

  private MethodOverride(HttpRequest<B> request, String method) {
    super(request);
    this.method = method;
  }

  /** The request as it is meant; the parameter goes before the header. */
  static HttpRequest<?> of(HttpRequest<?> request, Map<String, Object> query) {
    Object asked =
        query.getOrDefault(PARAMETER, request.getHeaders().get(RequestReader.METHOD_OVERRIDE));
    return asked == null ? request : new MethodOverride<>(request, method(asked));
  }

  private static String method(Object asked) {
    return Scalars.isCompound(asked) ? "" : asked.toString().toUpperCase(Locale.ROOT);
  }

  @Override
  public HttpMethod getMethod() {
    return HttpMethod.parse(method);
  }

  @Override
  public String getMethodName() {
    return method;
  }
}
