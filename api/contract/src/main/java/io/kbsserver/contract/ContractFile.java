package io.kbsserver.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** The OpenAPI file that everything is generated from, as it is packaged, and how one is read. */
public final class ContractFile {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MANY = 10_000;

  private ContractFile() {}

  /** The file as it stands in the source tree. */
  public static byte[] packaged() {
    return bytes("/openapi/kbs-v1.yaml");
  }

  /** The view for generators, as the build has derived it from the file. */
  public static byte[] forGenerators() {
    return bytes("/openapi/kbs-v1-generators.yaml");
  }

  private static byte[] bytes(String name) {
    try (InputStream resource = ContractFile.class.getResourceAsStream(name)) {
      return resource.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What an OpenAPI file says, YAML or JSON: an alias stands for what it names, a date for what it
   * looks like. Jackson's own reader would take the aliases of YAML for their names.
   */
  public static JsonNode read(String file) {
    String text = file.startsWith("\uFEFF") ? file.substring(1) : file;
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
    Yaml yaml =
        new Yaml(
            new SafeConstructor(options),
            new Representer(unused),
            unused,
            options,
            new DatesAsText());
    return JSON.valueToTree(yaml.<Object>load(text));
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
