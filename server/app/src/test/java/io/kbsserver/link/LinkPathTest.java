package io.kbsserver.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kbsserver.api.OperationId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinkPathTest {

  private final LinkPath ticket = LinkPath.of(OperationId.GET_TICKET);
  private final LinkPath tickets = LinkPath.of(OperationId.LIST_TICKETS);

  @Test
  void anIdTakesThePlaceOfTheVariablePart() {
    assertEquals("/kbs/v1/tickets/7", ticket.of(7));
    assertEquals("/kbs/v1/tickets", tickets.fixed());
    assertEquals("/a/7/b", new LinkPath("/a/", "/b").of(7));
  }

  @Test
  void thereIsNoPathWithoutAnIdItNeedsNorWithOneItDoesNotTake() {
    assertThrows(IllegalArgumentException.class, ticket::fixed);
    assertThrows(IllegalArgumentException.class, () -> tickets.of(7));
    assertThrows(IllegalArgumentException.class, () -> new LinkPath("/a/", "/b/{id}").of(7));
  }

  @Test
  void theIdIsReadFromAPathOfTheOperationOnly() {
    assertEquals(Optional.of(7L), ticket.idIn("/kbs/v1/tickets/7"));
    assertEquals(Optional.of(7L), new LinkPath("/a/", "/b").idIn("/a/7/b"));
    assertEquals(Optional.empty(), new LinkPath("/a/", "/b").idIn("/a/7"));
    assertEquals(Optional.empty(), new LinkPath("/a/b", "b/c").idIn("/a/b/c"));
    assertEquals(Optional.empty(), ticket.idIn("/kbs/v1/tickets/"));
    assertEquals(Optional.empty(), ticket.idIn("/kbs/v1/tickets/?customer=7"));
    assertEquals(Optional.empty(), ticket.idIn("/kbs/v1/tickets/7/replies"));
    assertEquals(Optional.empty(), ticket.idIn("/kbs/v1/companies/7"));
    assertEquals(Optional.empty(), ticket.idIn("/kbs/v1/tickets/99999999999999999999"));
    assertEquals(Optional.empty(), tickets.idIn("/kbs/v1/tickets"));
  }
}
