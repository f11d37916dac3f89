package io.kbsserver.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** The OpenAPI file that everything is generated from, as it is packaged. */
public final class ContractFile {

  private static final String RESOURCE = "/openapi/kbs-v1.yaml";
  private static final String GENERATORS = "/openapi/kbs-v1-generators.yaml";

  private ContractFile() {}

  /** The file as it stands in the source tree. */
  static byte[] bytes() {
    return bytes(RESOURCE);
  }

  /** The view for generators, as the build has derived it from the file. */
  static byte[] generators() {
    return bytes(GENERATORS);
  }

  private static byte[] bytes(String name) {
    try (InputStream resource = ContractFile.class.getResourceAsStream(name)) {
      return resource.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it says. Jackson's own reader would take the aliases of YAML for their names. */
  public static JsonNode tree() {
    return tree(bytes());
  }

  static JsonNode tree(byte[] file) {
    LoaderOptions options = new LoaderOptions();
    DumperOptions unused = new DumperOptions();
    Yaml yaml =
        new Yaml(
            new SafeConstructor(options),
            new Representer(unused),
            unused,
            options,
            new DatesAsText());
    return new ObjectMapper().valueToTree(yaml.load(new String(file, StandardCharsets.UTF_8)));
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
}
