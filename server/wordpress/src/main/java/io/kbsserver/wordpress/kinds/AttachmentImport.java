package io.kbsserver.wordpress.kinds;

import static java.util.Objects.requireNonNullElse;

import io.kbsserver.text.PlainText;
import io.kbsserver.wordpress.destination.TargetRow;
import io.kbsserver.wordpress.destination.TargetTable;
import io.kbsserver.wordpress.php.PhpReading;
import io.kbsserver.wordpress.php.PhpValues;
import io.kbsserver.wordpress.report.Kind;
import io.kbsserver.wordpress.source.PostDates;
import io.kbsserver.wordpress.source.PostReader;
import io.kbsserver.wordpress.source.RowReader;
import io.kbsserver.wordpress.source.SiteClock;
import io.kbsserver.wordpress.source.UploadsFolder;
import io.kbsserver.wordpress.source.WordPressDatabase;
import io.kbsserver.wordpress.source.WordPressPost;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Brings over what is known of the files of tickets and replies; their bytes are copied later. */
public final class AttachmentImport {

  static final TargetTable TABLE =
      new TargetTable(
          Kind.ATTACHMENT,
          "attachment",
          "attachment",
          false,
          List.of(
              "ticket_id",
              "reply_id",
              "title",
              "url",
              "file",
              "mime_type",
              "date_gmt",
              "date_local",
              "author_id",
              "slug",
              "modified_gmt",
              "modified_local",
              "comment_status",
              "ping_status"),
          List.of(),
          List.of());

  private static final String FILE = "_wp_attached_file";
  private static final String PICTURE = "_wp_attachment_metadata";

  private record Owner(long ticketId, @Nullable Long replyId) {}

  private final ImportRun run;
  private PostDates before;

  public AttachmentImport(ImportRun run) {
    this.run = run;
    this.before = PostDates.earliest(run.clock());
  }

  /** Does so, and gives those that there are. */
  public List<FileCopy.Wanted> run() throws SQLException {
    List<FileCopy.Wanted> files = new ArrayList<>();
    PostReader posts = PostReader.ofAttachments(run.source(), List.of(FILE, PICTURE));
    run.log().start(Kind.ATTACHMENT, posts.total());
    List<WordPressPost> batch = posts.next();
    while (!batch.isEmpty()) {
      run.log().read(Kind.ATTACHMENT, batch.size());
      write(batch);
      batch.stream()
          .filter(AttachmentImport::isShown)
          .forEach(post -> files.add(new FileCopy.Wanted(post.id(), place(post))));
      run.log().advanced(Kind.ATTACHMENT);
      batch = posts.next();
    }
    return files;
  }

  /** A file that has a status of its own, such as private, is not shown with its ticket. */
  private static boolean isShown(WordPressPost post) {
    return post.status().equals("inherit");
  }

  private static UploadsFolder.Place place(WordPressPost post) {
    String picture = post.meta().first(PICTURE);
    String original =
        picture != null && PhpReading.of(picture).value() instanceof Map<?, ?> map
            ? PhpValues.text(map.get("original_image"))
            : null;
    return new UploadsFolder.Place(post.meta().first(FILE), post.guid(), original);
  }

  private void write(List<WordPressPost> posts) throws SQLException {
    Map<Long, Owner> owners = owners(posts);
    ReferredRows references = new ReferredRows(run);
    posts.forEach(post -> references.user(author(post)));
    references.resolve();
    List<TargetRow> rows = new ArrayList<>();
    for (WordPressPost post : posts) {
      Owner owner = owners.get(post.parent());
      if (!isShown(post)) {
        run.log()
            .skipped(
                Kind.ATTACHMENT,
                post.id(),
                "it is not shown with its ticket in WordPress (it is "
                    + PlainText.start(post.status(), 20)
                    + "); it was left out");
      } else if (owner == null) {
        run.log()
            .skipped(
                Kind.ATTACHMENT,
                post.id(),
                "what it belongs to, " + post.parent() + ", is not there; it was left out");
      } else {
        rows.add(row(post, owner, references));
      }
    }
    run.writer().write(TABLE, rows);
  }

  private Map<Long, Owner> owners(List<WordPressPost> posts) throws SQLException {
    List<Long> ids = posts.stream().map(WordPressPost::parent).distinct().toList();
    Map<Long, Owner> owners = new HashMap<>();
    run.ids()
        .present(Kind.TICKET, ids)
        .forEach((sourceId, id) -> owners.put(sourceId, new Owner(id, null)));
    Map<Long, Long> replies = run.ids().present(Kind.REPLY, ids);
    if (!replies.isEmpty()) {
      Map<Long, Long> tickets = new HashMap<>();
      run.target()
          .query(
              "SELECT id, ticket_id FROM reply WHERE id IN ("
                  + WordPressDatabase.placeholders(replies.size())
                  + ")",
              List.copyOf(replies.values()),
              row -> tickets.put(row.getLong(1), row.getLong(2)));
      replies.forEach(
          (sourceId, id) -> owners.put(sourceId, new Owner(tickets.getOrDefault(id, 0L), id)));
    }
    return owners;
  }

  private static @Nullable Long author(WordPressPost post) {
    return post.author() == 0 ? null : post.author();
  }

  private TargetRow row(WordPressPost post, Owner owner, ReferredRows references) {
    RowReader reader = new RowReader(Kind.ATTACHMENT, post.id(), run.log());
    PostDates dates = PostDates.of(post, run.clock(), Kind.ATTACHMENT, run.log(), before);
    before = dates;
    List<String> values = new ArrayList<>();
    values.add(Long.toString(owner.ticketId()));
    values.add(RowReader.id(owner.replyId()));
    values.add(reader.longText("its title", post.title()));
    values.add(reader.longText("its address", post.guid()));
    values.add(reader.textOrNull("the name of its file", post.meta().first(FILE), 1024));
    values.add(reader.text("its media type", post.mimeType(), 100));
    values.add(SiteClock.format(dates.gmt()));
    values.add(SiteClock.format(dates.local()));
    values.add(RowReader.id(references.checkedUser(author(post), "its author", reader)));
    values.add(reader.text("its slug", post.slug(), 200));
    values.add(SiteClock.format(dates.modifiedGmt()));
    values.add(SiteClock.format(dates.modifiedLocal()));
    values.add(status(reader, "whether it can be commented on", post.commentStatus(), "open"));
    values.add(status(reader, "whether it can be linked to", post.pingStatus(), "closed"));
    if (!post.content().isBlank() || !post.excerpt().isBlank()) {
      reader.problem("its caption and its description are not kept");
    }
    return new TargetRow(post.id(), values, List.of());
  }

  private static String status(RowReader reader, String what, String value, String otherwise) {
    return requireNonNullElse(reader.ascii(what, value, 20), otherwise);
  }
}
