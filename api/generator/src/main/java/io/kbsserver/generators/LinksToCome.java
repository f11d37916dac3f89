package io.kbsserver.generators;

import io.swagger.v3.oas.models.OpenAPI;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Reads which operations links lead to though the contract does not have them yet. */
public final class LinksToCome {

  private LinksToCome() {}

  /** The path of each, by its operationId. */
  public static Map<String, String> read(Path file) {
    Properties entries = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      entries.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> paths = new TreeMap<>();
    entries.forEach((operation, path) -> paths.put(operation.toString(), path.toString()));
    return paths;
  }

  /** What the contract has is no longer to come. */
  public static void refuseWhatIsThere(Map<String, String> toCome, OpenAPI contract) {
    contract
        .getPaths()
        .forEach(
            (path, item) ->
                item.readOperations()
                    .forEach(
                        operation ->
                            toCome.forEach(
                                (id, awaited) -> {
                                  if (id.equals(operation.getOperationId())
                                      || unnamed(awaited).equals(unnamed(path))) {
                                    throw new IllegalStateException(
                                        "The contract has %s at %s: %s is no longer to come."
                                            .formatted(operation.getOperationId(), path, id));
                                  }
                                })));
  }

  private static String unnamed(String path) {
    return path.replaceAll("\\{[^}]*}", "{}");
  }
}
