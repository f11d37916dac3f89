package io.kbsserver.tickets;

import io.kbsserver.posts.TitleKey;
import io.kbsserver.storage.WallClockTime;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** What is kept of a ticket that is made here. */
@MappedEntity("ticket")
record TicketRow(
    @Id long id,
    String ticketKey,
    String status,
    @WallClockTime LocalDateTime dateLocal,
    @WallClockTime LocalDateTime dateGmt,
    @WallClockTime LocalDateTime modifiedLocal,
    @WallClockTime LocalDateTime modifiedGmt,
    String titleKey,
    String titleRaw,
    String titleRendered,
    String contentRaw,
    String contentRendered,
    @Nullable Long agentId,
    @Nullable Long customerId,
    @Nullable Long companyId,
    @Nullable Long userId,
    String email,
    String userInfoEmail,
    String firstName,
    String lastName,
    @Nullable String primaryPhone,
    @Nullable String additionalPhone,
    @Nullable String website,
    long createdBy,
    @Nullable String userIp,
    long revision) {

  static TicketRow of(long id, NewTicket ticket) {
    return new TicketRow(
        id,
        ticket.key(),
        ticket.status(),
        ticket.local(),
        ticket.gmt(),
        ticket.local(),
        ticket.gmt(),
        TitleKey.of(ticket.title().raw()),
        ticket.title().raw(),
        ticket.title().rendered(),
        ticket.content().raw(),
        ticket.content().rendered(),
        ticket.agentId(),
        ticket.customerId(),
        ticket.companyId(),
        ticket.userId(),
        ticket.email(),
        ticket.email(),
        ticket.firstName(),
        ticket.lastName(),
        ticket.phone(),
        ticket.additionalPhone(),
        ticket.website(),
        ticket.createdBy(),
        ticket.userIp(),
        1);
  }
}
