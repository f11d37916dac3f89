package io.kbsserver.replies;

import static java.util.Objects.requireNonNull;

import io.kbsserver.access.Caller;
import io.kbsserver.access.Visibility;
import io.kbsserver.access.VisibleTicketList;
import io.kbsserver.change.ChangeLog;
import io.kbsserver.change.Subject;
import io.kbsserver.files.FileService;
import io.kbsserver.files.ListedFile;
import io.kbsserver.files.NewFiles;
import io.kbsserver.list.Late;
import io.kbsserver.list.ListRequest;
import io.kbsserver.list.Page;
import io.kbsserver.posts.PostRepository;
import io.kbsserver.posts.WrittenContent;
import io.kbsserver.refusal.Fault;
import io.kbsserver.refusal.InvalidParameters;
import io.kbsserver.refusal.NotAllowed;
import io.kbsserver.refusal.NotFound;
import io.kbsserver.refusal.UnknownValues;
import io.kbsserver.site.BuiltInStatus;
import io.kbsserver.site.CurrentSite;
import io.kbsserver.site.Setting;
import io.kbsserver.site.Site;
import io.kbsserver.site.WallClock;
import io.kbsserver.storage.SqlCondition;
import io.kbsserver.storage.TableCondition;
import io.kbsserver.terms.NeededTerms;
import io.kbsserver.terms.TermCounts;
import io.kbsserver.tickets.RepliedTickets;
import io.kbsserver.tickets.RepliedTickets.Locked;
import io.kbsserver.tickets.StatusRepository;
import io.micronaut.context.annotation.Property;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules of replies: who reads and writes them, and what follows for the ticket. */
@Singleton
class ReplyService {

  /** In the trash, and what is no ticket yet, nobody replies by mail. */
  private static final TableCondition LISTED =
      t ->
          SqlCondition.of(
              t + ".status IN (SELECT slug FROM ticket_status WHERE registered = TRUE)");

  private final ReplyList list;
  private final ReplyRepository replies;
  private final ReplyAuthors authors;
  private final Correspondents correspondents;
  private final RepliedTickets tickets;
  private final VisibleTicketList visible;
  private final PostRepository posts;
  private final StatusRepository statuses;
  private final NeededTerms neededTerms;
  private final TermCounts counts;
  private final FileService files;
  private final ChangeLog changes;
  private final CurrentSite settings;
  private final Clock clock;
  private final int longestText;

  ReplyService(
      ReplyList list,
      ReplyRepository replies,
      ReplyAuthors authors,
      Correspondents correspondents,
      RepliedTickets tickets,
      VisibleTicketList visible,
      PostRepository posts,
      StatusRepository statuses,
      NeededTerms neededTerms,
      TermCounts counts,
      FileService files,
      ChangeLog changes,
      CurrentSite settings,
      Clock clock,
      @Property(name = "kbs.text-length") int longestText) {
    this.list = list;
    this.replies = replies;
    this.authors = authors;
    this.correspondents = correspondents;
    this.tickets = tickets;
    this.visible = visible;
    this.posts = posts;
    this.statuses = statuses;
    this.neededTerms = neededTerms;
    this.counts = counts;
    this.files = files;
    this.changes = changes;
    this.settings = settings;
    this.clock = clock;
    this.longestText = longestText;
  }

  /**
   * A page of the replies to a ticket that the caller may see.
   *
   * @param editing whether they are asked for in order to be edited, which nobody may
   */
  @Connectable
  public Page<ReplyView> list(
      long ticketId, @Nullable String search, ListRequest request, Caller caller, boolean editing) {
    visible.require(ticketId, caller, NotAllowed::toSeeReplies);
    if (editing) {
      throw NotAllowed.toSeeReplies();
    }
    return list.page(ticketId, Visibility.of(caller, settings.current()), search, request)
        .with(this::withFiles);
  }

  /** The newest replies to each of these tickets, as far as the caller may see them. */
  @Connectable
  public Late<List<ReplyView>> newestOfEach(Collection<Long> ticketIds, Caller caller, int most) {
    Late<List<ReplyView>> newest =
        list.newestOfEach(ticketIds, Visibility.of(caller, settings.current()), most);
    return new Late<>(withFiles(newest.item()), newest.texts());
  }

  /** Those of these tickets whose replies the caller may see, whether there are any. */
  @Connectable
  public List<Long> readable(Collection<Long> ticketIds, Caller caller) {
    return visible.among(ticketIds, caller);
  }

  /** Whether the caller may reply to this ticket, if they see it. */
  @Connectable
  public boolean mayReply(long ticketId, Caller caller) {
    return visible.mayReply(ticketId, caller);
  }

  /** One reply; agents also see what is not published. */
  @Connectable
  public ReplyView read(long id, Caller caller, boolean editing) {
    Site site = settings.current();
    if (!replies.exists(id)) {
      throw NotFound.reply();
    }
    if (editing) {
      throw NotAllowed.toSeeReplies();
    }
    return list.find(id, Visibility.of(caller, site), caller.isAgent(site))
        .map(this::withFiles)
        .orElseThrow(NotAllowed::toSeeReplies);
  }

  /** Those of these replies that the caller may see; long texts come late. */
  @Connectable
  public Late<List<ReplyView>> read(Collection<Long> ids, Caller caller) {
    Site site = settings.current();
    Late<List<ReplyView>> found = list.find(ids, Visibility.of(caller, site), caller.isAgent(site));
    return new Late<>(withFiles(found.item()), found.texts());
  }

  /** The first ids behind one of replies that the caller may see, in their order. */
  @Connectable
  public List<Long> idsBehind(long id, int most, Caller caller) {
    Site site = settings.current();
    return list.idsBehind(id, most, Visibility.of(caller, site), caller.isAgent(site));
  }

