package io.kbsserver.rest.parameters;

import io.kbsserver.rest.request.RequestParameters;
import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.bind.binders.AnnotatedRequestArgumentBinder;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Hands the checked query parameters to the generated methods. */
@Singleton
class QueryParameterBinder implements AnnotatedRequestArgumentBinder<QueryValue, Object> {

  private final ConversionService conversion;

  QueryParameterBinder(ConversionService conversion) {
    this.conversion = conversion;
  }

  @Override
  public Class<QueryValue> getAnnotationType() {
    return QueryValue.class;
  }

  @Override
  public BindingResult<Object> bind(
      ArgumentConversionContext<Object> context, HttpRequest<?> request) {
    String name =
        context
            .getAnnotationMetadata()
            .stringValue(QueryValue.class)
            .orElse(context.getArgument().getName());
    Object value = RequestParameters.of(request).arguments().get(name);
    if (value == null) {
      return BindingResult.empty();
    }
    Optional<Object> converted = conversion.convert(value, context);
    return () -> converted;
  }
}
