package io.kbsserver.evolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who breaks by a change of the contract is told, and why. */
class ConsequencesTest {

  private static final Edition RELEASED = Edition.read(Edition.RELEASED.resolve("1.0.0.yaml"));
  private static final Edition WORKING = Edition.read(Edition.WORKING);
  private static final LocalDate TODAY = LocalDate.of(2026, 6, 1);
  private static final String DATA = "/components/schemas/TicketData";
  private static final String RESOLVED = "resolved_date";

  @Test
  void whoBreaksIsTold() {
    Consequences consequences =
        of(
            Edit.remove(DATA + "/properties/" + RESOLVED),
            Edit.drop(DATA + "/required", RESOLVED),
            Edit.drop(DATA + "/required", "customer"));
    assertEquals(List.of("agents-mobile", "clients of 1.0.0"), consequences.victims());
    String text = consequences.text();
    assertTrue(text.contains("\n  customer-portal: not affected\n"), text);
    assertTrue(
        text.contains("\n  agents-mobile: breaks\n    agents-mobile-kbs-server.json:"), text);
    assertTrue(
        text.contains("in \"a ticket to be closed\" expects ticket_data.resolved_date, which"),
        text);
    assertTrue(text.contains("ticket_data.customer (may be missing)"), text);
    assertTrue(text.contains("\nThe gate between releases\n  Clients of version 1.0.0"), text);
    assertTrue(text.contains("make it version 2.0.0"), text);
  }

  @Test
  void nothingIsToldOfWhatIsFine() {
    Consequences consequences = of();
    assertEquals(List.of(), consequences.victims());
    String text = consequences.text();
    assertTrue(text.endsWith("The gate between releases\n  nothing to be done\n"), text);
  }

  /** What a release will be asked, of which the working contract is the next one. */
  @Test
  void theContractAsItIsBreaksNobody() {
    Consequences same = ofWorking();
    assertEquals(List.of(), same.victims(), same::text);
    Consequences changed =
        ofWorking(Edit.remove("/components/schemas/WebhookMessageData/properties/id"));
    assertEquals(
        List.of("webhook-listener", "clients of " + WORKING.versionText()), changed.victims());
    assertTrue(
        changed.text().contains("in \"a ticket that was opened\" expects data.id, which"),
        changed::text);
  }

  private static Consequences ofWorking(Edit... edits) {
    Edition asked =
        PlainShape.completed(
            new Edition(PlainShape.of((ObjectNode) Edit.of(WORKING, edits).tree())), WORKING);
    return Consequences.of(asked, PactFile.ours(), new Gate(List.of(WORKING), "", TODAY));
  }

  private static Consequences of(Edit... edits) {
    Gate gate = new Gate(List.of(RELEASED), "", TODAY);
    return Consequences.of(Edit.of(RELEASED, edits), PactFile.ofFirstRelease(), gate);
  }
}
