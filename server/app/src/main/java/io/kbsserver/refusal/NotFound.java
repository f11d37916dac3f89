package io.kbsserver.refusal;

import java.util.Map;

/** What was asked for does not exist. */
public final class NotFound extends Refusal {

  private static final long serialVersionUID = 1L;

  private NotFound(String code, String message) {
    super(code, message, Map.of());
  }

  /** What WordPress says of all that is a post there. */
  private static NotFound post() {
    return new NotFound("rest_post_invalid_id", "Invalid post ID.");
  }

  /** There is no ticket with this id or number. */
  public static NotFound ticket() {
    return post();
  }

  /** There is no reply with this id. */
  public static NotFound reply() {
    return post();
  }

  /** The ticket has no file with this id. */
  public static NotFound file() {
    return new NotFound("rest_file_invalid_id", "Invalid file ID.");
  }

  /** There is no file with this id; WordPress speaks of posts. */
  public static NotFound media() {
    return ticket();
  }

  /** There is such a file, but nobody has its bytes. */
  public static NotFound bytes() {
    return new NotFound("rest_file_missing", "The bytes of this file are not here.");
  }

  /** There is no customer with this id. */
  public static NotFound customer() {
    return new NotFound("rest_customer_invalid_id", "Invalid customer ID.");
  }

  /** There is no company with this id. */
  public static NotFound company() {
    return post();
  }

  /** There is no agent with this id. */
  public static NotFound agent() {
    return new NotFound("rest_agent_invalid_id", "Invalid agent ID.");
  }

  /** The ticket has no note with this id. */
  public static NotFound note() {
    return new NotFound("rest_note_invalid_id", "Invalid note ID.");
  }

  /** There is no form, or no field of a form, with this id that the caller may know of. */
  public static NotFound form() {
    return post();
  }

  /** There is no article with this id. */
  public static NotFound article() {
    return post();
  }

  /** There is no user with this id. */
  public static NotFound user() {
    return new NotFound("rest_user_invalid_id", "Invalid user ID.");
  }

  /** The taxonomy has no term with this id. */
  public static NotFound term() {
    return new NotFound("rest_term_invalid", "Term does not exist.");
  }

  /** The user has no webhook with this id. */
  public static NotFound webhook() {
    return new NotFound("rest_webhook_invalid_id", "Invalid webhook ID.");
  }

  /** The user has no such application password. */
  public static NotFound applicationPassword() {
    return new NotFound(
        "rest_application_password_not_found", "There is no such application password.");
  }

  /** There is no such route. */
  public static NotFound route() {
    return new NotFound("rest_no_route", "No route was found matching the URL and request method.");
  }
}
