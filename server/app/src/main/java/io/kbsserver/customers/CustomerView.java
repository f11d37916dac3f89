package io.kbsserver.customers;

import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A customer with all that is shown of one. Null means that there is none.
 *
 * @param additionalEmails further addresses, in the order in which they were added
 */
record CustomerView(Row row, List<String> additionalEmails) {

  /**
   * What stands in the customer's own row.
   *
   * @param notes all of them as WordPress keeps them, with empty lines between
   * @param created in UTC
   * @param tickets how many tickets in a registered status there are
   */
  record Row(
      long id,
      String name,
      @Nullable Long userId,
      @Nullable String email,
      @Nullable Long companyId,
      @Nullable String primaryPhone,
      @Nullable String additionalPhone,
      @Nullable String website,
      Address address,
      @Nullable String notes,
      @Nullable LocalDateTime created,
      long tickets) {}

  /** A postal address. */
  record Address(
      @Nullable String line1,
      @Nullable String line2,
      @Nullable String city,
      @Nullable String state,
      @Nullable String country,
      @Nullable String zip) {}
}
