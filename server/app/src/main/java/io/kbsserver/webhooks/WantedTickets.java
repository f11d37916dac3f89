package io.kbsserver.webhooks;

import java.util.List;

/**
 * Of which tickets a webhook tells.
 *
 * @param departments in one of which they are; empty for all tickets
 * @param statuses of which they have one; empty for all
 */
public record WantedTickets(List<Long> departments, List<String> statuses) {

  /** All of them. */
  public static final WantedTickets ALL = new WantedTickets(List.of(), List.of());

  /** Whether it is all of them. */
  public boolean all() {
    return equals(ALL);
  }
}
