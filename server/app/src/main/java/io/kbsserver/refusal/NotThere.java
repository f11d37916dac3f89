package io.kbsserver.refusal;

import java.util.Map;

/** What was asked for was there once, and will not be again. */
public final class NotThere extends Refusal {

  private static final long serialVersionUID = 1L;

  private NotThere(String code, String message, Map<String, Fault> faults) {
    super(code, message, faults);
  }

  /** The changes behind this position were folded away. */
  public static NotThere changes() {
    return ofChanges(
        "rest_changes_folded", "The changes behind this position are not kept any more.");
  }

  /** What the caller sees, or how it is shown, is another since this position. */
  public static NotThere sightOfChanges() {
    return ofChanges(
        "rest_sight_changed",
        "Behind this position it was changed what you see, by your roles, your customers, your"
            + " departments or the settings of the site.");
  }

  private static NotThere ofChanges(String code, String why) {
    String message =
        why + " Begin anew: read /kbs/v1/tickets/export, and go on from the position it tells.";
    return new NotThere(code, message, Map.of("after", new Fault(code, "after: " + why)));
  }
}
