package io.kbsserver.tickets;

import io.kbsserver.api.TicketsApi;
import io.kbsserver.api.model.ListTicketsOrderParameter;
import io.kbsserver.api.model.ListTicketsOrderbyParameter;
import io.kbsserver.api.model.ListTicketsTaxRelationParameter;
import io.kbsserver.api.model.RouteDescription;
import io.kbsserver.api.model.Ticket;
import io.kbsserver.api.model.TicketCreate;
import io.kbsserver.api.model.TicketUpdate;
import io.kbsserver.list.ListRequest;
import io.kbsserver.list.Selection;
import io.kbsserver.list.Sort;
import io.kbsserver.list.Window;
import io.kbsserver.rest.BaseUrl;
import io.kbsserver.rest.CurrentCaller;
import io.kbsserver.rest.DiscoveryRepresentation;
import io.kbsserver.rest.Paging;
import io.kbsserver.rest.RequestValues;
import io.kbsserver.rest.WordPressDateTime;
import io.kbsserver.site.SiteSettings;
import io.kbsserver.terms.Taxonomy;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.LocalDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Translates between the generated interface and the rules of tickets. */
@Controller("/wp-json")
@ExecuteOn(TaskExecutors.BLOCKING)
class TicketsController implements TicketsApi {

  private final TicketService service;
  private final TicketWriter writer;
  private final SiteSettings settings;
  private final CurrentCaller caller;
  private final RequestValues values;
  private final Paging paging;
  private final BaseUrl baseUrl;
  private final DiscoveryRepresentation discovery;

  TicketsController(
      TicketService service,
      TicketWriter writer,
      SiteSettings settings,
      CurrentCaller caller,
      RequestValues values,
      Paging paging,
      BaseUrl baseUrl,
      DiscoveryRepresentation discovery) {
    this.service = service;
    this.writer = writer;
    this.settings = settings;
    this.caller = caller;
    this.values = values;
    this.paging = paging;
    this.baseUrl = baseUrl;
    this.discovery = discovery;
  }

  @Override
  public HttpResponse<List<Ticket>> listTickets(
      Long page,
      Integer perPage,
      List<Long> exclude,
      List<Long> include,
      Long offset,
      ListTicketsOrderParameter order,
      ListTicketsOrderbyParameter orderby,
      List<String> status,
      Long user,
      Long customer,
      Long company,
      Long agent,
      String search,
      String after,
      String before,
      List<Long> ticketCategories,
      List<Long> ticketCategoriesExclude,
      List<Long> ticketTag,
      List<Long> ticketTagExclude,
      List<Long> ticketSources,
      List<Long> ticketSourcesExclude,
      List<Long> ticketDepartments,
      List<Long> ticketDepartmentsExclude,
      ListTicketsTaxRelationParameter taxRelation,
      String context,
      List<String> fields) {
    ListRequest request =
        new ListRequest(
            new Window(page, perPage, offset),
            new Selection(include, exclude),
            new Sort(sortedBy(orderby), order == ListTicketsOrderParameter.DESC));
    TicketFilter filter =
        new TicketFilter(
            status,
            user,
            customer,
            company,
            agent,
            search,
            atSite(after),
            atSite(before),
            byTaxonomy(ticketCategories, ticketTag, ticketSources, ticketDepartments),
            byTaxonomy(
                ticketCategoriesExclude,
                ticketTagExclude,
                ticketSourcesExclude,
                ticketDepartmentsExclude),
            taxRelation == ListTicketsTaxRelationParameter.OR);
    return paging.page(
        service.list(filter, request, caller.get(), isEdit(context)).map(representation()::of));
  }

  @Override
  @Consumes(MediaType.ALL)
  public HttpResponse<Ticket> createTicket(
      TicketCreate body, String context, String prefer, List<String> fields) {
    TicketDraft draft =
        new TicketDraft(
            body.getTicketTitle(),
            body.getTicketContent(),
            body.getCustomerEmail(),
            body.getCustomerFirst(),
            body.getCustomerLast(),
            body.getCustomerPhone1(),
            body.getCustomerPhone2(),
            body.getCustomerWebsite(),
            values
                .exactIdOrText("agent_id", body.getAgentId())
                .map(TicketsController::reference)
                .orElse(null),
            values.ids("post_category", body.getPostCategory()),
            body.getDepartment(),
            caller.address());
    CreatedTicket created = writer.create(draft, caller.get(), values.unknown());
    TicketRepresentation representation = representation();
    MutableHttpResponse<Ticket> response =
        HttpResponse.ok(representation.of(created.ticket()))
            .header(HttpHeaders.LOCATION, representation.url(created.ticket().id()));
    if (!created.changed().isEmpty()) {
      response.header("Kbs-Changed-Parameters", String.join(", ", created.changed()));
    }
    return response;
  }

