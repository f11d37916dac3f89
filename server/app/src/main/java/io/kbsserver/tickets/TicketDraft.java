package io.kbsserver.tickets;

import io.kbsserver.text.WrittenId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A ticket to create, as it was asked for. Null means "not given".
 *
 * @param agent the agent to assign
 * @param categories ids of categories
 * @param address the address that it was asked for from; null where that was none
 * @param tags ids of tags
 */
public record TicketDraft(
    @Nullable String title,
    @Nullable String content,
    @Nullable String email,
    @Nullable String firstName,
    @Nullable String lastName,
    @Nullable String phone,
    @Nullable String additionalPhone,
    @Nullable String website,
    @Nullable WrittenId agent,
    List<Long> categories,
    @Nullable Long department,
    @Nullable String address,
    List<Long> tags) {}
