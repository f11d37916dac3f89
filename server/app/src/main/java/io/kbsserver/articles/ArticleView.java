package io.kbsserver.articles;

import io.kbsserver.list.PostTimes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An article as it is shown to somebody.
 *
 * @param hidden whether its texts are, which are empty then
 * @param pictureId WordPress's id of its picture
 */
record ArticleView(
    long id,
    PostTimes times,
    String slug,
    String guid,
    String status,
    @Nullable Long authorId,
    Text title,
    Text content,
    Text excerpt,
    boolean restricted,
    boolean protectedByPassword,
    boolean hidden,
    long views,
    @Nullable Long pictureId,
    String template,
    String commentStatus,
    String pingStatus,
    List<Topic> terms) {

  /** A text as it is stored, and as HTML. */
  record Text(String raw, String rendered) {}

  /** What it is sorted into. */
  record Topic(long id, String taxonomy) {}

  ArticleView with(List<Topic> termsOfIt) {
    return new ArticleView(
        id,
        times,
        slug,
        guid,
        status,
        authorId,
        title,
        content,
        excerpt,
        restricted,
        protectedByPassword,
        hidden,
        views,
        pictureId,
        template,
        commentStatus,
        pingStatus,
        termsOfIt);
  }
}
