package io.kbsserver.refusal;

import java.util.Map;

/** What was asked for does not go together with what there is. */
public final class Conflict extends Refusal {

  private static final long serialVersionUID = 1L;

  private Conflict(String code, String message) {
    super(code, message, Map.of());
  }

  /** The user has an application password of this name. */
  public static Conflict passwordName() {
    return new Conflict(
        "application_password_duplicate_name", "There is an application password of this name.");
  }

  /** The user has as many application passwords as one may have. */
  public static Conflict tooManyPasswords(int most) {
    return new Conflict(
        "application_password_too_many",
        "A user has at most " + most + " application passwords; revoke one first.");
  }

  /** A request with the same key is being carried out. */
  public static Conflict inProgress() {
    return new Conflict(
        "idempotency_in_progress",
        "A request with this Idempotency-Key is being carried out. Please try again in a moment.");
  }

  /** The request was carried out, and nobody can say any more what it was answered. */
  public static Conflict answerNotKept() {
    return new Conflict(
        "idempotency_answer_not_kept",
        "The request with this Idempotency-Key has been carried out, and is not carried out again."
            + " Its answer was not kept, since it shows a secret or is very long.");
  }

  /** The user has as many webhooks as one may have. */
  public static Conflict tooManyWebhooks(int most) {
    return new Conflict(
        "webhook_too_many", "Nobody has more than " + most + " webhooks; delete one first.");
  }
}
