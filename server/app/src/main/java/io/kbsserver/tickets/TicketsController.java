package io.kbsserver.tickets;

import io.kbsserver.api.OperationId;
import io.kbsserver.api.TicketsApi;
import io.kbsserver.api.model.ListTicketsOrderbyParameter;
import io.kbsserver.api.model.TaxRelation;
import io.kbsserver.api.model.Ticket;
import io.kbsserver.api.model.TicketCreate;
import io.kbsserver.api.model.TicketUpdate;
import io.kbsserver.files.SentFiles;
import io.kbsserver.link.Links;
import io.kbsserver.list.ListRequest;
import io.kbsserver.list.Selection;
import io.kbsserver.list.Sort;
import io.kbsserver.list.Window;
import io.kbsserver.refusal.Outdated;
import io.kbsserver.rest.body.Scalars;
import io.kbsserver.rest.idempotency.Idempotent;
import io.kbsserver.rest.login.CurrentCaller;
import io.kbsserver.rest.notice.ChangedParameters;
import io.kbsserver.rest.parameters.Contexts;
import io.kbsserver.rest.parameters.SortOrders;
import io.kbsserver.rest.parameters.UntypedValues;
import io.kbsserver.rest.parameters.WordPressDateTime;
import io.kbsserver.rest.preconditions.ListTags;
import io.kbsserver.rest.preconditions.StateTags;
import io.kbsserver.site.CurrentSite;
import io.kbsserver.site.Setting;
import io.kbsserver.terms.Taxonomy;
import io.kbsserver.text.WrittenId;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Translates between the generated interface and the rules of tickets. */
@Controller("/wp-json")
class TicketsController implements TicketsApi {

  private final TicketService service;
  private final TicketWriter writer;
  private final CurrentSite settings;
  private final SentFiles files;
  private final CurrentCaller caller;
  private final UntypedValues values;
  private final Links links;
  private final StateTags tags;
  private final ListTags listTags;

  TicketsController(
      TicketService service,
      TicketWriter writer,
      CurrentSite settings,
      SentFiles files,
      CurrentCaller caller,
      UntypedValues values,
      Links links,
      StateTags tags,
      ListTags listTags) {
    this.service = service;
    this.writer = writer;
    this.settings = settings;
    this.files = files;
    this.caller = caller;
    this.values = values;
    this.links = links;
    this.tags = tags;
    this.listTags = listTags;
  }

  @Override
  public HttpResponse<List<Ticket>> listTickets(ListTicketsParameters parameters) {
    ListRequest request =
        new ListRequest(
            new Window(parameters.page(), parameters.perPage(), parameters.offset()),
            new Selection(parameters.include(), parameters.exclude()),
            new Sort(sortedBy(parameters.orderby()), SortOrders.isDescending(parameters.order())));
    TicketFilter filter =
        new TicketFilter(
            parameters.status(),
            parameters.user(),
            parameters.customer(),
            parameters.company(),
            parameters.agent(),
            parameters.search(),
            atSite(parameters.after()),
            atSite(parameters.before()),
            atSite(parameters.modifiedAfter()),
            atSite(parameters.modifiedBefore()),
            byTaxonomy(
                parameters.ticketCategories(),
                parameters.ticketTag(),
                parameters.ticketSources(),
                parameters.ticketDepartments()),
            byTaxonomy(
                parameters.ticketCategoriesExclude(),
                parameters.ticketTagExclude(),
                parameters.ticketSourcesExclude(),
                parameters.ticketDepartmentsExclude()),
            isAnyTaxonomy(parameters.taxRelation()));
    return listTags.page(
        () ->
            service
                .list(
                    filter,
                    request,
                    caller.get(),
                    Contexts.isEdit(parameters.context()),
                    isShown("content", parameters._fields()))
                .map(representation()::of));
  }

