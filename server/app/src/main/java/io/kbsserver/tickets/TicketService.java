package io.kbsserver.tickets;

import io.kbsserver.access.Caller;
import io.kbsserver.access.Visibility;
import io.kbsserver.agents.Agent;
import io.kbsserver.agents.AgentRepository;
import io.kbsserver.change.ChangeLog;
import io.kbsserver.change.Subject;
import io.kbsserver.companies.CompanyRepository;
import io.kbsserver.customers.Customer;
import io.kbsserver.customers.CustomerRepository;
import io.kbsserver.files.FileService;
import io.kbsserver.files.NewFiles;
import io.kbsserver.list.Late;
import io.kbsserver.list.ListRequest;
import io.kbsserver.list.Page;
import io.kbsserver.refusal.NotAllowed;
import io.kbsserver.refusal.NotFound;
import io.kbsserver.refusal.UnknownValues;
import io.kbsserver.site.BuiltInStatus;
import io.kbsserver.site.CurrentSite;
import io.kbsserver.site.Setting;
import io.kbsserver.site.Site;
import io.kbsserver.site.WallClock;
import io.kbsserver.storage.TableCondition;
import io.kbsserver.terms.NeededTerms;
import io.kbsserver.terms.Taxonomy;
import io.kbsserver.terms.TermRepository;
import io.kbsserver.text.SameText;
import io.kbsserver.text.WrittenId;
import io.micronaut.context.annotation.Property;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules of tickets: who sees and changes what, and what follows from a change. */
@Singleton
class TicketService {

  private static final int KEY_BYTES = 16;

  private final TicketList list;
  private final TicketSearch search;
  private final TicketRepository tickets;
  private final TicketTermRepository termsOfTickets;
  private final StatusRepository statuses;
  private final CustomerRepository customers;
  private final CompanyRepository companies;
  private final AgentRepository agents;
  private final TermRepository terms;
  private final NeededTerms neededTerms;
  private final FileService files;
  private final ChangeLog changes;
  private final CurrentSite settings;
  private final SecureRandom random = new SecureRandom();
  private final Clock clock;
  private final int longestText;

  TicketService(
      TicketList list,
      TicketSearch search,
      TicketRepository tickets,
      TicketTermRepository termsOfTickets,
      StatusRepository statuses,
      CustomerRepository customers,
      CompanyRepository companies,
      AgentRepository agents,
      TermRepository terms,
      NeededTerms neededTerms,
      FileService files,
      ChangeLog changes,
      CurrentSite settings,
      Clock clock,
      @Property(name = "kbs.text-length") int longestText) {
    this.list = list;
    this.search = search;
    this.tickets = tickets;
    this.termsOfTickets = termsOfTickets;
    this.statuses = statuses;
    this.customers = customers;
    this.companies = companies;
    this.agents = agents;
    this.terms = terms;
    this.neededTerms = neededTerms;
    this.files = files;
    this.changes = changes;
    this.settings = settings;
    this.clock = clock;
    this.longestText = longestText;
  }

  /**
   * A page of the tickets that are wanted and that the caller may see.
   *
   * @param editing whether they are asked for in order to be edited
   * @param contents whether their contents are shown
   */
  @Connectable
  public Page<TicketView> list(
      TicketFilter filter, ListRequest request, Caller caller, boolean editing, boolean contents) {
    if (editing && !caller.mayEditTickets()) {
      throw NotAllowed.toListTicketsForEditing();
    }
    Site site = settings.current();
    TableCondition visible = Visibility.of(caller, site);
    boolean few = TicketConditions.areFew(filter, caller.isAgent(site));
    return list.page(
            few ? visible::onNamed : visible,
            TicketConditions.of(filter, listedStatuses(filter, caller, site)),
            search.condition(filter.search(), few || !caller.isAgent(site)),
            request,
            filter.isByOwnIndex(),
            contents)
        .map(ticket -> shown(ticket, caller, site));
  }

