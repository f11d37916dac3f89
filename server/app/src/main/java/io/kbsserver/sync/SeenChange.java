package io.kbsserver.sync;

import io.kbsserver.change.Action;
import io.kbsserver.change.Subject;
import java.time.LocalDateTime;

/**
 * A change as somebody sees it.
 *
 * @param position its place in the order of all changes
 * @param at when it was, in UTC
 * @param subject what kind of thing was changed
 * @param id which one
 * @param ticketId the ticket that it is, or belongs to
 * @param action what became of it; deleted where it is gone, whatever happened to it
 * @param gone whether it is out of their sight
 * @param appeared whether it is a ticket that has come into their sight by this
 */
public record SeenChange(
    long position,
    LocalDateTime at,
    Subject subject,
    long id,
    long ticketId,
    Action action,
    boolean gone,
    boolean appeared) {

  /** As events are called: {@code ticket.created}. */
  public String type() {
    return subject.kind() + "." + action.kept();
  }
}
