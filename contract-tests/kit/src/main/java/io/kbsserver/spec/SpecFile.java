package io.kbsserver.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** Reads OpenAPI files. */
public final class SpecFile {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MANY = 10_000;

  private SpecFile() {}

  /** What a file says: an alias stands for what it names, a date for what it looks like. */
  public static JsonNode read(String yaml) {
    String text = yaml.startsWith("\uFEFF") ? yaml.substring(1) : yaml;
    if (text.stripLeading().startsWith("{")) {
      try {
        // YAML does not take all of JSON: no tabs, for one.
        return JSON.readTree(text);
      } catch (JsonProcessingException e) {
        // YAML, then, which may begin like that.
      }
    }
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(MANY);
    options.setCodePointLimit(Integer.MAX_VALUE);
    DumperOptions unused = new DumperOptions();
    Yaml reader =
        new Yaml(
            new SafeConstructor(options),
            new Representer(unused),
            unused,
            options,
            new DatesAsText());
    return JSON.valueToTree(reader.<Object>load(text));
  }

  /** No moments in some zone. */
  private static final class DatesAsText extends Resolver {

    @Override
    public void addImplicitResolver(Tag tag, Pattern pattern, String first, int limit) {
      if (!tag.equals(Tag.TIMESTAMP)) {
        super.addImplicitResolver(tag, pattern, first, limit);
      }
    }
  }
}