  /**
   * One ticket by post id or by number.
   *
   * @param editing whether it is asked for in order to be edited
   */
  @Connectable
  public TicketView read(WrittenId idOrNumber, Caller caller, boolean editing) {
    Site site = settings.current();
    Optional<TicketView> found = idOrNumber.id().flatMap(id -> visible(id, caller, site));
    if (found.isEmpty()) {
      // Whether there is one, and what has it for its number, matters only now.
      List<Long> candidates = candidates(idOrNumber);
      if (candidates.isEmpty()) {
        throw NotFound.ticket();
      }
      found = candidates.stream().flatMap(id -> visible(id, caller, site).stream()).findFirst();
    }
    if (editing && (found.isEmpty() || !caller.isAgent(site))) {
      throw NotAllowed.toOpenTicketForEditing();
    }
    return found.orElseThrow(NotAllowed::toSeeTicket);
  }

  /** Those of these tickets that the caller may see; long texts come late. */
  @Connectable
  public Late<List<TicketView>> read(Collection<Long> ids, Caller caller) {
    Site site = settings.current();
    Late<List<TicketView>> found = list.find(ids, Visibility.of(caller, site));
    return new Late<>(
        found.item().stream().map(ticket -> shown(ticket, caller, site)).toList(), found.texts());
  }

  /** One ticket by its id, if the caller may see it. */
  @Connectable
  public Optional<TicketView> find(long id, Caller caller) {
    return visible(id, caller, settings.current());
  }

  /** The first ids behind one of tickets that the caller may see, in their order. */
  @Connectable
  public List<Long> idsBehind(long id, int most, Caller caller) {
    return list.idsBehind(id, most, Visibility.of(caller, settings.current()));
  }

  private Optional<TicketView> visible(long id, Caller caller, Site site) {
    return list.find(id, Visibility.of(caller, site)).map(ticket -> shown(ticket, caller, site));
  }

  /** The texts of a new ticket; they take time, and nothing but time. */
  TicketTexts texts(TicketDraft draft, Caller caller) {
    return TicketTexts.of(
        draft, caller, settings.current().get(Setting.BANNED_EMAILS), longestText);
  }

  /** Opens a ticket; any login may, for some sites in its own name only. */
  @Transactional
  public CreatedTicket create(
      TicketDraft draft,
      TicketTexts texts,
      NewFiles newFiles,
      Caller caller,
      UnknownValues unknown) {
    Site site = settings.current();
    if (!mayOpenFor(texts.email(), caller, site)) {
      throw NotAllowed.toOpenTicketForOthers();
    }
    Optional<Long> requestedAgent =
        draft.agent() == null ? Optional.empty() : agent(draft.agent(), caller, site, unknown);
    List<Long> newTerms = new ArrayList<>();
    newTerms.addAll(categories("post_category", draft.categories(), unknown));
    newTerms.addAll(tags(draft.tags(), caller, unknown));
    department(draft.department(), site, unknown).ifPresent(newTerms::add);
    unknown.refuseIfStrict();

    Customer customer = customer(texts, draft);
    Long agentId = assigned(requestedAgent, site).orElse(null);
    newTerms.add(neededTerms.restSource());
    LocalDateTime gmt = WallClock.now(clock);
    TicketRow row =
        tickets.insert(
            new NewTicket(
                newKey(),
                agentId == null ? BuiltInStatus.NEW : BuiltInStatus.OPEN,
                WallClock.local(gmt, site.get(Setting.TIME_ZONE)),
                gmt,
                texts.title(),
                texts.content(),
                agentId,
                customer.id(),
                customer.companyId(),
                customer.userId(),
                texts.email(),
                texts.firstName(),
                texts.lastName(),
                draft.phone(),
                draft.additionalPhone(),
                draft.website(),
                caller.userId(),
                draft.address()));
    long id = row.id();
    changes.creates(Subject.TICKET, id, row);
    termsOfTickets.addToNew(id, newTerms);
    tickets.addParticipant(id, texts.email());
    files.attach(
        newFiles,
        id,
        null,
        caller.userId(),
        gmt,
        WallClock.local(gmt, site.get(Setting.TIME_ZONE)));
    TicketView created = view(id, caller, site);
    if (site.get(Setting.ENABLE_SEQUENTIAL)) {
      created =
          created.withNumber(
              changes.setsLast(
                  Subject.TICKET,
                  id,
                  "number",
                  () ->
                      tickets.giveNumber(
                          id,
                          site.get(Setting.TICKET_PREFIX),
                          site.get(Setting.SEQUENTIAL_START),
                          site.get(Setting.TICKET_SUFFIX))));
    }
    Set<String> changed = new LinkedHashSet<>(texts.changed());
    changed.addAll(newFiles.changed());
    return new CreatedTicket(created, changed);
  }

