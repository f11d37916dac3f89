package io.kbsserver.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The OpenAPI file that everything is generated from, as it is packaged. */
public final class ContractFile {

  private static final String RESOURCE = "/openapi/kbs-v1.yaml";

  private ContractFile() {}

  /** The file as it stands in the source tree. */
  static byte[] bytes() {
    try (InputStream resource = ContractFile.class.getResourceAsStream(RESOURCE)) {
      return resource.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it says. Jackson's own reader would take the aliases of YAML for their names. */
  public static JsonNode tree() {
    try (InputStream resource = ContractFile.class.getResourceAsStream(RESOURCE)) {
      Object content = new Yaml(new SafeConstructor(new LoaderOptions())).load(resource);
      return new ObjectMapper().valueToTree(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
