package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.JSON;
import static io.kbsserver.http.HttpApi.json;
import static io.kbsserver.http.HttpApi.ticket;

import io.kbsserver.contract.Operation;
import io.micronaut.http.HttpMethod;
import java.util.Map;
import java.util.Set;

/** A request that nothing is wrong with, to any operation of the contract. */
final class OperationRequest {

  private static final Set<HttpMethod> WITH_A_BODY =
      Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

  private OperationRequest() {}

  /**
   * Sends it.
   *
   * @param id what the path names, where it names something
   */
  static Answer send(HttpApi api, Operation operation, String id) {
    String path = "/wp-json" + operation.path();
    String method = operation.method().name();
    if (!WITH_A_BODY.contains(operation.method())) {
      return api.send(method, named(path, id), null, null);
    }
    Map<String, ?> body = path.contains("{") ? Map.of("status", "open") : ticket("who@example.org");
    return api.send(method, named(path, id), JSON, json(body));
  }

  private static String named(String path, String id) {
    return path.replaceFirst("\\{[^}]+\\}", id);
  }
}
