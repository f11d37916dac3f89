package io.kbsserver.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.site.Setting;
import io.kbsserver.site.Site;
import io.kbsserver.site.SiteSettings;
import io.kbsserver.storage.SqlCondition;
import io.kbsserver.storage.WayToRows;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tickets a caller may see, as the condition says it. */
class VisibilityTest {

  private enum On {
    DEPARTMENTS(Setting.ENABLE_DEPARTMENTS),
    MULTIPLE_AGENTS(Setting.MULTIPLE_AGENTS),
    PARTICIPANTS(Setting.ENABLE_PARTICIPANTS),
    ADMIN_AGENTS(Setting.ADMIN_AGENTS),
    RESTRICTED(Setting.RESTRICT_AGENT_VIEW);

    private final Setting<Boolean> setting;

    On(Setting<Boolean> setting) {
      this.setting = setting;
    }
  }

  private static final SqlCondition ALL_BUT_DELETED = SqlCondition.of("x.status <> ?", ".deleted");

  private static Site site(On... on) {
    Set<On> settings = EnumSet.noneOf(On.class);
    settings.addAll(List.of(on));
    Map<String, String> kept = new HashMap<>();
    for (On one : On.values()) {
      kept.put(one.setting.name(), one.setting.kept(settings.contains(one)));
    }
    return SiteSettings.in(kept);
  }

  private static Caller caller(String role) {
    return new Caller(7, "login", "login@example.com", Set.of(role), List.of(), List.of());
  }

  private static SqlCondition seen(Caller caller, On... on) {
    return Visibility.of(caller, site(on)).on("x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"support_agent", "support_manager"})
  void agentsSeeAllTicketsThatAreThere(String role) {
    assertEquals(ALL_BUT_DELETED, seen(caller(role)));
  }

  @Test
  void managersAreNotRestricted() {
    assertEquals(ALL_BUT_DELETED, seen(caller("support_manager"), On.RESTRICTED));
    assertEquals(ALL_BUT_DELETED, seen(caller("administrator"), On.RESTRICTED, On.ADMIN_AGENTS));
  }

  @Test
  void administratorsAreAgentsWhereTheSiteSaysSo() {
    assertEquals(ALL_BUT_DELETED, seen(caller("administrator"), On.ADMIN_AGENTS));
    assertEquals(SqlCondition.NEVER, seen(caller("administrator")));
  }

  @Test
  void aRestrictedAgentSeesTheOwnAndWhatNobodyHasTaken() {
    SqlCondition seen = seen(caller("support_agent"), On.RESTRICTED);
    assertEquals(
        "((x.agent_id = ?) OR (x.status IN (?, ?, ?)) OR (x.agent_id IS NULL))"
            + " AND (x.status <> ?)",
        seen.sql());
    assertEquals(List.of(7L, "new", "draft", "auto-draft", ".deleted"), seen.args());
  }

  @Test
  void departmentsTakeThePlaceOfTicketsWithoutAnAgent() {
    String sql = seen(caller("support_agent"), On.RESTRICTED, On.DEPARTMENTS).sql();
    assertTrue(sql.contains("da.user_id = ?"), sql);
    assertTrue(sql.contains("tt.ticket_id = x.id"), sql);
    assertFalse(sql.contains("x.agent_id IS NULL"), sql);
  }

  @Test
  void additionalAgentsCountWhereTicketsMayHaveThem() {
    String sql = seen(caller("support_agent"), On.RESTRICTED, On.MULTIPLE_AGENTS).sql();
    assertTrue(sql.contains("ta.ticket_id = x.id AND ta.user_id = ?"), sql);
    assertFalse(seen(caller("support_agent"), On.RESTRICTED).sql().contains("ticket_agent"));
  }

  @Test
  void whoIsNobodyHereSeesNothing() {
    assertEquals(SqlCondition.NEVER, seen(caller("subscriber"), On.RESTRICTED));
    Caller withoutEmail = new Caller(7, "login", "", Set.of(), List.of(), List.of());
    assertEquals(SqlCondition.NEVER, seen(withoutEmail, On.PARTICIPANTS));
  }

  @Test
  void customersSeeTheirOwnAndTheirCompanysAndWhatTheyTakePartIn() {
    Caller customer =
        new Caller(7, "login", "login@example.com", Set.of(), List.of(1L, 2L), List.of(3L));
    SqlCondition own = seen(customer);
    assertEquals(List.of(1L, 2L, 3L), own.args());
    assertTrue(own.sql().startsWith("(x.id IN ("), own.sql());
    assertTrue(own.sql().contains("x.customer_id IS NOT NULL AND x.protected = FALSE"), own.sql());
    assertTrue(own.sql().contains("ticket_status s WHERE s.slug = x.status"), own.sql());
    assertEquals(List.of(1L, 2L, 3L, "login@example.com"), seen(customer, On.PARTICIPANTS).args());
    assertEquals(List.of("login@example.com"), seen(caller("subscriber"), On.PARTICIPANTS).args());
  }

  @Test
  void eachWayToACustomersTicketsIsOneOfItsOwn() {
    Caller customer =
        new Caller(7, "login", "login@example.com", Set.of(), List.of(1L, 2L), List.of(3L));
    List<WayToRows> ways = Visibility.of(customer, site(On.PARTICIPANTS)).ways("x");
    assertEquals(
        List.of(
            "own.customer_id = ? [1]",
            "own.customer_id = ? [2]",
            "own.company_id = ? [3]",
            "own.email = ? [login@example.com]"),
        ways.stream().map(way -> way.condition().sql() + " " + way.condition().args()).toList());
    assertTrue(ways.stream().allMatch(way -> way.also().sql().contains("x.protected = FALSE")));
    assertEquals(3, Visibility.of(customer, site()).ways("x").size());
  }

  @Test
  void whoSeesMoreThanACustomerHasNoWays() {
    for (String role : List.of("administrator", "support_manager", "support_agent")) {
      Caller both =
          new Caller(7, "login", "login@example.com", Set.of(role), List.of(1L), List.of());
      assertEquals(
          List.of(), Visibility.of(both, site(On.RESTRICTED, On.ADMIN_AGENTS)).ways("x"), role);
    }
    List<Long> many = LongStream.rangeClosed(1, 9).boxed().toList();
    Caller ofMany = new Caller(7, "login", "", Set.of(), many, List.of());
    assertEquals(List.of(), Visibility.of(ofMany, site()).ways("x"));
  }

  @Test
  void ticketsThatAreNamedAreAsked() {
    Caller customer =
        new Caller(7, "login", "login@example.com", Set.of(), List.of(1L, 2L), List.of(3L));
    SqlCondition named = Visibility.of(customer, site(On.PARTICIPANTS)).onNamed("x");
    assertEquals(List.of(1L, 2L, 3L, "login@example.com"), named.args());
    assertTrue(named.sql().contains("x.customer_id IN (?, ?)) OR (x.company_id IN"), named.sql());
    assertFalse(named.sql().contains("UNION"), named.sql());
  }
}
