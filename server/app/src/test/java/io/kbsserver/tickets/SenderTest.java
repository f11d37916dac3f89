package io.kbsserver.tickets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

/** Who wrote a ticket, as it says itself or as the customer of the day fills it. */
class SenderTest {

  private static Sender sender(String own, String ofCustomer) {
    return new Sender(
        own,
        own,
        own,
        own,
        own,
        own,
        7L,
        ofCustomer,
        ofCustomer,
        ofCustomer,
        ofCustomer,
        ofCustomer);
  }

  @Test
  void whatTheTicketSaysCounts() {
    assertEquals(
        new TicketView.UserInfo("own", "own", "own", "own", "own", "own", 7L),
        sender("own", "other").shown());
  }

  @Test
  void whatWasGivenButEmptyIsTheCustomers() {
    assertEquals(
        new TicketView.UserInfo(
            "Ann", "Lee Roy", "Ann  Lee Roy", "Ann  Lee Roy", "Ann  Lee Roy", "Ann  Lee Roy", 7L),
        sender("", "Ann  Lee Roy").shown());
  }

  @Test
  void whatWasNotGivenIsTheCustomersForNameAndAddressOnly() {
    TicketView.UserInfo shown = sender(null, "Ann").shown();
    assertEquals("Ann", shown.firstName());
    assertEquals("", shown.lastName());
    assertEquals("Ann", shown.email());
    assertNull(shown.primaryPhone());
    assertNull(shown.additionalPhone());
    assertNull(shown.website());
  }

  @Test
  void whereNobodyKnowsAnythingItIsEmpty() {
    assertEquals(new TicketView.UserInfo("", "", "", "", "", "", 7L), sender("", null).shown());
  }
}
