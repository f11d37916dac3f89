package io.kbsserver.articles;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Slugs as WordPress keeps them: what is not ASCII is percent-encoded, in lower case. */
final class ArticleSlug {

  private ArticleSlug() {}

  /** Those of a request, each as it stands there and as it may be kept; none are none. */
  static List<String> written(@Nullable List<String> slugs) {
    List<String> all = new ArrayList<>();
    if (slugs != null) {
      for (String slug : slugs) {
        all.add(slug);
        String kept = kept(slug);
        if (!kept.equals(slug)) {
          all.add(kept);
        }
      }
    }
    return all;
  }

  private static String kept(String slug) {
    StringBuilder kept = new StringBuilder();
    slug.codePoints()
        .mapToObj(Character::toString)
        .map(
            character ->
                character.codePointAt(0) < 128
                    ? character
                    : URLEncoder.encode(character, StandardCharsets.UTF_8))
        .forEach(kept::append);
    return kept.toString().toLowerCase(Locale.ROOT);
  }
}
