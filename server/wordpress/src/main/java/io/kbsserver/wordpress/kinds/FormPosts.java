package io.kbsserver.wordpress.kinds;

import static java.util.Objects.requireNonNullElse;

import io.kbsserver.site.BuiltInStatus;
import io.kbsserver.wordpress.destination.TargetTable;
import io.kbsserver.wordpress.report.Kind;
import io.kbsserver.wordpress.source.PostDates;
import io.kbsserver.wordpress.source.RowReader;
import io.kbsserver.wordpress.source.WordPressPost;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What forms and their fields have in common, being posts: status, dates and title. */
final class FormPosts {

  private static final List<String> COLUMNS =
      List.of("status", "date_local", "date_gmt", "modified_local", "modified_gmt", "title");

  private final ImportRun run;
  private final Kind kind;
  private PostDates before;

  FormPosts(ImportRun run, Kind kind) {
    this.run = run;
    this.kind = kind;
    this.before = PostDates.earliest(run.clock());
  }

  /** A table that has these columns between others. */
  static TargetTable table(
      Kind kind, String name, String type, List<String> first, List<String> last) {
    List<String> columns = Stream.of(first, COLUMNS, last).flatMap(List::stream).toList();
    return new TargetTable(kind, name, type, false, columns, List.of(), List.of());
  }

  RowReader reader(WordPressPost post) {
    return new RowReader(kind, post.id(), run.log());
  }

  /** The values of these columns. */
  List<String> values(WordPressPost post, RowReader reader) {
    before = PostDates.of(post, run.clock(), kind, run.log(), before);
    String status = reader.ascii("its status", post.status(), 20);
    List<String> values = new ArrayList<>();
    values.add(requireNonNullElse(status, BuiltInStatus.DRAFT));
    values.addAll(before.values());
    values.add(Render.label("its title", reader.longText("its title", post.title()), reader));
    return values;
  }
}
