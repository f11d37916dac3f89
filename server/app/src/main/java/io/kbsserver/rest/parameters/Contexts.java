package io.kbsserver.rest.parameters;

import org.jspecify.annotations.Nullable;

/** What the parameter {@code context} says where it takes any text, for all controllers. */
public final class Contexts {

  private Contexts() {}

  /** Whether something is asked for in order to be edited. */
  public static boolean isEdit(@Nullable String context) {
    return "edit".equals(context);
  }
}