  /** Changes a ticket that the caller may see. */
  @Transactional
  public TicketView update(
      WrittenId postId,
      TicketChange change,
      Expectation expectation,
      Caller caller,
      UnknownValues unknown) {
    Site site = settings.current();
    long id = postId.id().orElseThrow(NotFound::ticket);
    TicketList.State before =
        list.lock(id, Visibility.of(caller, site))
            .orElseThrow(
                () -> tickets.exists(id) ? NotAllowed.toChangeTicket() : NotFound.ticket());
    expectation.check(() -> view(id, caller, site));

    Optional<Long> agent =
        change.agent() == null ? Optional.empty() : agent("agent", change.agent(), site, unknown);
    Long mainAgent = agent.orElse(before.agentId());
    Optional<List<Long>> additionalAgents =
        additionalAgents(change.agents(), mainAgent, site, unknown);
    Optional<Long> company = company(change.company(), unknown);
    Optional<Customer> customer = customer(change.customer(), unknown);
    Optional<String> status = status(change.status(), before, unknown);
    List<Long> added = categories("post_category", change.addCategories(), unknown);
    List<Long> removed =
        change.removeCategory() == null
            ? List.of()
            : categories("delete_category", List.of(change.removeCategory()), unknown);
    Optional<List<Long>> tags =
        Optional.ofNullable(change.tags()).map(ids -> tags(ids, caller, unknown));
    Optional<Long> department = department(change.department(), site, unknown);
    unknown.refuseIfStrict();

    boolean otherAgent = agent.isPresent() && !agent.get().equals(before.agentId());
    boolean otherCustomer =
        customer.isPresent() && !Long.valueOf(customer.get().id()).equals(before.customerId());
    boolean otherParts =
        additionalAgents.isPresent()
            || department.isPresent()
            || tags.isPresent()
            || !added.isEmpty()
            || !removed.isEmpty();
    if (otherParts) {
      changes.changes(Subject.TICKET, id);
    }
    TicketUpdate update = new TicketUpdate(before);
    boolean changed =
        otherParts || otherAgent || otherCustomer || company.isPresent() || status.isPresent();
    if (changed && !before.hasSender()) {
      update.sender(tickets.findSender(id).shown());
    }
    if (otherAgent) {
      update.agent(agent.get());
      if (before.status().equals(BuiltInStatus.NEW) && status.isEmpty()) {
        status = Optional.of(BuiltInStatus.OPEN);
      }
    }
    company.ifPresent(update::company);
    if (otherCustomer) {
      update.customer(customer.get().id(), customer.get().userId());
      if (before.companyId() == null && company.isEmpty() && customer.get().companyId() != null) {
        update.company(customer.get().companyId());
      }
    }
    LocalDateTime gmt = WallClock.now(clock);
    status.ifPresent(
        slug -> update.status(slug, WallClock.local(gmt, site.get(Setting.TIME_ZONE)), gmt));
    changes.sets(Subject.TICKET, id, before.row(), update.columns());
    additionalAgents.ifPresent(agents -> tickets.setAdditionalAgents(id, agents));
    termsOfTickets.add(id, added);
    termsOfTickets.remove(id, removed);
    tags.ifPresent(ids -> termsOfTickets.replace(id, Taxonomy.TAGS, ids));
    department.ifPresent(term -> termsOfTickets.replace(id, Taxonomy.DEPARTMENTS, List.of(term)));
    return view(id, caller, site);
  }

