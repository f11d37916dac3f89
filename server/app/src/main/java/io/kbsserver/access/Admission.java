package io.kbsserver.access;

import io.kbsserver.contract.Callers;
import io.kbsserver.site.Site;
import java.util.Optional;

/** The one rule that says who may call an operation at all; what they see there is in the SQL. */
public final class Admission {

  private Admission() {}

  /** Whether somebody, or nobody known, is among those whom the contract admits. */
  public static boolean of(Callers callers, Optional<Caller> caller, Site site) {
    return switch (callers) {
      case ANYONE -> true;
      case LOGIN -> caller.isPresent();
      case REPLIER -> caller.filter(login -> login.mayReply(site)).isPresent();
      case AGENT -> caller.filter(login -> login.isAgent(site)).isPresent();
      case MANAGER -> caller.filter(Caller::isManager).isPresent();
    };
  }
}