  private ReplyView withFiles(ReplyView reply) {
    return withFiles(List.of(reply)).get(0);
  }

  private List<ReplyView> withFiles(List<ReplyView> replies) {
    Map<Long, List<ListedFile>> all = files.ofReplies(replies.stream().map(ReplyView::id).toList());
    return replies.stream()
        .map(reply -> reply.withFiles(all.getOrDefault(reply.id(), List.of())))
        .toList();
  }

  /** The same of one that came by mail: whoever it says it is from, it is sanitised. */
  WrittenContent mailedContent(String text) {
    return WrittenContent.of("reply_content", text, false, longestText);
  }

  /** The text of a new reply; it takes time, and nothing but time. */
  WrittenContent content(long ticketId, ReplyDraft draft, Caller caller) {
    Map<String, Fault> faults = new LinkedHashMap<>();
    if (ticketId == 0) {
      faults.put("id", new Fault("rest_missing_param", "id is required."));
    }
    if (draft.content() == null) {
      faults.put("reply_content", new Fault("rest_missing_param", "reply_content is required."));
    }
    if (!faults.isEmpty()) {
      throw new InvalidParameters("required_fields", "Required fields missing.", faults);
    }
    return WrittenContent.of(
        "reply_content",
        requireNonNull(draft.content()),
        caller.mayPublishUnfilteredHtml(),
        longestText);
  }

  /** Replies to a ticket that the caller may see or, where it is a customer, that is theirs. */
  @Transactional
  public ReplyView create(
      long ticketId,
      ReplyDraft draft,
      WrittenContent content,
      NewFiles newFiles,
      Caller caller,
      UnknownValues unknown) {
    Site site = settings.current();
    Locked ticket =
        tickets
            .lock(ticketId, Visibility.toReply(caller, site))
            .orElseThrow(() -> noneToReplyTo(ticketId, caller));
    if (!caller.isAgent(site) && (draft.closing() || draft.status() != null)) {
      throw NotAllowed.toChangeTicket();
    }
    ReplyAuthor author = authors.of(draft, ticket, caller, site, unknown);
    String status = status(draft, ticket, unknown);
    unknown.refuseIfStrict();

    return write(
        ticket,
        author,
        new Words(content, newFiles, neededTerms.restSource()),
        ticket.customerId(),
        null,
        status,
        draft.closing(),
        caller.userId());
  }

  /**
   * Replies to a ticket in the name of who takes part in it by this address. It changes of the
   * ticket what any reply does.
   */
  @Transactional
  public ReplyView createByMail(
      long ticketId, String address, WrittenContent content, NewFiles newFiles) {
    Site site = settings.current();
    Locked ticket = tickets.lock(ticketId, LISTED).orElseThrow(NotAllowed::toReply);
    Correspondent sender = correspondents.find(ticketId, address).orElseThrow(NotAllowed::toReply);
    Caller caller = sender.caller();
    UnknownValues unknown = new UnknownValues(true);
    ReplyDraft draft = new ReplyDraft(content.raw(), false, null, null, null);
    ReplyAuthor author =
        caller == null
            ? ReplyAuthor.WITHOUT_LOGIN
            : authors.of(draft, ticket, caller, site, unknown);
    return write(
        ticket,
        author,
        new Words(content, newFiles, neededTerms.mailSource()),
        sender.participant() == null ? ticket.customerId() : null,
        sender.participant(),
        status(draft, ticket, unknown),
        false,
        author.userId());
  }

  /** What is written, and by which way it came. */
  private record Words(WrittenContent content, NewFiles files, long sourceId) {}

  private ReplyView write(
      Locked ticket,
      ReplyAuthor author,
      Words words,
      @Nullable Long customerId,
      @Nullable String participant,
      String status,
      boolean closing,
      @Nullable Long uploader) {
    LocalDateTime gmt = WallClock.now(clock);
    LocalDateTime local = WallClock.local(gmt, settings.current().get(Setting.TIME_ZONE));
    long id = posts.takeId("kbs_ticket_reply");
    ReplyRow row =
        new ReplyRow(
            id,
            ticket.id(),
            BuiltInStatus.PUBLISHED,
            local,
            gmt,
            local,
            gmt,
            words.content().raw(),
            words.content().rendered(),
            author.userId(),
            customerId,
            author.agentId(),
            participant,
            words.sourceId(),
            closing);
    replies.insert(row);
    changes.creates(Subject.REPLY, id, row);
    files.attach(words.files(), ticket.id(), id, uploader, gmt, local);
    tickets.replied(ticket, status, author.by(), local, gmt);
    counts.add(List.of(words.sourceId()), id);
    // Its ticket may be out of sight by now.
    return list.find(id).map(this::withFiles).orElseThrow(NotFound::reply);
  }

  /** Whether there is no such ticket, or the caller may not reply to it. */
  private RuntimeException noneToReplyTo(long ticketId, Caller caller) {
    visible.require(ticketId, caller, NotAllowed::toReply);
    return NotAllowed.toReply();
  }

  /** A closed ticket is open again, unless the reply closes it. */
  private String status(ReplyDraft draft, Locked ticket, UnknownValues unknown) {
    String asked = draft.status();
    boolean assignable = asked != null && statuses.isAssignable(asked);
    if (asked != null && !assignable) {
      unknown.add("ticket_status", "ticket_status cannot be set to this value.");
    }
    if (draft.closing()) {
      return BuiltInStatus.CLOSED;
    }
    if (ticket.status().equals(BuiltInStatus.CLOSED)) {
      return BuiltInStatus.OPEN;
    }
    return assignable ? requireNonNull(asked) : ticket.status();
  }
}
