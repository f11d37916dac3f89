package io.kbsserver.access;

import java.util.List;

/** The WordPress roles that mean something to the help desk; any other role has no rights. */
public final class Role {

  /** Runs the site; an agent unless the site says otherwise. */
  public static final String ADMINISTRATOR = "administrator";

  /** Runs the help desk. */
  public static final String SUPPORT_MANAGER = "support_manager";

  /** Works on tickets. */
  public static final String SUPPORT_AGENT = "support_agent";

  /** Opens tickets. */
  public static final String SUPPORT_CUSTOMER = "support_customer";

  /** Those that mean something to the help desk, of which who is added here has one. */
  public static final List<String> OF_THE_HELP_DESK =
      List.of(ADMINISTRATOR, SUPPORT_MANAGER, SUPPORT_AGENT, SUPPORT_CUSTOMER);

  /** Writes on the site; may publish unfiltered HTML. */
  public static final String EDITOR = "editor";

  /** A right that WordPress can give to single users, and to any role; kept beside the roles. */
  public static final String UNFILTERED_HTML = "unfiltered_html";

  /** That a user has one of the roles below, and their HTML is filtered all the same. */
  public static final String NO_UNFILTERED_HTML = "no_unfiltered_html";

  /** Another right of that kind. */
  public static final String EDIT_TICKETS = "edit_tickets";

  /** Those that stand beside the roles. */
  public static final List<String> RIGHTS =
      List.of(UNFILTERED_HTML, NO_UNFILTERED_HTML, EDIT_TICKETS);

  /** Those whose HTML is stored as it comes. */
  public static final List<String> OF_UNFILTERED_HTML =
      List.of(ADMINISTRATOR, SUPPORT_MANAGER, EDITOR);

  private Role() {}
}