  @Override
  @Idempotent
  @Consumes(MediaType.ALL)
  public HttpResponse<Ticket> createTicket(CreateTicketParameters parameters, TicketCreate body) {
    TicketDraft draft =
        new TicketDraft(
            body.ticketTitle(),
            body.ticketContent(),
            body.customerEmail(),
            body.customerFirst(),
            body.customerLast(),
            body.customerPhone1(),
            body.customerPhone2(),
            body.customerWebsite(),
            values.exactIdOrText("agent_id", body.agentId()).orElse(null),
            values.ids("post_category", body.postCategory()),
            body.department(),
            caller.address(),
            values.ids("ticket_tag", body.ticketTag()));
    CreatedTicket created =
        files.take(
            values.unknown(), sent -> writer.create(draft, sent, caller.get(), values.unknown()));
    return ChangedParameters.named(
        created.changed(),
        tagged(representation().of(created.ticket()))
            .header(
                HttpHeaders.LOCATION, links.href(OperationId.GET_TICKET, created.ticket().id())));
  }

  @Override
  public HttpResponse<Ticket> getTicket(String idOrNumber, GetTicketParameters parameters) {
    TicketView ticket =
        service.read(WrittenId.of(idOrNumber), caller.get(), Contexts.isEdit(parameters.context()));
    return tagged(representation().of(ticket));
  }

  @Override
  @Idempotent
  @Consumes(MediaType.ALL)
  public HttpResponse<Ticket> updateTicket(
      String idOrNumber, UpdateTicketParameters parameters, TicketUpdate body) {
    TicketChange change =
        new TicketChange(
            values.idOrText("agent", body.agent()).orElse(null),
            values.idsOrTexts("agents", body.agents()),
            body.company(),
            values.exactIdOrText("customer", body.customer()).orElse(null),
            body.status(),
            values.ids("post_category", body.postCategory()),
            body.deleteCategory(),
            body.department(),
            tags(body.ticketTag()));
    TicketView updated =
        writer.update(
            WrittenId.of(idOrNumber), change, expectation(), caller.get(), values.unknown());
    return tagged(representation().of(updated));
  }

  private MutableHttpResponse<Ticket> tagged(Ticket ticket) {
    return HttpResponse.ok(ticket).header(HttpHeaders.ETAG, tags.of(ticket));
  }

  /** What the ticket is expected to be like, as far as the request says. */
  private Expectation expectation() {
    return tags.expected()
        .<Expectation>map(
            expected ->
                ticket -> {
                  Ticket now = representation().of(ticket.get());
                  String tag = tags.of(now);
                  if (!expected.test(tag)) {
                    throw Outdated.ticket(tag, now);
                  }
                })
        .orElse(Expectation.NONE);
  }

  /** An empty list is one; what is empty otherwise is none. */
  private @Nullable List<Long> tags(@Nullable Object given) {
    boolean list = given instanceof Collection;
    return list || !Scalars.isEmpty(given) ? values.ids("ticket_tag", given) : null;
  }

  private TicketRepresentation representation() {
    return new TicketRepresentation(settings.current(), links);
  }

  private @Nullable LocalDateTime atSite(@Nullable String moment) {
    return WordPressDateTime.ifGiven(moment, settings.current().get(Setting.TIME_ZONE));
  }

  private static boolean isAnyTaxonomy(@Nullable TaxRelation relation) {
    return relation != null
        && switch (relation) {
          case AND -> false;
          case OR -> true;
        };
  }

  /** Whether a field is among those that an answer is trimmed to. */
  private static boolean isShown(String field, @Nullable List<String> fields) {
    return fields == null
        || fields.isEmpty()
        || fields.stream().anyMatch(name -> name.equals(field) || name.startsWith(field + "."));
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
      @Nullable List<Long> categories,
      @Nullable List<Long> tags,
      @Nullable List<Long> sources,
      @Nullable List<Long> departments) {
    Map<Taxonomy, List<Long>> terms = new EnumMap<>(Taxonomy.class);
    put(terms, Taxonomy.CATEGORIES, categories);
    put(terms, Taxonomy.TAGS, tags);
    put(terms, Taxonomy.SOURCES, sources);
    put(terms, Taxonomy.DEPARTMENTS, departments);
    return terms;
  }

  private static void put(
      Map<Taxonomy, List<Long>> terms, Taxonomy taxonomy, @Nullable List<Long> ids) {
    Optional.ofNullable(ids)
        .map(Selection::absolute)
        .ifPresent(given -> terms.put(taxonomy, given));
  }
}
