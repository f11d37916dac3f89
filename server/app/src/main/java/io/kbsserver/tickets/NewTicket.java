package io.kbsserver.tickets;

import java.time.LocalDateTime;

/** A ticket to insert; ids are null where there is none. */
record NewTicket(
    String number,
    String key,
    String status,
    LocalDateTime local,
    LocalDateTime gmt,
    TicketView.Text title,
    TicketView.Text content,
    Long agentId,
    Long customerId,
    Long companyId,
    Long userId,
    String email,
    String firstName,
    String lastName,
    String phone,
    String additionalPhone,
    String website,
    long createdBy,
    String userIp) {}
