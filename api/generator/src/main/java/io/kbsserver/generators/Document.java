package io.kbsserver.generators;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * An OpenAPI file that can be changed. What api/contract packages is made by this, before the
 * reader there is compiled; so it reads YAML by itself.
 *
 * @param root all that it says, each part once: nothing is shared
 */
record Document(Map<String, Object> root) {

  /** The keys below these are names that somebody chose, and no keywords. */
  private static final Set<String> NAMED =
      Set.of(
          "callbacks",
          "content",
          "headers",
          "parameters",
          "paths",
          "properties",
          "requestBodies",
          "responses",
          "schemas",
          "securitySchemes");

  /** Values as they are; nothing in them is a keyword. */
  private static final Set<String> LITERAL = Set.of("default", "enum", "example", "examples");

  static Document parse(String yaml) {
    LoaderOptions options = new LoaderOptions();
    DumperOptions unused = new DumperOptions();
    Yaml reader =
        new Yaml(
            new SafeConstructor(options),
            new Representer(unused),
            unused,
            options,
            new DatesAsText());
    return new Document(map(copy(reader.load(yaml))));
  }

  /** The same text for the same file, on every machine. */
  String yaml() {
    DumperOptions options = new DumperOptions();
    options.setAllowUnicode(true);
    options.setDefaultFlowStyle(FlowStyle.BLOCK);
    options.setLineBreak(DumperOptions.LineBreak.UNIX);
    options.setWidth(100);
    return new Yaml(new LinesAsLines(options), options).dump(root);
  }

  /** Every object of keywords: no values, no examples. */
  void each(Consumer<Map<String, Object>> visitor) {
    each(root, false, visitor);
  }

  private static void each(Object node, boolean named, Consumer<Map<String, Object>> visitor) {
    if (node instanceof List<?> list) {
      list.forEach(item -> each(item, false, visitor));
    } else if (node instanceof Map<?, ?>) {
      Map<String, Object> object = map(node);
      if (!named) {
        visitor.accept(object);
      }
      object.forEach(
          (key, value) -> {
            if (named || !LITERAL.contains(key)) {
              each(value, !named && NAMED.contains(key) && value instanceof Map<?, ?>, visitor);
            }
          });
    }
  }

  /** What a reference refers to; anything else is itself. */
  Object resolved(Object node) {
    if (!(node instanceof Map<?, ?> object && object.get("$ref") instanceof String reference)) {
      return node;
    }
    Object target = root;
    for (String step : reference.substring(2).split("/")) {
      target = map(target).get(step.replace("~1", "/").replace("~0", "~"));
    }
    return target;
  }

  @SuppressWarnings("unchecked") // YAML has no other keys in an OpenAPI file, see copy.
  static Map<String, Object> map(Object node) {
    return (Map<String, Object>) node;
  }

  /** A copy in which an alias is written out. */
  private static Object copy(Object node) {
    if (node instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(item -> copy.add(copy(item)));
      return copy;
    }
    if (node instanceof Map<?, ?> object) {
      Map<String, Object> copy = new LinkedHashMap<>();
      object.forEach((key, value) -> copy.put(key.toString(), copy(value)));
      return copy;
    }
    return node;
  }

  /** Dates are what they look like, and not moments in some zone. */
  private static final class DatesAsText extends Resolver {

    @Override
    public void addImplicitResolver(Tag tag, Pattern pattern, String first, int limit) {
      if (!tag.equals(Tag.TIMESTAMP)) {
        super.addImplicitResolver(tag, pattern, first, limit);
      }
    }
  }

  /** Paragraphs are written as such. */
  private static final class LinesAsLines extends Representer {

    LinesAsLines(DumperOptions options) {
      super(options);
    }

    @Override
    protected Node representScalar(Tag tag, String value, ScalarStyle style) {
      boolean lines = tag.equals(Tag.STR) && value.contains("\n");
      return super.representScalar(tag, value, lines ? ScalarStyle.LITERAL : style);
    }
  }
}
