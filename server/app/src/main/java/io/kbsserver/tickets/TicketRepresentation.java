package io.kbsserver.tickets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kbsserver.api.model.Attachment;
import io.kbsserver.api.model.FormData;
import io.kbsserver.api.model.Link;
import io.kbsserver.api.model.RenderedText;
import io.kbsserver.api.model.Ticket;
import io.kbsserver.api.model.TicketData;
import io.kbsserver.api.model.TicketLinks;
import io.kbsserver.api.model.UserInfo;
import io.kbsserver.site.BuiltInStatus;
import io.kbsserver.site.Site;
import io.kbsserver.site.WallClock;
import io.kbsserver.terms.Taxonomy;
import io.kbsserver.text.Rendering;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/** Turns tickets into what goes over the wire. */
final class TicketRepresentation {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What the plugin calls the source of a ticket that has none. */
  private static final String DEFAULT_SOURCE = "kbs-website";

  private final Site site;
  private final String baseUrl;

  /**
   * For the answers to one request.
   *
   * @param baseUrl where the routes stand, without a slash at the end
   */
  TicketRepresentation(Site site, String baseUrl) {
    this.site = site;
    this.baseUrl = baseUrl;
  }

  /** The address of a ticket. */
  String url(long id) {
    return baseUrl + "/kbs/v1/tickets/" + id;
  }

  Ticket of(TicketView ticket) {
    TicketLinks links = links(ticket);
    TicketView.Row row = ticket.row();
    TicketView.Attached attached = ticket.attached();
    FormData formData = formData(row);
    Ticket result = new Ticket();
    result.setId(ticket.id());
    result.setDate(date(row.dates().date()));
    result.setDateGmt(date(row.dates().dateGmt()));
    result.setModified(date(row.dates().modified()));
    result.setModifiedGmt(date(row.dates().modifiedGmt()));
    result.setStatus(ticket.status());
    result.setTitle(title(ticket));
    result.setContent(text(row.content()));
    result.setTicketCategories(attached.terms(Taxonomy.CATEGORIES));
    result.setTicketTag(attached.terms(Taxonomy.TAGS));
    result.setTicketSources(attached.terms(Taxonomy.SOURCES));
    result.setTicketDepartments(
        site.departments() ? attached.terms(Taxonomy.DEPARTMENTS) : List.of());
    result.setTicketData(data(ticket, formData));
    result.setFormData(formData);
    result.setReplies(row.replies());
    result.setLinks(links);
    result.links2(links);
    return result;
  }

  private TicketData data(TicketView ticket, FormData formData) {
    TicketView.Row row = ticket.row();
    TicketView.References references = row.references();
    TicketView.Attached attached = ticket.attached();
    boolean numbered = site.sequentialNumbers() && ticket.number() != null;
    TicketData data = new TicketData();
    data.setResolvedDate(date(row.dates().resolved()));
    data.setNumber(numbered ? ticket.number() : String.valueOf(ticket.id()));
    data.setKey(row.key());
    data.setFiles(attached.files().stream().map(file -> file(file.name(), file.url())).toList());
    data.setAttachments(
        attached.files().stream()
            .map(file -> file(Rendering.title(file.name()), file.url()))
            .toList());
    data.setAgent(orZero(references.agentId()));
    data.setAdditionalAgents(site.multipleAgents() ? attached.additionalAgents() : List.of());
    data.setCustomer(orZero(references.customerId()));
    data.setEmail(row.email());
    data.setUserId(orZero(references.userId()));
    data.setUserInfo(userInfo(row.userInfo()));
    data.setCompany(orZero(references.companyId()));
    data.setParticipants(attached.participants());
    data.setFormData(formData);
    data.setSource(attached.source().isEmpty() ? DEFAULT_SOURCE : attached.source());
    return data;
  }

  private TicketLinks links(TicketView ticket) {
    TicketView.References references = ticket.row().references();
    TicketLinks links = new TicketLinks();
    links.setSelf(List.of(link(url(ticket.id()), null)));
    links.setCollection(List.of(link(baseUrl + "/kbs/v1/tickets", null)));
    links.setAgent(embeddable("/wp/v2/users/", references.agentId()));
    links.setCustomer(embeddable("/kbs/v1/customers/", references.customerId()));
    links.setUser(embeddable("/wp/v2/users/", references.userId()));
    links.setCompany(embeddable("/kbs/v1/companies/", references.companyId()));
    links.setReplies(
        embeddable("/kbs/v1/replies/ticket/", ticket.row().replies() > 0 ? ticket.id() : null));
    return links;
  }

  private List<Link> embeddable(String route, Long id) {
    return id == null ? null : List.of(link(baseUrl + route + id, true));
  }

  private static Link link(String href, Boolean embeddable) {
    Link link = new Link();
    link.setHref(href);
    link.setEmbeddable(embeddable);
    return link;
  }

  /** WordPress marks private posts in what it shows, whatever the title says. */
  private static RenderedText title(TicketView ticket) {
    RenderedText title = text(ticket.row().title());
    if (ticket.status().equals(BuiltInStatus.PRIVATE)) {
      title.setRendered("Private: " + title.getRendered());
    }
    return title;
  }

  private static RenderedText text(TicketView.Text text) {
    RenderedText result = new RenderedText();
    result.setRaw(text.raw());
    result.setRendered(text.rendered());
    return result;
  }

  private static Attachment file(String name, String url) {
    Attachment attachment = new Attachment();
    attachment.setFilename(name);
    attachment.setUrl(url);
    return attachment;
  }

  private static UserInfo userInfo(TicketView.UserInfo info) {
    UserInfo result = new UserInfo();
    result.setFirstName(info.firstName());
    result.setLastName(info.lastName());
    result.setEmail(info.email());
    result.setPrimaryPhone(info.primaryPhone());
    result.setAdditionalPhone(info.additionalPhone());
    result.setWebsite(info.website());
    result.setId(info.id());
    return result;
  }

  private static FormData formData(TicketView.Row ticket) {
    if (ticket.formId() == null || ticket.formData() == null) {
      return null;
    }
    try {
      FormData result = new FormData();
      result.setId(ticket.formId());
      result.setData(
          JSON.readValue(ticket.formData(), new TypeReference<Map<String, Object>>() {}));
      return result;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The form data of ticket " + ticket.id() + " is broken", e);
    }
  }

  private static long orZero(Long id) {
    return id == null ? 0 : id;
  }

  /** WordPress passes all dates through the site's clock, those in UTC as well. */
  private String date(LocalDateTime date) {
    return date == null ? null : DATE.format(WallClock.shown(date, site.zone()));
  }
}
