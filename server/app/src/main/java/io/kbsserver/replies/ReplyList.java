package io.kbsserver.replies;

import io.kbsserver.list.Late;
import io.kbsserver.list.LateTexts;
import io.kbsserver.list.ListReader;
import io.kbsserver.list.ListRequest;
import io.kbsserver.list.Listing;
import io.kbsserver.list.LongTexts;
import io.kbsserver.list.Page;
import io.kbsserver.list.SearchTerms;
import io.kbsserver.list.TextReader;
import io.kbsserver.site.BuiltInStatus;
import io.kbsserver.storage.SqlCondition;
import io.kbsserver.storage.TableCondition;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The statements on replies that are built: each holds the condition that says which tickets the
 * caller may see.
 */
@Singleton
class ReplyList {

  private static final String TABLE = "reply r JOIN ticket t ON t.id = r.ticket_id";

  private static final String ROWS =
      """
      SELECT r.id, r.date_local, r.date_gmt, r.modified_local, r.modified_gmt, r.status,
        te.id AS source_id, :texts, t.id AS ticket_id, t.number, t.ticket_key, t.status AS ticket_status, t.customer_id,
        t.user_id, t.company_id
      FROM :page JOIN reply r ON r.id = page.id JOIN ticket t ON t.id = r.ticket_id
        LEFT JOIN term te ON te.id = r.source_id AND te.missing = FALSE
      """;

  private static final LongTexts TEXTS =
      new LongTexts("reply", "r", List.of("content_raw", "content_rendered"));

  private static final List<String> SEARCHED = List.of("r.content_raw");

  private static final SqlCondition PUBLISHED =
      SqlCondition.of("r.status = ?", BuiltInStatus.PUBLISHED);

  private static final SqlCondition NOT_DELETED =
      SqlCondition.of("r.status <> ?", BuiltInStatus.DELETED);

  private static final Listing<ReplyView> WHOLE =
      listing(TEXTS.whole(), new LateTexts(ids -> Map.of()));

  private final ListReader reader;
  private final TextReader texts;

  ReplyList(ListReader reader, TextReader texts) {
    this.reader = reader;
    this.texts = texts;
  }

  /** A page of the published replies to a ticket, if it is among these. Long texts come late. */
  Page<ReplyView> page(
      long ticketId, TableCondition visible, @Nullable String search, ListRequest request) {
    LateTexts late = texts.late(TEXTS);
    return reader
        .page(
            shortTexts(request.window().perPage(), late),
            SqlCondition.of("r.ticket_id = ?", ticketId).and(PUBLISHED).and(visible.onNamed("t")),
            SearchTerms.in(SEARCHED, search),
            request)
        .with(late);
  }

  /** The newest published replies to each of several tickets, if they are among these. */
  Late<List<ReplyView>> newestOfEach(Collection<Long> ticketIds, TableCondition visible, int most) {
    LateTexts late = texts.late(TEXTS);
    return new Late<>(
        reader.newestOfEach(
            shortTexts(Math.max(1, ticketIds.size() * most), late),
            "r.ticket_id",
            PUBLISHED.and(visible.onNamed("t")),
            ticketIds,
            most),
        late);
  }

  /**
   * A reply to a ticket that is among these.
   *
   * @param unpublished whether it may be a draft, or in the trash of WordPress
   */
  Optional<ReplyView> find(long id, TableCondition visible, boolean unpublished) {
    return reader.newest(
        WHOLE,
        SqlCondition.of("r.id = ?", id)
            .and(unpublished ? NOT_DELETED : PUBLISHED)
            .and(visible.onNamed("t")));
  }

  /**
   * Those of these replies to tickets that are among these; long texts come late.
   *
   * @param unpublished whether they may be drafts, or in the trash of WordPress
   */
  Late<List<ReplyView>> find(Collection<Long> ids, TableCondition visible, boolean unpublished) {
    LateTexts late = texts.late(TEXTS);
    return new Late<>(
        reader.byIds(
            shortTexts(Math.max(1, ids.size()), late), seen(visible::onNamed, unpublished), ids),
        late);
  }

  /** The first ids behind one of such replies, in their order. */
  List<Long> idsBehind(long id, int most, TableCondition visible, boolean unpublished) {
    return reader.idsBehind(WHOLE, seen(visible, unpublished), id, most);
  }

  private static SqlCondition seen(TableCondition visible, boolean unpublished) {
    return (unpublished ? NOT_DELETED : PUBLISHED).and(visible.on("t"));
  }

  /** A reply, whoever may see it. */
  Optional<ReplyView> find(long id) {
    return reader.newest(WHOLE, SqlCondition.of("r.id = ?", id));
  }

  private static Listing<ReplyView> shortTexts(int rows, LateTexts late) {
    return listing(TEXTS.whereShort(TEXTS.columns(), rows), late);
  }

  private static Listing<ReplyView> listing(String texts, LateTexts late) {
    return new Listing<>(
        TABLE,
        "r.id",
        ROWS.replace(":texts", texts),
        row -> reply(row, late),
        Page.BehindTheEnd.OF_POSTS);
  }

  private static ReplyView reply(ResultSet row, LateTexts late) throws SQLException {
    return new ReplyView(
        row.getLong("id"),
        row.getObject("date_local", LocalDateTime.class),
        row.getObject("date_gmt", LocalDateTime.class),
        row.getObject("modified_local", LocalDateTime.class),
        row.getObject("modified_gmt", LocalDateTime.class),
        row.getString("status"),
        LongTexts.text(row, "content_raw", late),
        LongTexts.text(row, "content_rendered", late),
        row.getObject("source_id", Long.class),
        new ReplyView.Ticket(
            row.getLong("ticket_id"),
            row.getString("number"),
            row.getString("ticket_key"),
            row.getString("ticket_status"),
            row.getObject("customer_id", Long.class),
            row.getObject("user_id", Long.class),
            row.getObject("company_id", Long.class)),
        List.of());
  }
}
