package io.kbsserver.tickets;

import io.kbsserver.site.BuiltInStatus;
import io.kbsserver.text.PlainText;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is to become of a ticket that is locked: the columns that are set, all in one statement. */
final class TicketUpdate {

  /** Those that there can be. */
  static final Set<String> COLUMNS =
      Set.of(
          "status",
          "modified_local",
          "modified_gmt",
          "resolved_local",
          "last_reply_by",
          "reply_count",
          "agent_id",
          "company_id",
          "customer_id",
          "user_id",
          "first_name",
          "last_name",
          "user_info_email",
          "primary_phone",
          "additional_phone",
          "website");

  /** So many characters of a name of the sender are kept. */
  private static final int NAME = 1000;

  private final TicketList.State before;
  private final Map<String, @Nullable Object> columns = new LinkedHashMap<>();

  TicketUpdate(TicketList.State before) {
    this.before = before;
  }

  Map<String, @Nullable Object> columns() {
    return columns;
  }

  /**
   * The sender as the ticket shows it, so that another customer does not change who wrote it. What
   * is empty stays so, and shows what the customer of the day has.
   */
  void sender(TicketView.UserInfo sender) {
    columns.put("first_name", PlainText.start(sender.firstName(), NAME));
    columns.put("last_name", PlainText.start(sender.lastName(), NAME));
    columns.put("user_info_email", sender.email());
    columns.put("primary_phone", sender.primaryPhone());
    columns.put("additional_phone", sender.additionalPhone());
    columns.put("website", sender.website());
  }

  void agent(long id) {
    columns.put("agent_id", id);
  }

  void company(long id) {
    columns.put("company_id", id);
  }

  void customer(long id, @Nullable Long userId) {
    columns.put("customer_id", id);
    columns.put("user_id", userId);
  }

  /** A status; it is a change of the ticket's date of modification as well. */
  void status(String status, LocalDateTime local, LocalDateTime gmt) {
    columns.put("status", status);
    columns.put("modified_local", local);
    columns.put("modified_gmt", gmt);
    if (status.equals(BuiltInStatus.CLOSED)) {
      resolved(local);
    }
  }

  /** One more reply, by whom, and the status that comes of it. */
  void reply(LastReplyBy by, String status, LocalDateTime local, LocalDateTime gmt) {
    columns.put("last_reply_by", by.kept());
    columns.put("reply_count", before.replyCount() + 1);
    status(status, local, gmt);
  }

  /** It is closed; the first time counts. */
  private void resolved(LocalDateTime local) {
    columns.put("last_reply_by", null);
    if (!before.resolved()) {
      columns.put("resolved_local", local);
    }
  }
}
