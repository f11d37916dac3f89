package io.kbsserver.forms;

import io.kbsserver.list.ListReader;
import io.kbsserver.list.ListRequest;
import io.kbsserver.list.Listing;
import io.kbsserver.list.Page;
import io.kbsserver.list.PostStatuses;
import io.kbsserver.list.PostTimes;
import io.kbsserver.list.SearchTerms;
import io.kbsserver.list.Selection;
import io.kbsserver.list.Slugs;
import io.kbsserver.storage.SqlCondition;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The statements on fields of forms that are built. */
@Singleton
class FormFieldList {

  private static final Listing<FormFieldView> FIELDS =
      new Listing<>(
          "form_field ff",
          "ff.id",
          """
          SELECT ff.id, ff.form_id, ff.date_local, ff.date_gmt, ff.modified_local, ff.modified_gmt,
            ff.title, ff.position, ff.default_field, ff.settings
          FROM :page JOIN form_field ff ON ff.id = page.id
          """,
          FormFieldList::row,
          Page.BehindTheEnd.OF_POSTS);

  /** What everybody may see: what forms that are published ask for, and none that was not. */
  private static final SqlCondition PUBLISHED =
      SqlCondition.of(
          """
          ff.status = 'publish' AND EXISTS (SELECT 1 FROM form f
            WHERE f.id = ff.form_id AND f.status = 'publish')\
          """);

  private final ListReader reader;

  FormFieldList(ListReader reader) {
    this.reader = reader;
  }

  /** A page of the fields that are wanted and may be seen. */
  Page<FormFieldView> page(FormFieldFilter filter, boolean manager, ListRequest request) {
    List<SqlCondition> wanted =
        List.of(
            seen(manager),
            PostStatuses.on("ff.status", filter.statuses(), manager),
            Selection.among("ff.form_id", filter.forms()),
            Selection.notAmong("ff.form_id", filter.otherForms()),
            Slugs.among("ff.slug", filter.slugs()));
    return reader.page(
        FIELDS,
        SqlCondition.all(wanted),
        SearchTerms.in(List.of("ff.title"), filter.search()),
        request);
  }

  /** The field with this id, if it may be seen. */
  Optional<FormFieldView> find(long id, boolean manager) {
    return reader.byIds(FIELDS, seen(manager), List.of(id)).stream().findFirst();
  }

  private static SqlCondition seen(boolean manager) {
    return manager ? SqlCondition.ALWAYS : PUBLISHED;
  }

  private static FormFieldView row(ResultSet row) throws SQLException {
    return new FormFieldView(
        FormList.field(row),
        PostTimes.of(row),
        row.getObject("form_id", Long.class),
        row.getLong("position"));
  }
}
