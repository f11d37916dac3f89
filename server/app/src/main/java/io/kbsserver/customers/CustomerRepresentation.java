package io.kbsserver.customers;

import static io.kbsserver.api.OperationId.GET_COMPANY;
import static io.kbsserver.api.OperationId.GET_CUSTOMER;
import static io.kbsserver.api.OperationId.GET_USER;
import static io.kbsserver.api.OperationId.LIST_CUSTOMERS;
import static io.kbsserver.api.OperationId.LIST_TICKETS;
import static java.util.Objects.requireNonNullElse;

import io.kbsserver.api.model.Customer;
import io.kbsserver.api.model.CustomerAddress;
import io.kbsserver.api.model.CustomerLinks;
import io.kbsserver.api.model.CustomerPhone;
import io.kbsserver.link.Links;
import io.kbsserver.text.PlainText;
import jakarta.inject.Singleton;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Turns customers into what goes over the wire. */
@Singleton
class CustomerRepresentation {

  /** As it stands in the plugin's own table: not as WordPress writes dates. */
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private static final int MOST_NOTES = 20;

  private final Links links;

  CustomerRepresentation(Links links) {
    this.links = links;
  }

  Customer of(CustomerView customer) {
    CustomerView.Row row = customer.row();
    return Customer.builder()
        .id(row.id())
        .name(row.name())
        .userId(requireNonNullElse(row.userId(), 0L))
        .email(requireNonNullElse(row.email(), ""))
        .additionalEmails(customer.additionalEmails())
        .phone(
            CustomerPhone.builder()
                .primary(requireNonNullElse(row.primaryPhone(), ""))
                .additional(requireNonNullElse(row.additionalPhone(), ""))
                .build())
        .website(requireNonNullElse(row.website(), ""))
        .address(address(row.address()))
        .company(requireNonNullElse(row.companyId(), 0L))
        .dateCreated(row.created() == null ? null : DATE.format(row.created()))
        .notes(notes(requireNonNullElse(row.notes(), "")))
        .ticketCount(row.tickets())
        ._links(links(row))
        .build();
  }

  private static CustomerAddress address(CustomerView.Address address) {
    return CustomerAddress.builder()
        .line1(requireNonNullElse(address.line1(), ""))
        .line2(requireNonNullElse(address.line2(), ""))
        .city(requireNonNullElse(address.city(), ""))
        .state(requireNonNullElse(address.state(), ""))
        .country(requireNonNullElse(address.country(), ""))
        .zip(requireNonNullElse(address.zip(), ""))
        .build();
  }

  /** They are kept with an empty line before each, the newest last, and slashed as by PHP. */
  private static List<String> notes(String all) {
    List<String> notes = new ArrayList<>(List.of(PlainText.unslashed(all).split("\n\n")));
    notes.removeIf(String::isEmpty);
    Collections.reverse(notes);
    return notes.subList(0, Math.min(MOST_NOTES, notes.size()));
  }

  private CustomerLinks links(CustomerView.Row row) {
    return CustomerLinks.builder()
        .self(links.to(GET_CUSTOMER, row.id()))
        .collection(links.to(LIST_CUSTOMERS))
        .tickets(links.toThoseWith(LIST_TICKETS, "customer", row.id()))
        .user(links.toEmbeddable(GET_USER, row.userId()))
        .company(links.toEmbeddable(GET_COMPANY, row.companyId()))
        .build();
  }
}
