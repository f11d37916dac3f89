package io.kbsserver.customers;

import static java.util.stream.Collectors.toMap;

import io.kbsserver.access.Caller;
import io.kbsserver.api.OperationId;
import io.kbsserver.link.Embeddable;
import io.kbsserver.refusal.NotFound;
import io.kbsserver.refusal.Refusal;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;

/** What links to customers lead to. */
@Singleton
class CustomerEmbedding implements Embeddable {

  private final CustomerService service;
  private final CustomerRepresentation representation;

  CustomerEmbedding(CustomerService service, CustomerRepresentation representation) {
    this.service = service;
    this.representation = representation;
  }

  @Override
  public OperationId operation() {
    return OperationId.GET_CUSTOMER;
  }

  @Override
  public Map<Long, ?> byIds(Set<Long> ids, Caller caller) {
    return service.read(ids).stream()
        .collect(toMap(customer -> customer.row().id(), representation::of));
  }

  @Override
  public Refusal refusal(long id) {
    return NotFound.customer();
  }
}
