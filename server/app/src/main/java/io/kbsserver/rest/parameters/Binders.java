package io.kbsserver.rest.parameters;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.bind.RequestBinderRegistry;
import jakarta.inject.Singleton;

/** Puts our binding of queries and bodies in place of Micronaut's own. */
@Singleton
class Binders implements BeanCreatedEventListener<RequestBinderRegistry>, Ordered {

  private final ParameterObjectBinder parameters;
  private final BodyBinder bodies;

  Binders(ParameterObjectBinder parameters, BodyBinder bodies) {
    this.parameters = parameters;
    this.bodies = bodies;
  }

  /** After Micronaut has registered those for Netty. */
  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE;
  }

  @Override
  public RequestBinderRegistry onCreated(BeanCreatedEvent<RequestBinderRegistry> event) {
    RequestBinderRegistry registry = event.getBean();
    registry.addArgumentBinder(parameters);
    registry.addArgumentBinder(bodies);
    return registry;
  }
}
