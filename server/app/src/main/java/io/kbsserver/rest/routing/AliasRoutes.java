package io.kbsserver.rest.routing;

import io.kbsserver.contract.Contract;
import io.kbsserver.contract.Operation;
import io.micronaut.context.ExecutionHandleLocator;
import io.micronaut.context.processor.ExecutableMethodProcessor;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.annotation.Controller;
import io.micronaut.inject.BeanDefinition;
import io.micronaut.inject.ExecutableMethod;
import io.micronaut.web.router.DefaultRouteBuilder;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Leads the operations that mean what another one of their path means to its method: PUT and PATCH
 * to that of POST, OPTIONS to that of GET, or of POST where there is none, as far as {@code
 * DescriptionFilter} lets it.
 */
@Singleton
@SuppressWarnings("overrides") // Of Micronaut's class, where the last "..." is an array.
class AliasRoutes extends DefaultRouteBuilder implements ExecutableMethodProcessor<Controller> {

  private final Contract contract;

  AliasRoutes(
      ExecutionHandleLocator locator,
      UriNamingStrategy naming,
      ConversionService conversion,
      Contract contract) {
    super(locator, naming, conversion);
    this.contract = contract;
  }

  @Override
  public void process(BeanDefinition<?> controller, ExecutableMethod<?, ?> method) {
    contract
        .operation(method.getMethodName())
        .ifPresent(
            operation ->
                aliases(operation).forEach(alias -> add(alias, operation, controller, method)));
  }

  private List<HttpMethod> aliases(Operation operation) {
    return switch (operation.method()) {
      case POST ->
          contract.operation(operation.path(), HttpMethod.GET).isPresent()
              ? List.of(HttpMethod.PUT, HttpMethod.PATCH)
              : List.of(HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.OPTIONS);
      case GET -> List.of(HttpMethod.OPTIONS);
      default -> List.of();
    };
  }

  private void add(
      HttpMethod alias,
      Operation operation,
      BeanDefinition<?> controller,
      ExecutableMethod<?, ?> method) {
    if (contract.operation(operation.path(), alias).isPresent()) {
      buildBeanRoute(alias.name(), alias, contract.address(operation.path()), controller, method)
          .consumesAll();
    }
  }
}