  private TicketView view(long id, Caller caller, Site site) {
    return shown(list.find(id).orElseThrow(NotFound::ticket), caller, site);
  }

  /** What a ticket leaves blank is filled from its customer for who knows that one anyway. */
  private static TicketView shown(TicketView ticket, Caller caller, Site site) {
    Long customerId = ticket.row().references().customerId();
    return caller.knowsCustomer(customerId, site) ? ticket : ticket.withoutCustomersDetails();
  }

  private boolean mayOpenFor(String email, Caller caller, Site site) {
    return mayNameOthers(caller, site)
        || SameText.exceptCase(caller.email(), email)
        || caller.customerIds().stream().anyMatch(id -> customers.hasEmail(id, email));
  }

  /** Whether it does no harm that the answer tells what there is behind an address. */
  private static boolean mayNameOthers(Caller caller, Site site) {
    return site.get(Setting.CUSTOMERS_OPEN_FOR_OTHERS) || caller.knowsCustomers(site);
  }

  /** All registered ones unless asked otherwise; an empty wish adds private tickets. */
  private List<String> listedStatuses(TicketFilter filter, Caller caller, Site site) {
    if (filter.statuses() != null && !filter.statuses().isEmpty()) {
      return filter.statuses();
    }
    List<String> listed = new ArrayList<>(statuses.values());
    if (filter.statuses() != null && (caller.isAgent(site) || caller.mayEditTickets())) {
      listed.add(BuiltInStatus.PRIVATE);
    }
    return listed;
  }

  private List<Long> candidates(WrittenId idOrNumber) {
    return idOrNumber
        .id()
        .filter(tickets::exists)
        .map(List::of)
        .orElseGet(() -> tickets.idsByNumber(idOrNumber.text()));
  }

  /** Whom a new ticket is for; who may not name others learns nothing of an address. */
  private Optional<Long> agent(
      WrittenId reference, Caller caller, Site site, UnknownValues unknown) {
    if (reference.id().isEmpty() && !mayNameOthers(caller, site)) {
      unknown.add("agent_id", "agent_id can only be the id of an agent.");
      return Optional.empty();
    }
    return agent("agent_id", reference, site, unknown);
  }

  private Optional<Long> agent(
      String parameter, WrittenId reference, Site site, UnknownValues unknown) {
    Optional<Long> found =
        reference.id().isPresent()
            ? agents.findById(reference.id().get(), site)
            : agents.findByEmail(reference.text(), site);
    if (found.isEmpty()) {
      unknown.add(parameter, parameter + " names no agent.");
    }
    return found;
  }

  /**
   * Those who take the place of the additional agents; nothing where they stay. A list that names
   * no agent besides the main one is how they are taken off a ticket.
   */
  private Optional<List<Long>> additionalAgents(
      List<WrittenId> references, @Nullable Long mainAgent, Site site, UnknownValues unknown) {
    if (references.isEmpty()) {
      return Optional.empty();
    }
    if (!site.get(Setting.MULTIPLE_AGENTS)) {
      unknown.add("agents", "agents: this site does not allow several agents for a ticket.");
      return Optional.empty();
    }
    List<Agent> all = agents.all(site);
    Set<Long> result = new LinkedHashSet<>();
    for (WrittenId reference : references) {
      all.stream()
          .filter(agent -> isMeant(agent, reference))
          .findFirst()
          .ifPresentOrElse(
              agent -> result.add(agent.id()),
              () -> unknown.add("agents", "agents names somebody who is no agent."));
    }
    result.remove(mainAgent);
    return Optional.of(List.copyOf(result));
  }

