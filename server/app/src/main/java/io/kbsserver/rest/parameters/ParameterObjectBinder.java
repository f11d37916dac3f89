package io.kbsserver.rest.parameters;

import io.kbsserver.rest.request.RequestParameters;
import io.micronaut.core.beans.BeanIntrospection;
import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.http.bind.binders.AnnotatedRequestArgumentBinder;
import io.micronaut.http.bind.binders.PostponedRequestArgumentBinder;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Fills the record that is generated of an operation's parameters with what was checked.
 * Micronaut's own binder asks for each component as for an argument, at each request.
 */
@Singleton
class ParameterObjectBinder
    implements AnnotatedRequestArgumentBinder<RequestBean, Object>,
        PostponedRequestArgumentBinder<Object> {

  private record Component(
      @Nullable String parameter, @Nullable String header, Argument<?> argument) {}

  private record Shape(BeanIntrospection<?> introspection, List<Component> components) {}

  private final ConversionService conversion;
  private final Map<Class<?>, Shape> shapes = new ConcurrentHashMap<>();

  ParameterObjectBinder(ConversionService conversion) {
    this.conversion = conversion;
  }

  @Override
  public Class<RequestBean> getAnnotationType() {
    return RequestBean.class;
  }

  @Override
  public BindingResult<Object> bind(
      ArgumentConversionContext<Object> context, HttpRequest<?> request) {
    Shape shape =
        shapes.computeIfAbsent(context.getArgument().getType(), ParameterObjectBinder::shape);
    Map<String, Object> given = RequestParameters.of(request).arguments();
    @Nullable Object[] values = new @Nullable Object[shape.components().size()];
    for (int i = 0; i < values.length; i++) {
      Component component = shape.components().get(i);
      Object value =
          component.header() == null
              ? given.get(component.parameter())
              : request.getHeaders().get(component.header());
      values[i] = value == null ? null : conversion.convertRequired(value, component.argument());
    }
    Optional<Object> bound = Optional.of(shape.introspection().instantiate(false, values));
    return () -> bound;
  }

  private static Shape shape(Class<?> type) {
    BeanIntrospection<?> introspection = BeanIntrospection.getIntrospection(type);
    return new Shape(
        introspection,
        Arrays.stream(introspection.getConstructorArguments())
            .map(
                argument ->
                    new Component(
                        argument.getAnnotationMetadata().stringValue(QueryValue.class).orElse(null),
                        argument.getAnnotationMetadata().stringValue(Header.class).orElse(null),
                        argument))
            .toList());
  }
}