  @Override
  public HttpResponse<Ticket> getTicket(String idOrNumber, String context, List<String> fields) {
    TicketView ticket = service.read(idOrNumber, caller.get(), isEdit(context));
    return HttpResponse.ok(representation().of(ticket));
  }

  @Override
  @Consumes(MediaType.ALL)
  public HttpResponse<Ticket> updateTicket(
      String idOrNumber, String context, String prefer, List<String> fields, TicketUpdate body) {
    return update(idOrNumber, body);
  }

  @Override
  @Consumes(MediaType.ALL)
  public HttpResponse<Ticket> putTicket(
      String idOrNumber, String context, String prefer, List<String> fields, TicketUpdate body) {
    return update(idOrNumber, body);
  }

  @Override
  @Consumes(MediaType.ALL)
  public HttpResponse<Ticket> patchTicket(
      String idOrNumber, String context, String prefer, List<String> fields, TicketUpdate body) {
    return update(idOrNumber, body);
  }

  @Override
  public HttpResponse<RouteDescription> describeTickets() {
    return discovery.describe();
  }

  @Override
  public HttpResponse<RouteDescription> describeTicket(String idOrNumber) {
    boolean visible = caller.ifKnown().filter(login -> service.sees(idOrNumber, login)).isPresent();
    return discovery.describe(visible);
  }

  private HttpResponse<Ticket> update(String idOrNumber, TicketUpdate body) {
    TicketChange change =
        new TicketChange(
            values
                .idOrText("agent", body.getAgent())
                .map(TicketsController::reference)
                .orElse(null),
            values.idsOrTexts("agents", body.getAgents()).stream()
                .map(TicketsController::reference)
                .toList(),
            body.getCompany(),
            values
                .exactIdOrText("customer", body.getCustomer())
                .map(TicketsController::reference)
                .orElse(null),
            body.getStatus(),
            values.ids("post_category", body.getPostCategory()),
            body.getDeleteCategory(),
            body.getDepartment());
    TicketView updated = writer.update(idOrNumber, change, caller.get(), values.unknown());
    return HttpResponse.ok(representation().of(updated));
  }

  private TicketRepresentation representation() {
    return new TicketRepresentation(settings.current(), baseUrl.ofRoutes());
  }

  private static PersonReference reference(RequestValues.IdOrText value) {
    return value.id() != null
        ? new PersonReference.ById(value.id())
        : new PersonReference.ByEmail(value.text());
  }

  private LocalDateTime atSite(String moment) {
    return moment == null ? null : WordPressDateTime.atSite(moment, settings.current().zone());
  }

  private static boolean isEdit(String context) {
    return "edit".equals(context);
  }

  private static Sort.Key sortedBy(ListTicketsOrderbyParameter orderby) {
    return switch (orderby) {
      case ID -> TicketColumn.ID;
      case DATE -> TicketColumn.DATE;
      case MODIFIED -> TicketColumn.MODIFIED;
      case TITLE -> TicketColumn.TITLE;
      case AGENT -> TicketColumn.AGENT;
      case CUSTOMER -> TicketColumn.CUSTOMER;
      case INCLUDE -> new Sort.Key.Include();
    };
  }

  private static Map<Taxonomy, List<Long>> byTaxonomy(
      List<Long> categories, List<Long> tags, List<Long> sources, List<Long> departments) {
    Map<Taxonomy, List<Long>> terms = new EnumMap<>(Taxonomy.class);
    put(terms, Taxonomy.CATEGORIES, categories);
    put(terms, Taxonomy.TAGS, tags);
    put(terms, Taxonomy.SOURCES, sources);
    put(terms, Taxonomy.DEPARTMENTS, departments);
    return terms;
  }

  private static void put(Map<Taxonomy, List<Long>> terms, Taxonomy taxonomy, List<Long> ids) {
    Optional.ofNullable(ids)
        .map(Selection::absolute)
        .ifPresent(given -> terms.put(taxonomy, given));
  }
}
