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

/** Brings over the submission forms; their fields follow. */
public final class FormImport {

  static final TargetTable TABLE =
      FormPosts.table(
          Kind.FORM,
          "form",
          "kbs_form",
          List.of(),
          List.of("redirect_page_id", "submission_count"));

  private static final String REDIRECT = "_redirect_page";
  private static final String SUBMISSIONS = "_submission_count";

  private final ImportRun run;
  private final FormPosts posts;

  public FormImport(ImportRun run) {
    this.run = run;
    this.posts = new FormPosts(run, Kind.FORM);
  }

  public void run() throws SQLException {
    PostBatches.run(
        run,
        Kind.FORM,
        "kbs_form",
        List.of(REDIRECT, SUBMISSIONS),
        batch -> run.writer().write(TABLE, batch.stream().map(this::row).toList()));
  }

  private TargetRow row(WordPressPost post) {
    RowReader reader = posts.reader(post);
    List<String> values = new ArrayList<>(posts.values(post, reader));
    values.add(RowReader.id(reader.reference("its page of thanks", post.meta().first(REDIRECT))));
    Long submissions =
        reader.reference("the number of its submissions", post.meta().first(SUBMISSIONS));
    values.add(Long.toString(requireNonNullElse(submissions, 0L)));
    return new TargetRow(post.id(), values, List.of());
  }
}
