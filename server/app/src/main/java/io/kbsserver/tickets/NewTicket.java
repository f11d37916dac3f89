package io.kbsserver.tickets;

import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** A ticket to insert, as yet without a number; ids are null where there is none. */
record NewTicket(
    String key,
    String status,
    LocalDateTime local,
    LocalDateTime gmt,
    TicketView.Text title,
    TicketView.Text content,
    @Nullable Long agentId,
    @Nullable Long customerId,
    @Nullable Long companyId,
    @Nullable Long userId,
    String email,
    String firstName,
    String lastName,
    @Nullable String phone,
    @Nullable String additionalPhone,
    @Nullable String website,
    long createdBy,
    @Nullable String userIp) {}
