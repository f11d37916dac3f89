package io.kbsserver.access;

import io.kbsserver.storage.SqlCondition;
import io.kbsserver.storage.WayToRows;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What tickets are like: conditions on the table {@code ticket}.
 *
 * @param named whether the statement names the tickets, and is to ask each of them
 */
record PresentTickets(boolean named) implements TicketState {

  /** Of so many customers and companies each is looked at apart. */
  private static final int MOST_WAYS = 8;

  @Override
  public String field(String t, String name) {
    return t + "." + name;
  }

  @Override
  public String isOpen(String t) {
    return t + ".protected = FALSE";
  }

  @Override
  public SqlCondition inDepartmentOf(String t, long userId) {
    return found(
        "SELECT 1 FROM ticket_term tt JOIN department_agent da ON da.department_id = tt.term_id"
            + " WHERE tt.ticket_id = "
            + t
            + ".id AND da.user_id = ?",
        userId);
  }

  @Override
  public SqlCondition withAdditionalAgent(String t, long userId) {
    return found(
        "SELECT 1 FROM ticket_agent ta WHERE ta.ticket_id = " + t + ".id AND ta.user_id = ?",
        userId);
  }

  private SqlCondition found(String select, long userId) {
    SqlCondition any = SqlCondition.of(select, userId);
    return named ? any.isFoundForEach() : any.isFound();
  }

  /**
   * They are looked up from the side of the customer, each way by its own index: asked of every
   * ticket, the same would cost a look at all of them. Those that are named are asked: to look all
   * of a customer's up for them would cost a look at these.
   */
  @Override
  public SqlCondition ofAnyOf(
      String t, List<Long> customerIds, List<Long> companyIds, @Nullable String email) {
    return named
        ? asked(t, customerIds, companyIds, email)
        : lookedUp(t, customerIds, companyIds, email);
  }

  private static SqlCondition asked(
      String t, List<Long> customerIds, List<Long> companyIds, @Nullable String email) {
    List<SqlCondition> ways = new ArrayList<>();
    ways.add(SqlCondition.in(t + ".customer_id", customerIds));
    ways.add(SqlCondition.in(t + ".company_id", companyIds));
    if (email != null) {
      ways.add(
          SqlCondition.of(
              "EXISTS (SELECT 1 FROM ticket_participant tp WHERE tp.ticket_id = "
                  + t
                  + ".id AND tp.email = ?)",
              email));
    }
    return SqlCondition.any(ways);
  }

  /** The same, each apart; none where they would be very many. */
  static List<WayToRows> ways(
      List<Long> customerIds, List<Long> companyIds, @Nullable String email) {
    if (customerIds.size() + companyIds.size() > MOST_WAYS) {
      return List.of();
    }
    List<WayToRows> ways = new ArrayList<>();
    customerIds.forEach(id -> ways.add(own(SqlCondition.of("own.customer_id = ?", id))));
    companyIds.forEach(id -> ways.add(own(SqlCondition.of("own.company_id = ?", id))));
    if (email != null) {
      SqlCondition theirs = SqlCondition.of("own.email = ?", email);
      ways.add(new WayToRows("ticket_participant own", "own.ticket_id", theirs));
    }
    return ways;
  }

  private static WayToRows own(SqlCondition condition) {
    return new WayToRows("ticket own", "own.id", condition);
  }

  private static SqlCondition lookedUp(
      String t, List<Long> customerIds, List<Long> companyIds, @Nullable String email) {
    List<SqlCondition> ways = new ArrayList<>();
    if (!customerIds.isEmpty()) {
      ways.add(ids("ticket own", "own.id", SqlCondition.in("own.customer_id", customerIds)));
    }
    if (!companyIds.isEmpty()) {
      ways.add(ids("ticket own", "own.id", SqlCondition.in("own.company_id", companyIds)));
    }
    if (email != null) {
      ways.add(
          ids(
              "ticket_participant tp",
              "tp.ticket_id AS id",
              SqlCondition.of("tp.email = ?", email)));
    }
    return SqlCondition.inAny(t + ".id", ways);
  }

  private static SqlCondition ids(String table, String id, SqlCondition condition) {
    return new SqlCondition(
        "SELECT " + id + " FROM " + table + " WHERE " + condition.sql(), condition.args());
  }
}
