package io.kbsserver.webhooks;

import io.kbsserver.list.ListReader;
import io.kbsserver.list.ListRequest;
import io.kbsserver.list.Listing;
import io.kbsserver.list.Page;
import io.kbsserver.list.Selection;
import io.kbsserver.list.Sort;
import io.kbsserver.list.Window;
import io.kbsserver.storage.SqlCondition;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;

/** The list of what was sent to a webhook. */
@Singleton
class DeliveryList {

  private static final Listing<Delivery> DELIVERIES =
      new Listing<>(
          "webhook_delivery d",
          "d.id",
          "SELECT d.* FROM :page JOIN webhook_delivery d ON d.id = page.id",
          DeliveryList::row,
          Page.BehindTheEnd.OF_POSTS);

  private static final Sort NEWEST_FIRST = new Sort((Sort.Key.Column) () -> "d.id", true);

  private final ListReader reader;

  DeliveryList(ListReader reader) {
    this.reader = reader;
  }

  Page<Delivery> page(long webhookId, Window window) {
    return reader.page(
        DELIVERIES,
        SqlCondition.of("d.webhook_id = ?", webhookId),
        SqlCondition.ALWAYS,
        new ListRequest(window, new Selection(List.of(), List.of()), NEWEST_FIRST));
  }

  private static Delivery row(ResultSet row) throws SQLException {
    return new Delivery(
        row.getLong("id"),
        row.getLong("webhook_id"),
        row.getObject("position", Long.class),
        row.getString("type"),
        row.getObject("ticket_id", Long.class),
        row.getString("status"),
        row.getInt("attempts"),
        row.getObject("created_at", LocalDateTime.class),
        row.getObject("first_attempt", LocalDateTime.class),
        row.getObject("last_attempt", LocalDateTime.class),
        row.getObject("next_attempt", LocalDateTime.class),
        row.getObject("answer", Integer.class),
        row.getObject("duration", Integer.class),
        row.getString("error"));
  }
}
