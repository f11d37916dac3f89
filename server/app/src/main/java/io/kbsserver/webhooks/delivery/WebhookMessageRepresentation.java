package io.kbsserver.webhooks.delivery;

import io.kbsserver.access.Caller;
import io.kbsserver.api.model.Ticket;
import io.kbsserver.api.model.WebhookMessage;
import io.kbsserver.api.model.WebhookMessageData;
import io.kbsserver.link.Links;
import io.kbsserver.sync.SeenChange;
import io.kbsserver.tickets.TicketMessageEmbedding;
import io.kbsserver.webhooks.Delivery;
import io.kbsserver.webhooks.Webhook;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Makes what is sent to webhooks. */
@Singleton
public class WebhookMessageRepresentation {

  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'");

  private static final String WEBHOOK = "webhook";

  private final TicketMessageEmbedding tickets;
  private final Links links;
  private final JsonMapper json;

  WebhookMessageRepresentation(TicketMessageEmbedding tickets, Links links, JsonMapper json) {
    this.tickets = tickets;
    this.links = links;
    this.json = json;
  }

  /** What tells of a change, with the ticket as its owner sees it now if the webhook wants it. */
  public String of(SeenChange change, Webhook webhook, Caller owner) {
    boolean full =
        webhook.payload().equals("full") && !(change.gone() && change.id() == change.ticketId());
    Ticket ticket =
        full
            ? tickets.of(change.ticketId(), owner, links.orElse(webhook.siteUrl())).orElse(null)
            : null;
    return message(
        change.type(),
        change.at(),
        webhook,
        change.position(),
        change.subject().kind(),
        change.id(),
        change.ticketId(),
        ticket);
  }

  /** What tells of nothing. */
  public String ofTest(Delivery test, Webhook webhook) {
    return message(test.type(), test.createdAt(), webhook, 0, WEBHOOK, webhook.number(), 0, null);
  }

  private String message(
      String type,
      LocalDateTime at,
      Webhook webhook,
      long position,
      String kind,
      long id,
      long ticketId,
      @Nullable Ticket ticket) {
    WebhookMessageData data =
        WebhookMessageData.builder()
            .webhook(webhook.number())
            .position(position)
            .kind(kind)
            .id(id)
            .ticketId(ticketId)
            .ticket(ticket)
            .build();
    try {
      return json.writeValueAsString(
          WebhookMessage.builder().type(type).timestamp(UTC.format(at)).data(data).build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
