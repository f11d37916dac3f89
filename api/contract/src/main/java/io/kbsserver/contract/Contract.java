package io.kbsserver.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What an OpenAPI file of ours describes. */
public final class Contract {

  private final byte[] file;
  private final ContractTree tree;
  private final String root;
  private final Map<String, Operation> operations = new LinkedHashMap<>();
  private final Map<String, Map<HttpMethod, Operation>> paths = new LinkedHashMap<>();
  private final Map<String, BodySchema> bodies = new LinkedHashMap<>();
  private final List<Route> routes = new ArrayList<>();

  /** Reads a file. */
  public Contract(byte[] file) {
    this.file = file.clone();
    tree = new ContractTree(ContractFile.read(new String(file, StandardCharsets.UTF_8)));
    root = tree.root().at("/servers/0/url").asText();
    tree.root()
        .path("paths")
        .properties()
        .forEach(path -> readPath(path.getKey(), path.getValue()));
    tree.root()
        .at("/components/schemas")
        .properties()
        .forEach(schema -> bodies.put(schema.getKey(), BodySchema.of(schema.getValue(), tree)));
  }

  /** The file that this build was made from. */
  public static Contract packaged() {
    return new Contract(ContractFile.packaged());
  }

  /** The file as it stands in the source tree. */
  public byte[] file() {
    return file.clone();
  }

  /** All that it says. */
  public JsonNode tree() {
    return tree.root();
  }

  /** What a reference refers to; anything else is itself. */
  public JsonNode resolved(JsonNode node) {
    return tree.resolved(node);
  }

  /** The address below which all paths stand, on the server that is asked. */
  public String root() {
    return root;
  }

  /** The paths, in the order of the file. */
  public Set<String> paths() {
    return Collections.unmodifiableSet(paths.keySet());
  }

  /** The address of a path on the server that is asked; the index needs no slash at its end. */
  public String address(String path) {
    return path.equals("/") ? root : root + path;
  }

  /** The operations, in the order of the file. */
  public List<Operation> operations() {
    return List.copyOf(operations.values());
  }

  /** The operation with this operationId. */
  public Optional<Operation> operation(String id) {
    return Optional.ofNullable(operations.get(id));
  }

  /** The operation of a path, as the file writes it, and a method. */
  public Optional<Operation> operation(String path, HttpMethod method) {
    return Optional.ofNullable(paths.getOrDefault(path, Map.of()).get(method));
  }

  /** The routes, in the order of the file. */
  public List<Route> routes() {
    return List.copyOf(routes);
  }

  /** The body that a generated model of this name stands for. */
  public BodySchema body(String schema) {
    return Optional.ofNullable(bodies.get(schema))
        .orElseThrow(() -> new IllegalArgumentException("Not in the contract: " + schema));
  }

  private void readPath(String path, JsonNode item) {
    List<Operation> found = new ArrayList<>();
    item.properties()
        .forEach(
            entry -> {
              if (entry.getValue().has("operationId")) {
                HttpMethod method = HttpMethod.parse(entry.getKey().toUpperCase(Locale.ROOT));
                found.add(Operation.of(path, method, item, tree));
              }
            });
    found.forEach(operation -> operations.put(operation.id(), operation));
    paths.put(path, found.stream().collect(Collectors.toMap(Operation::method, each -> each)));
    List<Route> described = new ArrayList<>();
    item.path("x-wordpress-routes").forEach(route -> described.add(Route.of(path, route, found)));
    routes.addAll(described.isEmpty() ? List.of(Route.of(path, found)) : described);
  }
}
