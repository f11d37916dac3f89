package io.kbsserver.access;

import io.kbsserver.storage.JsonText;
import io.kbsserver.storage.SqlCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What tickets were like before a change: conditions on the column {@code sight} of the log of
 * changes, an object of JSON, which is null where sight did not depend on the change.
 */
final class FormerTickets implements TicketState {

  @Override
  public String field(String l, String name) {
    return JsonText.of(l + ".sight", "$." + name);
  }

  @Override
  public String isOpen(String l) {
    return field(l, "protected") + " = 'false'";
  }

  @Override
  public SqlCondition inDepartmentOf(String l, long userId) {
    return SqlCondition.of(
        "EXISTS (SELECT 1 FROM department_agent da WHERE da.user_id = ? AND JSON_CONTAINS("
            + l
            + ".sight, CAST(da.department_id AS CHAR), '$.terms'))",
        userId);
  }

  @Override
  public SqlCondition withAdditionalAgent(String l, long userId) {
    return contains(l, "agents", String.valueOf(userId));
  }

  @Override
  public SqlCondition ofAnyOf(
      String l, List<Long> customerIds, List<Long> companyIds, @Nullable String email) {
    List<SqlCondition> ways = new ArrayList<>();
    ways.add(SqlCondition.in(field(l, "customer_id"), customerIds));
    ways.add(SqlCondition.in(field(l, "company_id"), companyIds));
    if (email != null) {
      ways.add(
          SqlCondition.of(
              "JSON_CONTAINS(" + l + ".sight, JSON_QUOTE(?), '$.participants')",
              email.toLowerCase(Locale.ROOT)));
    }
    return SqlCondition.any(ways);
  }

  private static SqlCondition contains(String l, String list, String value) {
    return SqlCondition.of("JSON_CONTAINS(" + l + ".sight, ?, '$." + list + "')", value);
  }
}
