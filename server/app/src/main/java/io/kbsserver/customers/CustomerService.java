package io.kbsserver.customers;

import io.kbsserver.list.ListRequest;
import io.kbsserver.list.Page;
import io.kbsserver.refusal.NotFound;
import io.micronaut.data.connection.annotation.Connectable;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;

/** The rules of customers. Who may read them at all, the contract says. */
@Singleton
class CustomerService {

  private final CustomerList list;

  CustomerService(CustomerList list) {
    this.list = list;
  }

  /** A page of the customers that are wanted. */
  @Connectable
  public Page<CustomerView> list(CustomerFilter filter, ListRequest request) {
    return list.page(filter, request);
  }

  /** One customer. */
  @Connectable
  public CustomerView read(long id) {
    return read(List.of(id)).stream().findFirst().orElseThrow(NotFound::customer);
  }

  /** Those of these ids that there are. */
  @Connectable
  public List<CustomerView> read(Collection<Long> ids) {
    return list.find(ids);
  }
}
