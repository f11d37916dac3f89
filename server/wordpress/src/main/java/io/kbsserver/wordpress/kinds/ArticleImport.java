package io.kbsserver.wordpress.kinds;

import static java.util.Objects.requireNonNullElse;

import io.kbsserver.articles.ArticleTexts;
import io.kbsserver.site.BuiltInStatus;
import io.kbsserver.wordpress.destination.TargetRow;
import io.kbsserver.wordpress.destination.TargetTable;
import io.kbsserver.wordpress.php.PhpValues;
import io.kbsserver.wordpress.report.Kind;
import io.kbsserver.wordpress.source.PostDates;
import io.kbsserver.wordpress.source.RowReader;
import io.kbsserver.wordpress.source.WordPressPost;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Brings over the articles of the knowledge base, rendered and without anything that runs. */
public final class ArticleImport {

  static final TargetTable TABLE =
      new TargetTable(
          Kind.ARTICLE,
          "article",
          "article",
          false,
          List.of(
              "status",
              "author_id",
              "date_local",
              "date_gmt",
              "modified_local",
              "modified_gmt",
              "slug",
              "guid",
              "title_raw",
              "content_raw",
              "excerpt_raw",
              "restricted",
              "protected",
              "views",
              "picture_id",
              "template",
              "comment_status",
              "ping_status"),
          List.of("title_rendered", "content_rendered", "excerpt_rendered"),
          List.of(new TargetTable.Child("article_term", "article_id", List.of("term_id"))));

  private static final String RESTRICTED = "_kbs_article_restricted";
  private static final String VIEWS = "_kbs_article_views";
  private static final String PICTURE = "_thumbnail_id";
  private static final String TEMPLATE = "_wp_page_template";
  private static final String CLOSED = "closed";

  private final ImportRun run;
  private final TermLinks terms;
  private PostDates before;

  public ArticleImport(ImportRun run, TermLinks terms) {
    this.run = run;
    this.terms = terms;
    this.before = PostDates.earliest(run.clock());
  }

  public void run() throws SQLException {
    PostBatches.run(
        run, Kind.ARTICLE, "article", List.of(RESTRICTED, VIEWS, PICTURE, TEMPLATE), this::write);
  }

  private void write(List<WordPressPost> posts) throws SQLException {
    ReferredRows references = new ReferredRows(run);
    posts.forEach(post -> references.user(author(post)));
    references.resolve();
    Map<Long, List<TermLinks.Link>> links =
        terms.of(posts.stream().map(WordPressPost::id).toList());
    List<TargetRow> rows = new ArrayList<>();
    for (WordPressPost post : posts) {
      rows.add(row(post, references, links.getOrDefault(post.id(), List.of())));
    }
    run.writer().write(TABLE, rows);
  }

  private TargetRow row(WordPressPost post, ReferredRows references, List<TermLinks.Link> links) {
    RowReader reader = new RowReader(Kind.ARTICLE, post.id(), run.log());
    before = PostDates.of(post, run.clock(), Kind.ARTICLE, run.log(), before);
    String title = reader.longText("its title", post.title());
    String content = reader.veryLongText("its content", post.content());
    String excerpt = reader.longText("its excerpt", post.excerpt());
    List<String> values = new ArrayList<>();
    values.add(ascii(reader, "its status", post.status(), BuiltInStatus.DRAFT));
    values.add(RowReader.id(references.checkedUser(author(post), "its author", reader)));
    values.addAll(before.values());
    values.add(reader.text("its slug", post.slug(), 200));
    values.add(reader.text("its guid", post.guid(), 255));
    values.add(title);
    values.add(content);
    values.add(excerpt);
    values.add(RowReader.flag(PhpValues.truthy(post.meta().first(RESTRICTED))));
    values.add(RowReader.flag(post.hasPassword()));
    Long views = reader.reference("the number of its views", post.meta().first(VIEWS));
    values.add(Long.toString(requireNonNullElse(views, 0L)));
    values.add(RowReader.id(reader.reference("its picture", post.meta().first(PICTURE))));
    values.add(template(reader, post.meta().first(TEMPLATE)));
    values.add(ascii(reader, "whether it can be commented on", post.commentStatus(), CLOSED));
    values.add(ascii(reader, "whether it can be linked to", post.pingStatus(), CLOSED));
    return new TargetRow(
        post.id(),
        values,
        () -> rendered(title, content, excerpt, reader),
        List.of(
            links.stream()
                .filter(link -> link.taxonomy().startsWith("article_"))
                .map(link -> List.of(Long.toString(link.termId())))
                .toList()));
  }

  private static List<String> rendered(
      String title, String content, String excerpt, RowReader reader) {
    ArticleTexts texts = ArticleTexts.of(title, content, excerpt);
    return List.of(
        Render.label("its title", texts.title(), reader),
        Render.text(texts.content(), reader),
        Render.text(texts.excerpt(), reader));
  }

  private static @Nullable Long author(WordPressPost post) {
    return post.author() == 0 ? null : post.author();
  }

  private static String ascii(RowReader reader, String what, String value, String otherwise) {
    return requireNonNullElse(reader.ascii(what, value, 20), otherwise);
  }

  /** The usual one has a name in the database only. */
  private static String template(RowReader reader, @Nullable String stored) {
    return stored == null || stored.equals("default")
        ? ""
        : reader.text("its template", stored, 191);
  }
}
