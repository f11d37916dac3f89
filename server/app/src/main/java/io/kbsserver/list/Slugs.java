package io.kbsserver.list;

import io.kbsserver.storage.SqlCondition;
import io.kbsserver.text.Slug;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Slugs as WordPress keeps them: without accents, and what is not ASCII is percent-encoded, in
 * lower case.
 */
public final class Slugs {

  private Slugs() {}

  /** The condition that a column has one of these slugs; whichever it has where none is given. */
  public static SqlCondition among(String column, @Nullable List<String> slugs) {
    List<String> all = written(slugs);
    return all.isEmpty() ? SqlCondition.ALWAYS : SqlCondition.in(column, all);
  }

  /** The order in which these slugs stand, as an expression; none where none is given. */
  public static SqlCondition order(String column, @Nullable List<String> slugs) {
    List<String> all = written(slugs);
    return all.isEmpty()
        ? SqlCondition.of("NULL")
        : SqlCondition.of(
            "FIELD(" + column + ", " + SqlCondition.placeholders(all.size()) + ")", all.toArray());
  }

  /** Each as it is given, and as it may be kept. */
  private static List<String> written(@Nullable List<String> slugs) {
    return slugs == null
        ? List.of()
        : slugs.stream()
            .flatMap(
                slug ->
                    Stream.concat(
                        Stream.of(slug, kept(slug)),
                        Stream.of(Slug.of(slug)).filter(made -> !made.isEmpty())))
            .distinct()
            .toList();
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
