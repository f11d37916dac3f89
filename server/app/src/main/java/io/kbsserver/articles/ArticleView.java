package io.kbsserver.articles;

import io.kbsserver.list.PostTimes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An article as it is shown to somebody, with its categories and tags. */
record ArticleView(Row row, List<Topic> topics) {

  /** A text as it is stored, and as HTML; empty where it is not shown. */
  record Text(String raw, String rendered) {}

  /** What it is sorted into. */
  record Topic(long id, String taxonomy) {}

  /**
   * The article itself.
   *
   * @param authorExists whether there is such a user still
   * @param blocks whether its content is made of the blocks of WordPress's editor; asked only where
   *     it is edited
   * @param hidden whether its texts are, which are empty then
   * @param pictureId WordPress's id of its picture
   */
  record Row(
      long id,
      PostTimes times,
      String slug,
      String guid,
      String status,
      @Nullable Long authorId,
      boolean authorExists,
      Text title,
      Text content,
      Text excerpt,
      boolean blocks,
      boolean restricted,
      boolean protectedByPassword,
      boolean hidden,
      long views,
      @Nullable Long pictureId,
      String template,
      String commentStatus,
      String pingStatus) {}
}
