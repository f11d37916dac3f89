package io.kbsserver.access;

import io.kbsserver.site.BuiltInStatus;
import io.kbsserver.site.Setting;
import io.kbsserver.site.Site;
import io.kbsserver.storage.SqlCondition;
import io.kbsserver.storage.TableCondition;
import io.kbsserver.storage.WayToRows;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which tickets a caller may see, as a condition of every statement that touches tickets. */
public final class Visibility {

  private Visibility() {}

  /** The condition on the table {@code ticket}. */
  public static TableCondition of(Caller caller, Site site) {
    PresentTickets asked = new PresentTickets(true);
    return TableCondition.of(
        of(caller, site, new PresentTickets(false)),
        of(caller, site, asked),
        t ->
            caller.isTicketAdmin(site) || caller.isAgent(site)
                ? List.of()
                : waysOfCustomer(t, caller, site, asked));
  }

  /** The same for what tickets were before a change: the condition on the log of changes. */
  static TableCondition before(Caller caller, Site site) {
    return of(caller, site, new FormerTickets());
  }

  private static TableCondition of(Caller caller, Site site, TicketState state) {
    TableCondition notDeleted =
        t -> SqlCondition.of(state.field(t, "status") + " <> ?", BuiltInStatus.DELETED);
    if (caller.isTicketAdmin(site)) {
      return notDeleted;
    }
    if (caller.isAgent(site)) {
      return site.get(Setting.RESTRICT_AGENT_VIEW)
          ? t -> ofRestrictedAgent(t, caller, site, state).and(notDeleted.on(t))
          : notDeleted;
    }
    return t -> ofCustomer(t, caller, site, state);
  }

  /**
   * The same for the tickets that a caller may reply to: of a customer they are the own ones. Asked
   * of those that a statement names.
   */
  public static TableCondition toReply(Caller caller, Site site) {
    if (caller.isAgent(site)) {
      return of(caller, site);
    }
    return caller.mayReply(site)
        ? t ->
            SqlCondition.in(t + ".customer_id", caller.customerIds())
                .and(of(caller, site).onNamed(t))
        : t -> SqlCondition.NEVER;
  }

  private static SqlCondition ofRestrictedAgent(
      String t, Caller caller, Site site, TicketState state) {
    List<SqlCondition> any = new ArrayList<>();
    any.add(SqlCondition.of(state.field(t, "agent_id") + " = ?", caller.userId()));
    any.add(SqlCondition.in(state.field(t, "status"), BuiltInStatus.UNTAKEN));
    if (site.get(Setting.ENABLE_DEPARTMENTS)) {
      any.add(state.inDepartmentOf(t, caller.userId()));
    } else {
      any.add(SqlCondition.of(state.field(t, "agent_id") + " IS NULL"));
    }
    if (site.get(Setting.MULTIPLE_AGENTS)) {
      any.add(state.withAdditionalAgent(t, caller.userId()));
    }
    return SqlCondition.any(any);
  }

  /** Tickets in a status that is not listed (trash, drafts) are for agents. */
  private static SqlCondition ofCustomer(String t, Caller caller, Site site, TicketState state) {
    String email = takesPartAs(caller, site);
    if (caller.customerIds().isEmpty() && caller.companyIds().isEmpty() && email == null) {
      return SqlCondition.NEVER;
    }
    return state
        .ofAnyOf(t, caller.customerIds(), caller.companyIds(), email)
        .and(isForCustomers(t, state));
  }

  private static List<WayToRows> waysOfCustomer(
      String t, Caller caller, Site site, TicketState state) {
    return PresentTickets.ways(caller.customerIds(), caller.companyIds(), takesPartAs(caller, site))
        .stream()
        .map(way -> way.and(isForCustomers(t, state)))
        .toList();
  }

  private static @Nullable String takesPartAs(Caller caller, Site site) {
    return site.get(Setting.ENABLE_PARTICIPANTS) && !caller.email().isEmpty()
        ? caller.email()
        : null;
  }

  private static SqlCondition isForCustomers(String t, TicketState state) {
    return SqlCondition.of(state.field(t, "customer_id") + " IS NOT NULL AND " + state.isOpen(t))
        .and(isListed(state.field(t, "status")));
  }

  /**
   * That a status is one that is listed. It is looked up, and not {@code IN} those that are: MySQL
   * would begin with these, and read all tickets to find those of a customer who has many.
   */
  private static SqlCondition isListed(String status) {
    return SqlCondition.of(
        "(SELECT s.registered FROM ticket_status s WHERE s.slug = " + status + ")");
  }
}
