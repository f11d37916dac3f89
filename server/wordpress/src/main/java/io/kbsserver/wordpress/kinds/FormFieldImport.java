package io.kbsserver.wordpress.kinds;

import static java.util.Objects.requireNonNullElse;

import io.kbsserver.wordpress.destination.TargetRow;
import io.kbsserver.wordpress.destination.TargetTable;
import io.kbsserver.wordpress.report.Kind;
import io.kbsserver.wordpress.source.RowReader;
import io.kbsserver.wordpress.source.WordPressPost;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Brings over the fields of the submission forms. */
public final class FormFieldImport {

  static final TargetTable TABLE =
      FormPosts.table(
          Kind.FORM_FIELD,
          "form_field",
          "kbs_form_field",
          List.of("form_id"),
          List.of("slug", "position", "default_field", "settings"));

  private static final String DEFAULT_FIELD = "_default_field";
  private static final String SETTINGS = "_kbs_field_settings";

  private final ImportRun run;
  private final FormPosts posts;

  public FormFieldImport(ImportRun run) {
    this.run = run;
    this.posts = new FormPosts(run, Kind.FORM_FIELD);
  }

  public void run() throws SQLException {
    PostBatches.run(
        run, Kind.FORM_FIELD, "kbs_form_field", List.of(DEFAULT_FIELD, SETTINGS), this::write);
  }

  private void write(List<WordPressPost> batch) throws SQLException {
    Map<Long, Long> forms =
        run.ids().present(Kind.FORM, batch.stream().map(WordPressPost::parent).toList());
    List<TargetRow> rows = new ArrayList<>();
    for (WordPressPost post : batch) {
      rows.add(row(post, forms));
    }
    run.writer().write(TABLE, rows);
  }

  private TargetRow row(WordPressPost post, Map<Long, Long> forms) {
    RowReader reader = posts.reader(post);
    Long form = forms.get(post.parent());
    if (form == null) {
      reader.information(
          "its form, "
              + post.parent()
              + ", is not there; it belongs to none now, and managers"
              + " alone see it");
    }
    String defaultField = requireNonNullElse(post.meta().first(DEFAULT_FIELD), "");
    List<String> values = new ArrayList<>();
    values.add(RowReader.id(form));
    values.addAll(posts.values(post, reader));
    values.add(reader.text("its slug", post.slug(), 200));
    values.add(Long.toString(post.menuOrder()));
    values.add(reader.text("which field of every form it is", defaultField, 191));
    values.add(
        FieldSettings.json(reader.serialized("its settings", post.meta().first(SETTINGS)), reader));
    return new TargetRow(post.id(), values, List.of());
  }
}
