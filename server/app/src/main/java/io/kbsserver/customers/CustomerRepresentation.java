package io.kbsserver.customers;

import static io.kbsserver.api.OperationId.GET_COMPANY;
import static io.kbsserver.api.OperationId.GET_CUSTOMER;
import static io.kbsserver.api.OperationId.GET_USER;
import static io.kbsserver.api.OperationId.LIST_CUSTOMERS;
import static io.kbsserver.api.OperationId.LIST_TICKETS;

import io.kbsserver.api.model.Customer;
import io.kbsserver.api.model.CustomerAddress;
import io.kbsserver.api.model.CustomerLinks;
import io.kbsserver.api.model.CustomerPhone;
import io.kbsserver.link.Links;
import jakarta.inject.Singleton;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** Turns customers into what goes over the wire. */
@Singleton
class CustomerRepresentation {

  /** As it stands in the plugin's own table: not as WordPress writes dates. */
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private final Links links;

  CustomerRepresentation(Links links) {
    this.links = links;
  }

  Customer of(CustomerView customer) {
    CustomerView.Row row = customer.row();
    return Customer.builder()
        .id(row.id())
        .name(row.name())
        .userId(orZero(row.userId()))
        .email(text(row.email()))
        .additionalEmails(
            customer.additionalEmails().stream()
                .filter(email -> !email.equals(row.email()))
                .toList())
        .phone(
            CustomerPhone.builder()
                .primary(text(row.primaryPhone()))
                .additional(text(row.additionalPhone()))
                .build())
        .website(text(row.website()))
        .address(address(row.address()))
        .company(orZero(row.companyId()))
        .dateCreated(row.created() == null ? null : DATE.format(row.created()))
        .notes(notes(text(row.notes())))
        .ticketCount(customer.tickets())
        ._links(links(row))
        .build();
  }

  private static CustomerAddress address(CustomerView.Address address) {
    return CustomerAddress.builder()
        .line1(text(address.line1()))
        .line2(text(address.line2()))
        .city(text(address.city()))
        .state(text(address.state()))
        .country(text(address.country()))
        .zip(text(address.zip()))
        .build();
  }

  /** They are kept with an empty line before each, the newest last. */
  private static List<String> notes(String all) {
    List<String> notes = new ArrayList<>(List.of(all.split("\n\n")));
    notes.removeIf(String::isEmpty);
    Collections.reverse(notes);
    return notes;
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

  private static long orZero(Long id) {
    return id == null ? 0 : id;
  }

  private static String text(String value) {
    return Objects.requireNonNullElse(value, "");
  }
}
