package io.kbsserver.customers;

import io.kbsserver.api.OperationId;
import io.kbsserver.link.EmbeddedRoom;
import io.kbsserver.refusal.NotFound;
import jakarta.inject.Singleton;

/** What links to customers lead to. */
@Singleton
class CustomerEmbedding extends EmbeddedRoom<CustomerView> {

  CustomerEmbedding(CustomerService service, CustomerRepresentation representation) {
    super(
        OperationId.GET_CUSTOMER,
        service::read,
        customer -> customer.row().id(),
        representation::of,
        NotFound::customer);
  }
}
