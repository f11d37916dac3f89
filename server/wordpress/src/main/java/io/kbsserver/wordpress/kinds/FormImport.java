package io.kbsserver.wordpress.kinds;

import static java.util.Objects.requireNonNullElse;

import io.kbsserver.site.BuiltInStatus;
import io.kbsserver.wordpress.destination.TargetRow;
import io.kbsserver.wordpress.destination.TargetTable;
import io.kbsserver.wordpress.report.Kind;
import io.kbsserver.wordpress.source.PostDates;
import io.kbsserver.wordpress.source.RowReader;
import io.kbsserver.wordpress.source.WordPressPost;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Brings over the submission forms; their fields follow. */
public final class FormImport {

  static final TargetTable TABLE =
      new TargetTable(
          Kind.FORM,
          "form",
          "kbs_form",
          false,
          List.of(
              "status",
              "date_local",
              "date_gmt",
              "modified_local",
              "modified_gmt",
              "title",
              "redirect_page_id",
              "submission_count"),
          List.of(),
          List.of());

  private static final String REDIRECT = "_redirect_page";
  private static final String SUBMISSIONS = "_submission_count";

  private final ImportRun run;
  private PostDates before;

  public FormImport(ImportRun run) {
    this.run = run;
    this.before = PostDates.earliest(run.clock());
  }

  public void run() throws SQLException {
    PostBatches.run(
        run,
        Kind.FORM,
        "kbs_form",
        List.of(REDIRECT, SUBMISSIONS),
        posts -> run.writer().write(TABLE, posts.stream().map(this::row).toList()));
  }

  private TargetRow row(WordPressPost post) {
    RowReader reader = new RowReader(Kind.FORM, post.id(), run.log());
    before = PostDates.of(post, run.clock(), Kind.FORM, run.log(), before);
    String status = reader.ascii("its status", post.status(), 20);
    List<String> values = new ArrayList<>();
    values.add(requireNonNullElse(status, BuiltInStatus.DRAFT));
    values.addAll(before.values());
    values.add(Render.label("its title", reader.longText("its title", post.title()), reader));
    values.add(RowReader.id(reader.reference("its page of thanks", post.meta().first(REDIRECT))));
    Long submissions =
        reader.reference("the number of its submissions", post.meta().first(SUBMISSIONS));
    values.add(Long.toString(requireNonNullElse(submissions, 0L)));
    return new TargetRow(post.id(), values, List.of());
  }
}
