package io.kbsserver.tickets;

import io.kbsserver.text.WrittenId;
import java.util.List;

/**
 * A ticket to create, as it was asked for. Null means "not given".
 *
 * @param agent the agent to assign
 * @param categories ids of categories
 * @param address the address that it was asked for from; null where that was none
 */
public record TicketDraft(
    String title,
    String content,
    String email,
    String firstName,
    String lastName,
    String phone,
    String additionalPhone,
    String website,
    WrittenId agent,
    List<Long> categories,
    Long department,
    String address) {}
