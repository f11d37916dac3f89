package io.kbsserver.tickets;

import io.micronaut.data.annotation.MappedEntity;
import org.jspecify.annotations.Nullable;

/**
 * Who wrote a ticket: what it says itself, and the customer of the day, from whom it is filled
 * where it says nothing.
 */
@MappedEntity("ticket")
record Sender(
    @Nullable String firstName,
    @Nullable String lastName,
    @Nullable String userInfoEmail,
    @Nullable String primaryPhone,
    @Nullable String additionalPhone,
    @Nullable String website,
    @Nullable Long userInfoId,
    @Nullable String customerEmail,
    @Nullable String customerName,
    @Nullable String customerPrimaryPhone,
    @Nullable String customerAdditionalPhone,
    @Nullable String customerWebsite) {

  /** The sender as answers show it. */
  TicketView.UserInfo shown() {
    String name = customerName == null ? "" : customerName;
    int space = name.indexOf(' ');
    return new TicketView.UserInfo(
        filled(firstName, space < 0 ? name : name.substring(0, space)),
        filled(lastName, space < 0 ? "" : name.substring(space + 1).strip()),
        filled(userInfoEmail, customerEmail),
        filledIfEmpty(primaryPhone, customerPrimaryPhone),
        filledIfEmpty(additionalPhone, customerAdditionalPhone),
        filledIfEmpty(website, customerWebsite),
        userInfoId);
  }

  /** What the ticket says itself. */
  Sender alone() {
    return new Sender(
        firstName,
        lastName,
        userInfoEmail,
        primaryPhone,
        additionalPhone,
        website,
        userInfoId,
        null,
        null,
        null,
        null,
        null);
  }

  /** What a ticket says, or else what is known of the customer. */
  static String filled(@Nullable String own, @Nullable String ofCustomer) {
    if (own != null && !own.isEmpty()) {
      return own;
    }
    return ofCustomer == null ? "" : ofCustomer;
  }

  /** What was given but left empty is filled from the customer; what was not given stays null. */
  private static @Nullable String filledIfEmpty(@Nullable String own, @Nullable String ofCustomer) {
    return own == null || !own.isEmpty() ? own : filled(own, ofCustomer);
  }
}
