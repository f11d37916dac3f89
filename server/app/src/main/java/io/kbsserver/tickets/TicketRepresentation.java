package io.kbsserver.tickets;

import static io.kbsserver.api.OperationId.DOWNLOAD_TICKET_FILE;
import static io.kbsserver.api.OperationId.GET_COMPANY;
import static io.kbsserver.api.OperationId.GET_CUSTOMER;
import static io.kbsserver.api.OperationId.GET_TICKET;
import static io.kbsserver.api.OperationId.GET_USER;
import static io.kbsserver.api.OperationId.LIST_REPLIES;
import static io.kbsserver.api.OperationId.LIST_TICKETS;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kbsserver.api.model.Attachment;
import io.kbsserver.api.model.FormData;
import io.kbsserver.api.model.RenderedText;
import io.kbsserver.api.model.Ticket;
import io.kbsserver.api.model.TicketData;
import io.kbsserver.api.model.TicketLinks;
import io.kbsserver.api.model.UserInfo;
import io.kbsserver.link.Links;
import io.kbsserver.site.BuiltInStatus;
import io.kbsserver.site.Setting;
import io.kbsserver.site.Site;
import io.kbsserver.site.WallClock;
import io.kbsserver.terms.Taxonomy;
import io.kbsserver.text.Rendering;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns tickets into what goes over the wire. */
final class TicketRepresentation {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What the plugin calls the source of a ticket that has none. */
  private static final String DEFAULT_SOURCE = "kbs-website";

  private final Site site;
  private final Links links;

  /** For the answers to one request. */
  TicketRepresentation(Site site, Links links) {
    this.site = site;
    this.links = links;
  }

  Ticket of(TicketView ticket) {
    TicketLinks ticketLinks = links(ticket);
    TicketView.Row row = ticket.row();
    TicketView.Attached attached = ticket.attached();
    FormData formData = formData(row);
    return Ticket.builder()
        .id(ticket.id())
        .date(date(row.dates().date()))
        .dateGmt(date(row.dates().dateGmt()))
        .modified(date(row.dates().modified()))
        .modifiedGmt(date(row.dates().modifiedGmt()))
        .status(ticket.status())
        .title(title(ticket))
        .content(text(row.content()))
        .ticketCategories(attached.terms(Taxonomy.CATEGORIES))
        .ticketTag(attached.terms(Taxonomy.TAGS))
        .ticketSources(attached.terms(Taxonomy.SOURCES))
        .ticketDepartments(
            site.get(Setting.ENABLE_DEPARTMENTS) ? attached.terms(Taxonomy.DEPARTMENTS) : List.of())
        .ticketData(data(ticket, formData))
        .formData(formData)
        .replies(row.replies())
        .links(ticketLinks)
        ._links(ticketLinks)
        .build();
  }

  private TicketData data(TicketView ticket, @Nullable FormData formData) {
    TicketView.Row row = ticket.row();
    TicketView.References references = row.references();
    TicketView.Attached attached = ticket.attached();
    boolean numbered = site.get(Setting.ENABLE_SEQUENTIAL) && ticket.number() != null;
    return TicketData.builder()
        .resolvedDate(date(row.dates().resolved()))
        .number(numbered ? ticket.number() : String.valueOf(ticket.id()))
        .key(row.key())
        .files(
            attached.files().stream()
                .map(file -> file(file.name(), address(ticket, file)))
                .toList())
        .attachments(
            attached.files().stream()
                .map(file -> file(Rendering.title(file.name()), address(ticket, file)))
                .toList())
        .agent(orZero(references.agentId()))
        .additionalAgents(
            site.get(Setting.MULTIPLE_AGENTS) ? attached.additionalAgents() : List.of())
        .customer(orZero(references.customerId()))
        .email(row.email())
        .userId(orZero(references.userId()))
        .userInfo(userInfo(row.sender().shown()))
        .company(orZero(references.companyId()))
        .participants(attached.participants())
        .formData(formData)
        .source(attached.source().isEmpty() ? DEFAULT_SOURCE : attached.source())
        .build();
  }

  private TicketLinks links(TicketView ticket) {
    TicketView.References references = ticket.row().references();
    return TicketLinks.builder()
        .self(links.to(GET_TICKET, ticket.id()))
        .collection(links.to(LIST_TICKETS))
        .agent(links.toEmbeddable(GET_USER, references.agentId()))
        .customer(links.toEmbeddable(GET_CUSTOMER, references.customerId()))
        .user(links.toEmbeddable(GET_USER, references.userId()))
        .company(links.toEmbeddable(GET_COMPANY, references.companyId()))
        .replies(links.toEmbeddable(LIST_REPLIES, ticket.row().replies() > 0 ? ticket.id() : null))
        .build();
  }

  /** WordPress marks private posts in what it shows, whatever the title says. */
  private static RenderedText title(TicketView ticket) {
    TicketView.Text title = ticket.row().title();
    String mark = ticket.status().equals(BuiltInStatus.PRIVATE) ? "Private: " : "";
    return text(new TicketView.Text(title.raw(), mark + title.rendered()));
  }

  private static RenderedText text(TicketView.Text text) {
    return RenderedText.builder().raw(text.raw()).rendered(text.rendered()).build();
  }

  private static Attachment file(String name, String url) {
    return Attachment.builder().filename(name).url(url).build();
  }

  private String address(TicketView ticket, TicketView.Child.File file) {
    return links.href(DOWNLOAD_TICKET_FILE, ticket.id(), file.id());
  }

  private static UserInfo userInfo(TicketView.UserInfo info) {
    return UserInfo.builder()
        .firstName(info.firstName())
        .lastName(info.lastName())
        .email(info.email())
        .primaryPhone(info.primaryPhone())
        .additionalPhone(info.additionalPhone())
        .website(info.website())
        .id(info.id())
        .build();
  }

  private static @Nullable FormData formData(TicketView.Row ticket) {
    if (ticket.formId() == null || ticket.formData() == null) {
      return null;
    }
    try {
      return FormData.builder()
          .id(ticket.formId())
          .data(JSON.readValue(ticket.formData(), new TypeReference<Map<String, Object>>() {}))
          .build();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The form data of ticket " + ticket.id() + " is broken", e);
    }
  }

  private static long orZero(@Nullable Long id) {
    return id == null ? 0 : id;
  }

  private @Nullable String date(@Nullable LocalDateTime date) {
    return date == null ? null : WallClock.wire(date, site.get(Setting.TIME_ZONE));
  }
}
