package io.kbsserver.evolution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kbsserver.contract.ContractFile;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** A file that somebody has named, whatever it is. */
final class AskedFile {

  private AskedFile() {}

  /**
   * The contract in it, in the shape that ours has.
   *
   * @throws Unjudgeable where it has none
   */
  static Edition read(Path file) {
    JsonNode tree = parse(file, text(file));
    String version = tree.path("openapi").asText();
    if (!(tree instanceof ObjectNode contract) || (version.isEmpty() && !tree.has("swagger"))) {
      throw new Unjudgeable(file + " is no OpenAPI file");
    }
    if (!version.startsWith("3.0")) {
      throw new Unjudgeable(
          "%s is %s, and only OpenAPI 3.0 can be judged"
              .formatted(
                  file,
                  version.isEmpty()
                      ? "Swagger " + tree.path("swagger").asText()
                      : "OpenAPI " + version));
    }
    return new Edition(PlainShape.of(contract));
  }

  /** What is wrong with it as OpenAPI, in the words of a parser; empty if that finds nothing. */
  static Optional<String> mistake(Path file) {
    try {
      // Nothing is resolved: that would ask other hosts.
      List<String> messages =
          new OpenAPIV3Parser()
              .readContents(text(file), List.of(), new ParseOptions())
              .getMessages();
      return messages == null ? Optional.empty() : messages.stream().findFirst();
    } catch (RuntimeException | StackOverflowError e) {
      return Optional.empty();
    }
  }

  private static String text(Path file) {
    if (!Files.exists(file)) {
      throw new Unjudgeable("there is no file " + file);
    }
    if (Files.isDirectory(file)) {
      throw new Unjudgeable(file + " is a folder");
    }
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new Unjudgeable(file + " is not written in UTF-8");
    } catch (IOException e) {
      throw new Unjudgeable(file + " cannot be read");
    }
  }

  private static JsonNode parse(Path file, String text) {
    try {
      return ContractFile.read(text);
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw new Unjudgeable(
          "%s is neither YAML nor JSON (line %d: %s)".formatted(file, line, e.getProblem()));
    } catch (YAMLException | IllegalArgumentException e) {
      throw new Unjudgeable(
          "%s is neither YAML nor JSON (%s)"
              .formatted(file, e.getMessage().lines().findFirst().orElse("")));
    }
  }
}
