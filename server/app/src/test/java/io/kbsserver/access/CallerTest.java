package io.kbsserver.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What follows from the roles of a login. */
class CallerTest {

  private static Caller caller(String role) {
    return new Caller(7, "login", "login@example.com", Set.of(role), List.of(1L), List.of(2L));
  }

  @ParameterizedTest
  @CsvSource({
    "administrator, true, true, true, true",
    "support_manager, true, true, true, false",
    "support_agent, true, false, true, false",
    "edit_tickets, true, false, true, false",
    "editor, false, true, true, false",
    "unfiltered_html, false, true, false, false",
    "support_customer, false, false, false, false"
  })
  void rolesAndSingleRightsAllow(
      String role, boolean editTickets, boolean publishHtml, boolean write, boolean listUsers) {
    assertEquals(editTickets, caller(role).mayEditTickets());
    assertEquals(publishHtml, caller(role).mayPublishUnfilteredHtml());
    assertEquals(write, caller(role).mayWrite());
    assertEquals(listUsers, caller(role).mayListUsers());
  }

  @Test
  void theHtmlOfThoseFromWhomTheRightWasTakenIsFiltered() {
    Caller editor =
        new Caller(
            7,
            "login",
            "login@example.com",
            Set.of(Role.EDITOR, Role.NO_UNFILTERED_HTML),
            List.of(),
            List.of());
    assertFalse(editor.mayPublishUnfilteredHtml());
    assertTrue(editor.mayWrite());
  }

  @Test
  void whatIsLeftWithoutRightsIsTheLogin() {
    assertEquals(
        new Caller(7, "login", "", Set.of(), List.of(), List.of()),
        caller("administrator").withoutRights());
  }
}
