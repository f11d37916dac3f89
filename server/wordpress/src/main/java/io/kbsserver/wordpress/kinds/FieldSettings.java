package io.kbsserver.wordpress.kinds;

import static java.util.Objects.requireNonNullElse;

import io.kbsserver.text.PlainText;
import io.kbsserver.wordpress.php.PhpValues;
import io.kbsserver.wordpress.source.RowReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a field, of which everybody may read those that are known here: what extensions
 * keep beside them may be meant for few.
 */
final class FieldSettings {

  private static final int LONGEST = 60_000;
  private static final int MOST_OPTIONS = 1000;

  private static final List<String> FLAGS =
      List.of(
          "blank",
          "chosen",
          "hide_label",
          "kb_search",
          "required",
          "selected",
          "select_multiple",
          "show_logged_in");

  private static final List<String> TEXTS =
      List.of(
          "chosen_search",
          "description",
          "description_pos",
          "input_class",
          "label_class",
          "mapping",
          "placeholder",
          "type",
          "value");

  private static final String OPTIONS = "select_options";

  private FieldSettings() {}

  /** As an object of JSON with all of them, whatever is kept. */
  static String json(@Nullable Object stored, RowReader reader) {
    if (!(stored instanceof Map)) {
      reader.problem("it has no settings that can be read; all of them are empty or off");
    }
    Map<?, ?> kept = stored instanceof Map<?, ?> map ? map : Map.of();
    Map<String, Object> settings = new LinkedHashMap<>();
    // Older versions do not have all of them.
    FLAGS.forEach(
        name ->
            settings.put(
                name,
                kept.containsKey(name)
                    ? PhpValues.truthy(kept.get(name))
                    : name.equals("show_logged_in")));
    TEXTS.forEach(name -> settings.put(name, text(name, kept.get(name), LONGEST, reader)));
    settings.put(OPTIONS, options(kept.get(OPTIONS), reader));
    reportOthers(kept, settings, reader);
    return PhpValues.jsonObject(settings);
  }

  private static String text(String name, @Nullable Object value, int longest, RowReader reader) {
    String what = "its setting " + name;
    String text = requireNonNullElse(PhpValues.text(value), "");
    return Render.label(what, reader.text(what, text, longest), reader);
  }

  /** A list, as PHP has it; some versions keep them as lines. */
  private static Map<Long, String> options(@Nullable Object value, RowReader reader) {
    Stream<?> all =
        value instanceof String lines
            ? lines.lines().filter(line -> !line.isBlank())
            : PhpValues.elements(value).stream();
    Map<Long, String> options = new LinkedHashMap<>();
    all.limit(MOST_OPTIONS)
        .forEach(
            option ->
                options.put((long) options.size(), text(OPTIONS, option, 1000, reader).strip()));
    if (options.size() == MOST_OPTIONS) {
      reader.information("no more than " + MOST_OPTIONS + " of its options are shown");
    }
    return options;
  }

  private static void reportOthers(Map<?, ?> kept, Map<String, Object> settings, RowReader reader) {
    String others =
        kept.keySet().stream()
            .map(Object::toString)
            .filter(name -> !settings.containsKey(name))
            .map(name -> PlainText.start(name.replaceAll("\\p{Cntrl}", "?"), 80))
            .collect(Collectors.toCollection(TreeSet::new))
            .stream()
            .collect(Collectors.joining(", "));
    if (!others.isEmpty()) {
      reader.information("it has settings that are not known here; left out: " + others);
    }
  }
}
