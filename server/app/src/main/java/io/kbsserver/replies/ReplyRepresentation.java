package io.kbsserver.replies;

import static io.kbsserver.api.OperationId.DOWNLOAD_TICKET_FILE;
import static io.kbsserver.api.OperationId.GET_COMPANY;
import static io.kbsserver.api.OperationId.GET_CUSTOMER;
import static io.kbsserver.api.OperationId.GET_REPLY;
import static io.kbsserver.api.OperationId.GET_TICKET;
import static io.kbsserver.api.OperationId.GET_USER;
import static io.kbsserver.api.OperationId.LIST_REPLIES;
import static java.util.Objects.requireNonNull;

import io.kbsserver.api.model.Attachment;
import io.kbsserver.api.model.RenderedText;
import io.kbsserver.api.model.RepliedTicket;
import io.kbsserver.api.model.Reply;
import io.kbsserver.api.model.ReplyLinks;
import io.kbsserver.files.ListedFile;
import io.kbsserver.link.Links;
import io.kbsserver.site.CurrentSite;
import io.kbsserver.site.Setting;
import io.kbsserver.site.WallClock;
import jakarta.inject.Singleton;
import java.time.LocalDateTime;
import java.util.stream.Stream;

/** Turns replies into what goes over the wire. */
@Singleton
class ReplyRepresentation {

  private final CurrentSite settings;
  private final Links links;

  ReplyRepresentation(CurrentSite settings, Links links) {
    this.settings = settings;
    this.links = links;
  }

  Reply of(ReplyView reply) {
    return Reply.builder()
        .id(reply.id())
        .date(date(reply.date()))
        .dateGmt(date(reply.dateGmt()))
        .modified(date(reply.modified()))
        .modifiedGmt(date(reply.modifiedGmt()))
        .status(reply.status())
        .content(RenderedText.builder().raw(reply.raw()).rendered(reply.rendered()).build())
        .ticketSources(Stream.ofNullable(reply.sourceId()).toList())
        .ticketData(ticket(reply.ticket()))
        .files(reply.files().stream().map(file -> file(reply.ticket().id(), file)).toList())
        ._links(links(reply))
        .build();
  }

  private RepliedTicket ticket(ReplyView.Ticket ticket) {
    boolean numbered = settings.current().get(Setting.ENABLE_SEQUENTIAL) && ticket.number() != null;
    return RepliedTicket.builder()
        .ID(ticket.id())
        .number(numbered ? requireNonNull(ticket.number()) : String.valueOf(ticket.id()))
        .key(ticket.key())
        .status(ticket.status())
        .build();
  }

  private Attachment file(long ticketId, ListedFile file) {
    return Attachment.builder()
        .filename(file.name())
        .url(links.href(DOWNLOAD_TICKET_FILE, ticketId, file.id()))
        .build();
  }

  private ReplyLinks links(ReplyView reply) {
    ReplyView.Ticket ticket = reply.ticket();
    return ReplyLinks.builder()
        .self(links.to(GET_REPLY, reply.id()))
        .collection(requireNonNull(links.toEmbeddable(LIST_REPLIES, ticket.id())))
        .ticket(requireNonNull(links.toEmbeddable(GET_TICKET, ticket.id())))
        .customer(links.toEmbeddable(GET_CUSTOMER, ticket.customerId()))
        .user(links.toEmbeddable(GET_USER, ticket.userId()))
        .company(links.toEmbeddable(GET_COMPANY, ticket.companyId()))
        .build();
  }

  private String date(LocalDateTime date) {
    return WallClock.wire(date, settings.current().get(Setting.TIME_ZONE));
  }
}
