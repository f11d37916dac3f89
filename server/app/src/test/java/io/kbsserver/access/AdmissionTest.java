package io.kbsserver.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kbsserver.contract.Callers;
import io.kbsserver.site.Setting;
import io.kbsserver.site.Site;
import io.kbsserver.site.SiteSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may call an operation at all. */
class AdmissionTest {

  private static Site site(boolean adminAgents) {
    return SiteSettings.in(
        Map.of(Setting.ADMIN_AGENTS.name(), Setting.ADMIN_AGENTS.kept(adminAgents)));
  }

  private static Optional<Caller> caller(String role) {
    return Optional.of(new Caller(7, "login", "", Set.of(role), List.of(), List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "ANYONE, subscriber, true",
    "LOGIN, subscriber, true",
    "AGENT, subscriber, false",
    "AGENT, support_agent, true",
    "AGENT, support_manager, true",
    "AGENT, administrator, true",
    "MANAGER, support_agent, false",
    "MANAGER, support_manager, true",
    "MANAGER, administrator, true",
    "TICKET_ADMIN, support_agent, false",
    "TICKET_ADMIN, support_manager, true",
    "TICKET_ADMIN, administrator, true"
  })
  void theRoleOfALoginDecides(Callers callers, String role, boolean admitted) {
    assertEquals(admitted, Admission.of(callers, caller(role), site(true)));
  }

  @ParameterizedTest
  @CsvSource({
    "ANYONE, true",
    "LOGIN, false",
    "AGENT, false",
    "MANAGER, false",
    "TICKET_ADMIN, false"
  })
  void whoHasNotLoggedInIsAdmittedToWhatIsOpenToAnyone(Callers callers, boolean admitted) {
    assertEquals(admitted, Admission.of(callers, Optional.empty(), site(true)));
  }

  @Test
  void administratorsManageEvenWhereTheyAreNoAgents() {
    Optional<Caller> administrator = caller("administrator");
    assertEquals(false, Admission.of(Callers.AGENT, administrator, site(false)));
    assertEquals(true, Admission.of(Callers.MANAGER, administrator, site(false)));
    assertEquals(false, Admission.of(Callers.TICKET_ADMIN, administrator, site(false)));
  }
}