  private static boolean isMeant(Agent agent, WrittenId reference) {
    return reference
        .id()
        .map(id -> agent.id() == id)
        .orElseGet(() -> SameText.exceptCase(agent.email(), reference.text()));
  }

  private Optional<Long> company(@Nullable Long id, UnknownValues unknown) {
    if (id == null) {
      return Optional.empty();
    }
    if (!companies.existsById(id)) {
      unknown.add("company", "company names no company.");
      return Optional.empty();
    }
    return Optional.of(id);
  }

  private Optional<Customer> customer(@Nullable WrittenId reference, UnknownValues unknown) {
    if (reference == null) {
      return Optional.empty();
    }
    Optional<Customer> found =
        reference.id().isPresent()
            ? customers.findById(reference.id().get())
            : customerByEmail(reference.text());
    if (found.isEmpty()) {
      unknown.add("customer", "customer names no customer.");
    }
    return found;
  }

  private Optional<Customer> customerByEmail(String email) {
    return customers.findByEmail(email).filter(found -> customers.hasEmail(found.id(), email));
  }

  /** Found by e-mail address, or made; one that is there is not changed. */
  private Customer customer(TicketTexts texts, TicketDraft draft) {
    return customers
        .findByEmail(texts.email())
        .orElseGet(
            () ->
                customers.insert(
                    texts.email(),
                    texts.firstName() + " " + texts.lastName(),
                    draft.phone(),
                    draft.additionalPhone(),
                    draft.website(),
                    WallClock.now(clock)));
  }

  /** The status to set; nothing where it is the ticket's already. */
  private Optional<String> status(
      @Nullable String slug, TicketList.State before, UnknownValues unknown) {
    if (slug == null || slug.equals(before.status())) {
      return Optional.empty();
    }
    if (!statuses.isAssignable(slug)) {
      unknown.add("status", "status cannot be set to this value.");
      return Optional.empty();
    }
    return Optional.of(slug);
  }

  private List<Long> categories(String parameter, List<Long> ids, UnknownValues unknown) {
    List<Long> existing = terms.existing(Taxonomy.CATEGORIES, ids);
    if (!existing.containsAll(ids)) {
      unknown.add(parameter, parameter + " names no category.");
    }
    return existing;
  }

  /** As in WordPress, those who may edit tickets give them tags. */
  private List<Long> tags(List<Long> ids, Caller caller, UnknownValues unknown) {
    if (!ids.isEmpty() && !caller.mayEditTickets()) {
      unknown.add("ticket_tag", "ticket_tag is for agents.");
      return List.of();
    }
    List<Long> existing = terms.existing(Taxonomy.TAGS, ids);
    if (!existing.containsAll(ids)) {
      unknown.add("ticket_tag", "ticket_tag names something that is no tag.");
    }
    return existing;
  }

  private Optional<Long> department(@Nullable Long id, Site site, UnknownValues unknown) {
    if (id == null) {
      return Optional.empty();
    }
    if (!site.get(Setting.ENABLE_DEPARTMENTS)
        || terms.existing(Taxonomy.DEPARTMENTS, List.of(id)).isEmpty()) {
      unknown.add("department", "department names no department.");
      return Optional.empty();
    }
    return Optional.of(id);
  }

  /** The site's own way of assigning new tickets goes before what was asked for. */
  private Optional<Long> assigned(Optional<Long> requested, Site site) {
    return switch (site.get(Setting.ASSIGN_ON_SUBMIT)) {
      case AS_REQUESTED -> requested;
      case LEAST_LOADED -> agents.findLeastLoaded(site).or(() -> requested);
      case RANDOM -> {
        List<Agent> all = agents.all(site);
        yield all.isEmpty() ? requested : Optional.of(all.get(random.nextInt(all.size())).id());
      }
    };
  }

  private String newKey() {
    byte[] bytes = new byte[KEY_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
