package io.kbsserver.tickets;

import java.time.LocalDateTime;
import java.util.List;

/**
 * A ticket with everything that an answer shows of it. Ids are null where there is none.
 *
 * @param number as stored; null for tickets that were made without numbers
 * @param userInfo the customer's details, filled from the customer where they were left empty
 * @param resolved on the site's clock
 * @param formData JSON text
 * @param source name of the source
 */
public record TicketView(
    long id,
    String number,
    String key,
    String status,
    LocalDateTime date,
    LocalDateTime dateGmt,
    LocalDateTime modified,
    LocalDateTime modifiedGmt,
    Text title,
    Text content,
    Long agentId,
    Long customerId,
    Long companyId,
    Long userId,
    String email,
    UserInfo userInfo,
    LocalDateTime resolved,
    int replies,
    String formId,
    String formData,
    List<Long> categories,
    List<Long> tags,
    List<Long> sources,
    List<Long> departments,
    String source,
    List<Long> additionalAgents,
    List<String> participants,
    List<File> files) {

  /** A text as stored and as shown. */
  record Text(String raw, String rendered) {}

  /** The customer's details that came with the ticket. */
  record UserInfo(
      String firstName,
      String lastName,
      String email,
      String primaryPhone,
      String additionalPhone,
      String website,
      Long id) {}

  /** A file that belongs to the ticket. */
  record File(String name, String url) {}
}
