package io.kbsserver.refusal;

import java.util.Map;

/** The caller is known, but may not do this. */
public final class NotAllowed extends Refusal {

  private static final long serialVersionUID = 1L;

  private NotAllowed(String code, String message) {
    super(code, message, Map.of());
  }

  /** The caller is not among those who may do this at all. */
  public static NotAllowed toDoThat() {
    return new NotAllowed("rest_forbidden", "Sorry, you are not allowed to do that.");
  }

  /** The caller may not see the ticket. */
  public static NotAllowed toSeeTicket() {
    return toDoThat();
  }

  /** The caller asked for a ticket in order to edit it, and may not. */
  public static NotAllowed toOpenTicketForEditing() {
    return new NotAllowed(
        "rest_forbidden_context", "Sorry, you are not allowed to edit this ticket.");
  }

  /** The caller asked for the list in order to edit, and may not. */
  public static NotAllowed toListTicketsForEditing() {
    return toListPostsForEditing();
  }

  /** The caller asked for a list of posts in order to edit them, and may not. */
  public static NotAllowed toListPostsForEditing() {
    return new NotAllowed(
        "rest_forbidden_context", "Sorry, you are not allowed to edit posts in this post type.");
  }

  /** The caller asked for a post in order to edit it, and may not. */
  public static NotAllowed toOpenPostForEditing() {
    return new NotAllowed(
        "rest_forbidden_context", "Sorry, you are not allowed to edit this post.");
  }

  /** The caller asked for a ticket of somebody else, and may open tickets of their own only. */
  public static NotAllowed toOpenTicketForOthers() {
    return new NotAllowed(
        "rest_forbidden_context", "Sorry, you are not allowed to open tickets for others.");
  }

  /** The caller may not change the ticket. */
  public static NotAllowed toChangeTicket() {
    return new NotAllowed("rest_cannot_edit", "Sorry, you are not allowed to edit this ticket.");
  }

  /** The caller may not see the ticket that replies belong to, or asks in order to edit them. */
  public static NotAllowed toSeeReplies() {
    return new NotAllowed(
        "rest_forbidden_context", "Sorry, you are not allowed to view this object.");
  }

  /** The caller may not reply to the ticket. */
  public static NotAllowed toReply() {
    return new NotAllowed("rest_forbidden_context", "Authentication failed.");
  }

  /** The caller may not speak for whom the reply is said to be written by. */
  public static NotAllowed toReplyForAnother() {
    return new NotAllowed(
        "rest_forbidden_context", "Sorry, you are not allowed to reply in the name of another.");
  }

  /** The caller may not attach anything to the ticket, or does not see it. */
  public static NotAllowed toAttach() {
    return new NotAllowed(
        "rest_cannot_edit", "Sorry, you are not allowed to upload media to this post.");
  }

  /** The caller may not see the user, or not what only few see of one. */
  public static NotAllowed toSeeUser() {
    return new NotAllowed("rest_user_cannot_view", "Sorry, you are not allowed to see this user.");
  }

  /** The caller asked for the list of users in order to edit, and may not. */
  public static NotAllowed toListUsersForEditing() {
    return new NotAllowed("rest_forbidden_context", "Sorry, you are not allowed to edit users.");
  }

  /** The caller asked for users with certain roles, and may not know who has which. */
  public static NotAllowed toFilterUsersByRole() {
    return new NotAllowed(
        "rest_user_cannot_view", "Sorry, you are not allowed to filter users by their roles.");
  }

  /** The caller asked for users in the order of something that the caller may not know. */
  public static NotAllowed toSortUsers() {
    return new NotAllowed(
        "rest_forbidden_orderby", "Sorry, you are not allowed to sort users by this.");
  }

  /** The caller asked for the authors among the users, and may not. */
  public static NotAllowed toListAuthors() {
    return new NotAllowed(
        "rest_forbidden_who", "Sorry, you are not allowed to ask who the authors are.");
  }

  /** The caller asked for terms in order to change them, and may not. */
  public static NotAllowed toListTermsForEditing() {
    return new NotAllowed(
        "rest_forbidden_context", "Sorry, you are not allowed to edit terms in this taxonomy.");
  }

  /** The caller asked for a term in order to change it, and may not. */
  public static NotAllowed toOpenTermForEditing() {
    return new NotAllowed(
        "rest_forbidden_context", "Sorry, you are not allowed to edit this term.");
  }

  /** The caller asked for the terms of a ticket, or of a reply, and may not see it. */
  public static NotAllowed toSeeTermsOfTicket() {
    return new NotAllowed(
        "rest_forbidden_context", "Sorry, you are not allowed to view terms for this post.");
  }

  /** The caller may not make terms of this taxonomy. */
  public static NotAllowed toCreateTerm() {
    return new NotAllowed(
        "rest_cannot_create", "Sorry, you are not allowed to create terms in this taxonomy.");
  }

  /** The caller may not change terms. */
  public static NotAllowed toChangeTerm() {
    return new NotAllowed("rest_cannot_update", "Sorry, you are not allowed to edit this term.");
  }

  /** The caller may not delete terms. */
  public static NotAllowed toDeleteTerm() {
    return new NotAllowed("rest_cannot_delete", "Sorry, you are not allowed to delete this term.");
  }

  /** The application passwords are somebody else's. */
  public static NotAllowed toManagePasswords(String code) {
    return new NotAllowed(code, "Sorry, these application passwords are not yours.");
  }
}
