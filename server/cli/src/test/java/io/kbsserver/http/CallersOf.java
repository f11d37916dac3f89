package io.kbsserver.http;

import io.kbsserver.access.Role;
import io.kbsserver.contract.Callers;
import java.util.EnumSet;
import java.util.Set;

/** Those of the contract's callers that somebody is among, on a site with all at its defaults. */
public final class CallersOf {

  private CallersOf() {}

  /**
   * Those that a login with this role is among; null where nobody has logged in. That of a customer
   * has a customer, too.
   */
  public static Set<Callers> role(String role) {
    return switch (role == null ? "" : role) {
      case "" -> EnumSet.of(Callers.ANYONE);
      case Role.ADMINISTRATOR, Role.SUPPORT_MANAGER -> EnumSet.allOf(Callers.class);
      case Role.SUPPORT_AGENT ->
          EnumSet.of(Callers.ANYONE, Callers.LOGIN, Callers.STAFF, Callers.REPLIER, Callers.AGENT);
      case Role.SUPPORT_CUSTOMER -> EnumSet.of(Callers.ANYONE, Callers.LOGIN, Callers.REPLIER);
      default -> EnumSet.of(Callers.ANYONE, Callers.LOGIN);
    };
  }
}
