package io.kbsserver.access;

import io.kbsserver.site.BuiltInStatus;
import io.kbsserver.site.Setting;
import io.kbsserver.site.Site;
import io.kbsserver.storage.SqlCondition;
import io.kbsserver.storage.TableCondition;
import java.util.ArrayList;
import java.util.List;

/** Which tickets a caller may see, as a condition of every statement that touches tickets. */
public final class Visibility {

  private static final TableCondition NOT_DELETED =
      t -> SqlCondition.of(t + ".status <> ?", BuiltInStatus.DELETED);

  private Visibility() {}

  /** The condition on the table {@code ticket}. */
  public static TableCondition of(Caller caller, Site site) {
    if (caller.isTicketAdmin(site)) {
      return NOT_DELETED;
    }
    if (caller.isAgent(site)) {
      return site.get(Setting.RESTRICT_AGENT_VIEW)
          ? t -> ofRestrictedAgent(t, caller, site).and(NOT_DELETED.on(t))
          : NOT_DELETED;
    }
    return t -> ofCustomer(t, caller, site);
  }

  /** The same for the tickets that a caller may reply to: of a customer they are the own ones. */
  public static TableCondition toReply(Caller caller, Site site) {
    if (caller.isAgent(site)) {
      return of(caller, site);
    }
    return caller.mayReply(site)
        ? t ->
            SqlCondition.in(t + ".customer_id", caller.customerIds())
                .and(of(caller, site).on(t))
        : t -> SqlCondition.NEVER;
  }

  private static SqlCondition ofRestrictedAgent(String t, Caller caller, Site site) {
    List<SqlCondition> any = new ArrayList<>();
    any.add(SqlCondition.of(t + ".agent_id = ?", caller.userId()));
    any.add(SqlCondition.in(t + ".status", BuiltInStatus.UNTAKEN));
    if (site.get(Setting.ENABLE_DEPARTMENTS)) {
      any.add(
          SqlCondition.of(
              "EXISTS (SELECT 1 FROM ticket_term tt JOIN department_agent da"
                  + " ON da.department_id = tt.term_id"
                  + " WHERE tt.ticket_id = "
                  + t
                  + ".id AND da.user_id = ?)",
              caller.userId()));
    } else {
      any.add(SqlCondition.of(t + ".agent_id IS NULL"));
    }
    if (site.get(Setting.MULTIPLE_AGENTS)) {
      any.add(
          SqlCondition.of(
              "EXISTS (SELECT 1 FROM ticket_agent ta WHERE ta.ticket_id = "
                  + t
                  + ".id AND ta.user_id = ?)",
              caller.userId()));
    }
    return SqlCondition.any(any);
  }

  /**
   * Tickets in a status that is not listed (trash, drafts) are for agents. The others are looked up
   * from the side of the customer, each way by its own index: asked of every ticket, the same would
   * cost a look at all of them.
   */
  private static SqlCondition ofCustomer(String t, Caller caller, Site site) {
    List<SqlCondition> ways = new ArrayList<>();
    if (!caller.customerIds().isEmpty()) {
      ways.add(
          ids("ticket own", "own.id", SqlCondition.in("own.customer_id", caller.customerIds())));
    }
    if (!caller.companyIds().isEmpty()) {
      ways.add(ids("ticket own", "own.id", SqlCondition.in("own.company_id", caller.companyIds())));
    }
    if (site.get(Setting.ENABLE_PARTICIPANTS) && !caller.email().isEmpty()) {
      ways.add(
          ids(
              "ticket_participant tp",
              "tp.ticket_id AS id",
              SqlCondition.of("tp.email = ?", caller.email())));
    }
    if (ways.isEmpty()) {
      return SqlCondition.NEVER;
    }
    return SqlCondition.inAny(t + ".id", ways)
        .and(
            SqlCondition.of("%1$s.customer_id IS NOT NULL AND %1$s.protected = FALSE".formatted(t)))
        .and(
            SqlCondition.of(
                t + ".status IN (SELECT slug FROM ticket_status WHERE registered = TRUE)"));
  }

  private static SqlCondition ids(String table, String id, SqlCondition condition) {
    return new SqlCondition(
        "SELECT " + id + " FROM " + table + " WHERE " + condition.sql(), condition.args());
  }
}
