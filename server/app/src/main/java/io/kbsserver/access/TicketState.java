package io.kbsserver.access;

import io.kbsserver.storage.SqlCondition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where it stands what a ticket is like, or was: all that anyone's sight of it depends on. */
interface TicketState {

  /**
   * A column of the table of tickets, null where it was null.
   *
   * @param alias what the table with it is called in the statement
   */
  String field(String alias, String name);

  /** That it is not protected by a password. */
  String isOpen(String alias);

  /** That it belongs to a department of this user. */
  SqlCondition inDepartmentOf(String alias, long userId);

  /** That this user is one of its additional agents. */
  SqlCondition withAdditionalAgent(String alias, long userId);

  /**
   * That it is of any of these, of which there is one at least.
   *
   * @param email of somebody who may take part in it; null for nobody
   */
  SqlCondition ofAnyOf(
      String alias, List<Long> customerIds, List<Long> companyIds, @Nullable String email);
}
