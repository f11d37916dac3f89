package io.kbsserver.customers;

import io.kbsserver.api.CustomersApi;
import io.kbsserver.api.model.Customer;
import io.kbsserver.api.model.ListCustomersOrderbyParameter;
import io.kbsserver.list.ListRequest;
import io.kbsserver.list.Selection;
import io.kbsserver.list.Sort;
import io.kbsserver.list.Window;
import io.kbsserver.rest.parameters.SortOrders;
import io.kbsserver.rest.response.Paging;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import java.util.List;
import java.util.Objects;

/** Translates between the generated interface and the rules of customers. */
@Controller("/wp-json")
class CustomersController implements CustomersApi {

  private static final int DEFAULT_SIZE = 20;
  private static final int LARGEST_SIZE = 100;

  private final CustomerService service;
  private final CustomerRepresentation representation;
  private final Paging paging;

  CustomersController(
      CustomerService service, CustomerRepresentation representation, Paging paging) {
    this.service = service;
    this.representation = representation;
    this.paging = paging;
  }

  @Override
  public HttpResponse<List<Customer>> listCustomers(ListCustomersParameters parameters) {
    ListRequest request =
        new ListRequest(
            new Window(parameters.page(), size(parameters), parameters.offset()),
            new Selection(parameters.include(), parameters.excludeId()),
            new Sort(sortedBy(parameters.orderby()), SortOrders.isDescending(parameters.order())));
    CustomerFilter filter =
        new CustomerFilter(
            parameters.id(),
            parameters.name(),
            parameters.userId(),
            parameters.company(),
            parameters.search());
    return paging.page(service.list(filter, request).map(representation::of));
  }

  @Override
  public HttpResponse<Customer> getCustomer(Long id, GetCustomerParameters parameters) {
    return HttpResponse.ok(representation.of(service.read(id)));
  }

  /** The plugin calls the size of a page a number, and takes any. */
  private static int size(ListCustomersParameters parameters) {
    long number = parameters.number() < 1 ? DEFAULT_SIZE : parameters.number();
    return Objects.requireNonNullElse(parameters.perPage(), (int) Math.min(number, LARGEST_SIZE));
  }

  private static Sort.Key sortedBy(ListCustomersOrderbyParameter orderby) {
    return switch (orderby) {
      case ID -> CustomerColumn.ID;
      case USER_ID -> CustomerColumn.USER;
      case NAME -> CustomerColumn.NAME;
      case EMAIL -> CustomerColumn.EMAIL;
      case COMPANY_ID -> CustomerColumn.COMPANY;
      case DATE -> CustomerColumn.CREATED;
    };
  }
}
