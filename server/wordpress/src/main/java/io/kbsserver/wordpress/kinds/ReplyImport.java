package io.kbsserver.wordpress.kinds;

import static java.util.Objects.requireNonNull;

import io.kbsserver.site.BuiltInStatus;
import io.kbsserver.wordpress.destination.TargetRow;
import io.kbsserver.wordpress.destination.TargetTable;
import io.kbsserver.wordpress.php.PhpValues;
import io.kbsserver.wordpress.report.Kind;
import io.kbsserver.wordpress.source.PostDates;
import io.kbsserver.wordpress.source.PostReader;
import io.kbsserver.wordpress.source.RowReader;
import io.kbsserver.wordpress.source.SiteClock;
import io.kbsserver.wordpress.source.WordPressPost;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Brings over the replies to tickets. */
public final class ReplyImport {

  static final TargetTable TABLE =
      new TargetTable(
          Kind.REPLY,
          "reply",
          "kbs_ticket_reply",
          false,
          List.of(
              "ticket_id",
              "status",
              "date_local",
              "date_gmt",
              "modified_local",
              "modified_gmt",
              "content_raw",
              "author_id",
              "customer_id",
              "agent_id",
              "participant_email",
              "source_id",
              "resolution"),
          List.of("content_rendered"),
          List.of());

  private static final String CUSTOMER = "_kbs_reply_customer_id";
  private static final String AGENT = "_kbs_reply_agent_id";
  private static final String PARTICIPANT = "_kbs_reply_participant";
  private static final String RESOLUTION = "_kbs_reply_resolution";
  private static final List<String> KEYS = List.of(CUSTOMER, AGENT, PARTICIPANT, RESOLUTION);

  private record Draft(
      WordPressPost post,
      RowReader reader,
      @Nullable Long author,
      @Nullable Long customer,
      @Nullable Long agent) {}

  private final ImportRun run;
  private final TermLinks terms;
  private PostDates before;

  public ReplyImport(ImportRun run, TermLinks terms) {
    this.run = run;
    this.terms = terms;
    this.before = PostDates.earliest(run.clock());
  }

  public void run() throws SQLException {
    PostReader posts = PostReader.ofType(run.source(), "kbs_ticket_reply", KEYS);
    run.log().start(Kind.REPLY, posts.total());
    List<WordPressPost> batch = posts.next();
    while (!batch.isEmpty()) {
      run.log().read(Kind.REPLY, batch.size());
      write(batch);
      run.log().advanced(Kind.REPLY);
      batch = posts.next();
    }
  }

  private void write(List<WordPressPost> posts) throws SQLException {
    Map<Long, Long> tickets =
        run.ids().present(Kind.TICKET, posts.stream().map(WordPressPost::parent).toList());
    Map<Long, Long> known =
        run.ids().brought(Kind.REPLY, posts.stream().map(WordPressPost::id).toList());
    List<Draft> drafts = new ArrayList<>();
    ReferredRows references = new ReferredRows(run);
    for (WordPressPost post : posts) {
      if (!tickets.containsKey(post.parent())) {
        if (known.containsKey(post.id())) {
          // It came with its ticket, and is not served since that was deleted.
          run.log().unchanged(Kind.REPLY, 1);
        } else {
          run.log()
              .skipped(
                  Kind.REPLY,
                  post.id(),
                  "its ticket, " + post.parent() + ", is not there; it was left out");
        }
        continue;
      }
      Draft draft = draft(post);
      references.user(draft.author());
      references.user(draft.agent());
      references.customer(draft.customer());
      drafts.add(draft);
    }
    references.resolve();
    Map<Long, List<TermLinks.Link>> links =
        terms.of(posts.stream().map(WordPressPost::id).toList());
    List<TargetRow> rows = new ArrayList<>(drafts.size());
    for (Draft draft : drafts) {
      rows.add(
          row(
              draft,
              requireNonNull(tickets.get(draft.post().parent())),
              references,
              links.getOrDefault(draft.post().id(), List.of())));
    }
    run.writer().write(TABLE, rows);
  }

  private Draft draft(WordPressPost post) {
    RowReader reader = new RowReader(Kind.REPLY, post.id(), run.log());
    return new Draft(
        post,
        reader,
        post.author() == 0 ? null : post.author(),
        reader.reference("its customer", post.meta().first(CUSTOMER)),
        reader.reference("its agent", post.meta().first(AGENT)));
  }

  private TargetRow row(
      Draft draft, long ticketId, ReferredRows references, List<TermLinks.Link> links) {
    WordPressPost post = draft.post();
    RowReader reader = draft.reader();
    PostDates dates = PostDates.of(post, run.clock(), Kind.REPLY, run.log(), before);
    before = dates;
    String content = reader.veryLongText("its content", post.content());
    String status = reader.ascii("its status", post.status(), 20);
    String participant =
        reader.email("the participant who wrote it", post.meta().first(PARTICIPANT));
    List<String> values = new ArrayList<>(TABLE.columns().size());
    values.add(Long.toString(ticketId));
    values.add(status == null ? BuiltInStatus.DRAFT : status);
    values.add(SiteClock.format(dates.local()));
    values.add(SiteClock.format(dates.gmt()));
    values.add(SiteClock.format(dates.modifiedLocal()));
    values.add(SiteClock.format(dates.modifiedGmt()));
    values.add(content);
    values.add(RowReader.id(references.checkedUser(draft.author(), "its author", reader)));
    values.add(RowReader.id(references.checkedCustomer(draft.customer(), reader)));
    values.add(RowReader.id(references.checkedUser(draft.agent(), "its agent", reader)));
    values.add(participant == null || participant.isEmpty() ? null : participant);
    values.add(source(links));
    values.add(RowReader.flag(PhpValues.truthy(post.meta().first(RESOLUTION))));
    return new TargetRow(
        post.id(), values, () -> List.of(Render.content(content, reader)), List.of());
  }

  private static @Nullable String source(List<TermLinks.Link> links) {
    return links.stream()
        .filter(link -> link.taxonomy().equals("ticket_sources"))
        .map(link -> Long.toString(link.termId()))
        .findFirst()
        .orElse(null);
  }
}
