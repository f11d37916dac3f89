package io.kbsserver.forms;

import io.kbsserver.list.ListReader;
import io.kbsserver.list.ListRequest;
import io.kbsserver.list.Listing;
import io.kbsserver.list.Page;
import io.kbsserver.list.PostTimes;
import io.kbsserver.list.SearchTerms;
import io.kbsserver.site.BuiltInStatus;
import io.kbsserver.storage.SqlCondition;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The statements on forms that are built. */
@Singleton
class FormList {

  private static final Listing<FormView> FORMS =
      new Listing<>(
          "form f",
          "f.id",
          """
          SELECT f.id, f.status, f.date_local, f.date_gmt, f.modified_local, f.modified_gmt,
            f.title, f.redirect_page_id, f.submission_count
          FROM :page JOIN form f ON f.id = page.id
          """,
          FormList::row,
          Page.BehindTheEnd.OF_POSTS);

  private static final String FIELDS =
      """
      SELECT ff.form_id AS of_id, ff.id, ff.title, ff.default_field, ff.settings FROM form_field ff
      WHERE ff.form_id IN (:ids) AND ff.status = 'publish' ORDER BY ff.position, ff.id
      """;

  private static final SqlCondition PUBLISHED =
      SqlCondition.of("f.status = ?", BuiltInStatus.PUBLISHED);

  /** Managers may read private ones. */
  private static final SqlCondition LISTED_FOR_MANAGERS =
      SqlCondition.in("f.status", List.of(BuiltInStatus.PUBLISHED, BuiltInStatus.PRIVATE));

  private final ListReader reader;

  FormList(ListReader reader) {
    this.reader = reader;
  }

  /**
   * A page of the forms that are listed.
   *
   * @param search words that the title contains; null for any
   */
  Page<FormView> page(@Nullable String search, boolean manager, ListRequest request) {
    return reader
        .page(
            FORMS,
            manager ? LISTED_FOR_MANAGERS : PUBLISHED,
            SearchTerms.in(List.of("f.title"), search),
            request)
        .with(this::withFields);
  }

  /** The form with this id, if it may be seen; managers see those in whatever status. */
  Optional<FormView> find(long id, boolean manager) {
    SqlCondition seen = manager ? SqlCondition.ALWAYS : PUBLISHED;
    return withFields(reader.byIds(FORMS, seen, List.of(id))).stream().findFirst();
  }

  private List<FormView> withFields(List<FormView> forms) {
    Map<Long, List<FormView.Field>> fields =
        reader.children(FIELDS, forms.stream().map(FormView::id).toList(), FormList::field);
    return forms.stream()
        .map(form -> form.with(fields.getOrDefault(form.id(), List.of())))
        .toList();
  }

  static FormView.Field field(ResultSet row) throws SQLException {
    return new FormView.Field(
        row.getLong("id"),
        row.getString("title"),
        row.getString("default_field"),
        row.getString("settings"));
  }

  private static FormView row(ResultSet row) throws SQLException {
    return new FormView(
        row.getLong("id"),
        row.getString("status"),
        PostTimes.of(row),
        row.getString("title"),
        row.getObject("redirect_page_id", Long.class),
        row.getLong("submission_count"),
        List.of());
  }
}
