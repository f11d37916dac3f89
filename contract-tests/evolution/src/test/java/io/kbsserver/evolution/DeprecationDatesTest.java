package io.kbsserver.evolution;

import static io.kbsserver.evolution.Edit.add;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class DeprecationDatesTest {

  private static final String PUT = "/paths/~1kbs~1v1~1tickets~1{idOrNumber}/put";
  private static final String STATUS = "/components/schemas/TicketUpdate/properties/status";
  private static final String WHERE = "/paths//kbs/v1/tickets/{idOrNumber}/put";

  @Test
  void whatIsDeprecatedInTheContractHasDates() {
    assertEquals(List.of(), DeprecationDates.findings(Edition.read(Edition.WORKING)));
  }

  @Test
  void bothDatesAreNeeded() {
    assertEquals(
        List.of(WHERE + " is deprecated: it needs a date such as 2026-01-02 as x-deprecated-since"),
        findings(add(PUT + "/deprecated", "true"), add(PUT + "/x-sunset", "2027-01-02")));
    assertEquals(
        List.of(STATUS + " is deprecated: it needs a date such as 2026-01-02 as x-sunset"),
        findings(
            add(STATUS + "/deprecated", "true"),
            add(STATUS + "/x-deprecated-since", "2026-01-02"),
            add(STATUS + "/x-sunset", "soon")));
  }

  @Test
  void sunsetComesLater() {
    assertEquals(
        List.of(WHERE + " goes before it is deprecated: x-sunset has to be later"),
        findings(
            add(PUT + "/deprecated", "true"),
            add(PUT + "/x-deprecated-since", "2026-01-02"),
            add(PUT + "/x-sunset", "2026-01-02")));
  }

  @Test
  void datesAloneSayNothing() {
    assertEquals(
        List.of(WHERE + " has dates, but no deprecated: true"),
        findings(add(PUT + "/x-sunset", "2026-01-02")));
  }

  @Test
  void whatHasBothDatesIsFine() {
    assertEquals(
        List.of(),
        findings(
            add(PUT + "/deprecated", "true"),
            add(PUT + "/x-deprecated-since", "2026-01-02"),
            add(PUT + "/x-sunset", "'2027-01-02'")));
  }

  /** A parser that goes by the rules drops it, and nobody is told. */
  @Test
  void besideAReferenceNothingCounts() {
    String title = "/components/schemas/Ticket/properties/title";
    assertEquals(
        List.of(
            title
                + " is deprecated beside a reference, where that does not count: write out what"
                + " #/components/schemas/RenderedText is"),
        findings(
            add(title + "/deprecated", "true"),
            add(title + "/x-deprecated-since", "2026-01-02"),
            add(title + "/x-sunset", "'2027-01-02'")));
  }

  private static List<String> findings(Edit... edits) {
    Edition released = Edition.read(Edition.RELEASED.resolve("1.0.0.yaml"));
    return DeprecationDates.findings(Edit.of(released, edits));
  }
}
