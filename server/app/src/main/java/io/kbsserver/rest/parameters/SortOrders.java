package io.kbsserver.rest.parameters;

import io.kbsserver.api.model.SortOrder;

/** What the parameter {@code order} says, for all controllers. */
public final class SortOrders {

  private SortOrders() {}

  /** Whether a list begins with the largest. */
  public static boolean isDescending(SortOrder order) {
    return switch (order) {
      case ASC -> false;
      case DESC -> true;
    };
  }
}
