package io.kbsserver.customers;

import java.time.LocalDateTime;
import java.util.List;

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
      Long userId,
      String email,
      Long companyId,
      String primaryPhone,
      String additionalPhone,
      String website,
      Address address,
      String notes,
      LocalDateTime created,
      long tickets) {}

  /** A postal address. */
  record Address(
      String line1, String line2, String city, String state, String country, String zip) {}
}
