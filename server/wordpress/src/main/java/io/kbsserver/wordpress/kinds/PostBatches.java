package io.kbsserver.wordpress.kinds;

import io.kbsserver.wordpress.report.Kind;
import io.kbsserver.wordpress.source.PostReader;
import io.kbsserver.wordpress.source.WordPressPost;
import java.sql.SQLException;
import java.util.List;

/** Goes through the posts of a type. */
final class PostBatches {

  /** What becomes of some posts. */
  interface Write {
    void write(List<WordPressPost> posts) throws SQLException;
  }

  private PostBatches() {}

  static void run(ImportRun run, Kind kind, String type, List<String> metaKeys, Write each)
      throws SQLException {
    PostReader posts = PostReader.ofType(run.source(), type, metaKeys);
    run.log().start(kind, posts.total());
    List<WordPressPost> batch = posts.next();
    while (!batch.isEmpty()) {
      run.log().read(kind, batch.size());
      each.write(batch);
      run.log().advanced(kind);
      batch = posts.next();
    }
  }
}
