package io.kbsserver.articles;

import io.kbsserver.list.LateTexts;
import io.kbsserver.list.ListReader;
import io.kbsserver.list.ListRequest;
import io.kbsserver.list.Listing;
import io.kbsserver.list.LongTexts;
import io.kbsserver.list.Page;
import io.kbsserver.list.PostStatuses;
import io.kbsserver.list.PostTimes;
import io.kbsserver.list.SearchTerms;
import io.kbsserver.list.Selection;
import io.kbsserver.list.Slugs;
import io.kbsserver.list.TextReader;
import io.kbsserver.storage.Jdbc;
import io.kbsserver.storage.SqlCondition;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The statements on articles that are built: each holds what its reader may not see. */
@Singleton
class ArticleList {

  private static final String ROWS =
      """
      SELECT a.id, a.status, a.author_id, u.missing = FALSE AS author_exists, a.date_local,
        a.date_gmt, a.modified_local, a.modified_gmt, a.slug, a.guid, a.title_raw,
        a.title_rendered, :texts, :blocks AS blocks, a.restricted, a.protected,
        :hidden AS hidden, a.views, a.picture_id, a.template, a.comment_status, a.ping_status
      FROM :page JOIN article a ON a.id = page.id LEFT JOIN app_user u ON u.id = a.author_id
      """;

  /** As the editor of WordPress marks them; the text itself may come late. */
  private static final String HAS_BLOCKS = "LOCATE('<!-- wp:', CAST(a.content_raw AS BINARY)) > 0";

  private static final String TERMS =
      """
      SELECT x.article_id AS of_id, te.id, te.taxonomy
      FROM article_term x JOIN term te ON te.id = x.term_id
      WHERE x.article_id IN (:ids) ORDER BY te.name, te.id
      """;

  private final ListReader reader;
  private final TextReader texts;
  private final Jdbc jdbc;

  ArticleList(ListReader reader, TextReader texts, Jdbc jdbc) {
    this.reader = reader;
    this.texts = texts;
    this.jdbc = jdbc;
  }

  /**
   * A page of the articles that are wanted and may be seen. Long texts come late.
   *
   * @param visible the condition on those that may
   * @param editor whether the caller may edit articles, and so ask for such as are not published
   */
  Page<ArticleView> page(
      ArticleFilter filter,
      SqlCondition visible,
      boolean editor,
      Readership readership,
      ArticlePurpose purpose,
      ListRequest request) {
    LongTexts shown = purpose.texts();
    LateTexts late = texts.late(shown);
    String selected = shown.whereShort(request.window().perPage(), readership.hidden());
    List<String> searched = new ArrayList<>(List.of("a.title_raw"));
    searched.addAll(readership.searched());
    return reader
        .page(
            listing(readership, purpose, selected, late),
            visible.and(wanted(filter, editor)),
            SearchTerms.in(searched, filter.search()),
            request)
        .with(this::withTerms)
        .with(late);
  }

  /** The article with this id, if it may be seen. */
  Optional<ArticleView> find(
      long id, SqlCondition visible, Readership readership, ArticlePurpose purpose) {
    String selected = purpose.texts().whole(readership.hidden());
    Listing<ArticleView.Row> whole =
        listing(readership, purpose, selected, new LateTexts(ids -> Map.of()));
    return withTerms(reader.byIds(whole, visible, List.of(id))).stream().findFirst();
  }

  /** Whether there is an article with this id, whoever may see it. */
  boolean exists(long id) {
    return jdbc.number("SELECT COUNT(*) FROM article WHERE id = ?", List.of(id)) > 0;
  }

  private static SqlCondition wanted(ArticleFilter filter, boolean editor) {
    return SqlCondition.all(
        List.of(
            PostStatuses.on("a.status", filter.statuses(), editor),
            Selection.among("a.author_id", filter.authors()),
            Selection.notAmong("a.author_id", filter.otherAuthors()),
            Slugs.among("a.slug", filter.slugs()),
            SqlCondition.ifGiven("a.date_local > ?", filter.after()),
            SqlCondition.ifGiven("a.date_local < ?", filter.before()),
            SqlCondition.ifGiven("a.modified_local > ?", filter.modifiedAfter()),
            SqlCondition.ifGiven("a.modified_local < ?", filter.modifiedBefore()),
            filter.terms().on("article_term", "article_id", "a.id")));
  }

  private static Listing<ArticleView.Row> listing(
      Readership readership, ArticlePurpose purpose, String texts, LateTexts late) {
    return new Listing<>(
        "article a",
        "a.id",
        ROWS.replace(":texts", texts)
            .replace(":blocks", purpose == ArticlePurpose.EDIT ? HAS_BLOCKS : "FALSE")
            .replace(":hidden", readership.hidden()),
        row -> row(row, purpose.texts().columns(), late),
        Page.BehindTheEnd.OF_POSTS);
  }

  private List<ArticleView> withTerms(List<ArticleView.Row> articles) {
    Map<Long, List<ArticleView.Topic>> terms =
        reader.children(
            TERMS,
            articles.stream().map(ArticleView.Row::id).toList(),
            row -> new ArticleView.Topic(row.getLong("id"), row.getString("taxonomy")));
    return articles.stream()
        .map(row -> new ArticleView(row, terms.getOrDefault(row.id(), List.of())))
        .toList();
  }

  private static ArticleView.Row row(ResultSet row, List<String> read, LateTexts late)
      throws SQLException {
    return new ArticleView.Row(
        row.getLong("id"),
        PostTimes.of(row),
        row.getString("slug"),
        row.getString("guid"),
        row.getString("status"),
        row.getObject("author_id", Long.class),
        row.getBoolean("author_exists"),
        new ArticleView.Text(row.getString("title_raw"), row.getString("title_rendered")),
        new ArticleView.Text(
            text(row, "content_raw", read, late), text(row, "content_rendered", read, late)),
        new ArticleView.Text(
            text(row, "excerpt_raw", read, late), text(row, "excerpt_rendered", read, late)),
        row.getBoolean("blocks"),
        row.getBoolean("restricted"),
        row.getBoolean("protected"),
        row.getBoolean("hidden"),
        row.getLong("views"),
        row.getObject("picture_id", Long.class),
        row.getString("template"),
        row.getString("comment_status"),
        row.getString("ping_status"));
  }

  private static String text(ResultSet row, String column, List<String> read, LateTexts late)
      throws SQLException {
    return read.contains(column) ? LongTexts.text(row, column, late) : "";
  }
}
