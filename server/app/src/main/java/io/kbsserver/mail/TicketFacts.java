package io.kbsserver.mail;

import io.kbsserver.storage.WallClockTime;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What mails need to know of a ticket, as it is now.
 *
 * @param open whether those whom it concerns may see it: its status is registered, and no password
 *     protects it
 * @param email the ticket's own, or else the customer's
 * @param login of the user who wrote it; null where nobody had logged in
 * @param company its name, empty where there is none; so with all that is told of it
 */
@MappedEntity("ticket")
public record TicketFacts(
    @Id long id,
    @Nullable String number,
    String ticketKey,
    String status,
    String statusLabel,
    boolean open,
    String titleRendered,
    String contentRendered,
    @WallClockTime LocalDateTime dateLocal,
    @Nullable Long agentId,
    String email,
    String firstName,
    String lastName,
    String login,
    String company,
    String companyContact,
    String companyEmail,
    String companyPhone,
    String companyWebsite,
    String department) {

  /** What people call it. */
  public String shownNumber() {
    return number == null || number.isEmpty() ? Long.toString(id) : number;
  }
}
