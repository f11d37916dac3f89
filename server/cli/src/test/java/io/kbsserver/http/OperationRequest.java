package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.JSON;
import static io.kbsserver.http.HttpApi.json;
import static io.kbsserver.http.HttpApi.ticket;

import io.kbsserver.contract.Operation;
import io.micronaut.http.HttpMethod;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A request that nothing is wrong with, to any operation of the contract. */
final class OperationRequest {

  private static final Set<HttpMethod> WITH_A_BODY =
      Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

  private static final Map<String, ?> REPLY = Map.of("reply_content", "Thanks.");

  private static final String PASSWORDS = "/wp-json/wp/v2/users/me/application-passwords";

  /** WordPress's own routes, with an application password that nobody has. */
  static final List<String> OF_WORDPRESS =
      List.of(
          "/wp-json/wp/v2",
          "/wp-json/wp/v2/users",
          "/wp-json/wp/v2/users/1",
          "/wp-json/wp/v2/users/me",
          PASSWORDS,
          PASSWORDS + "/introspect",
          PASSWORDS + "/1");

  private OperationRequest() {}

  /** What comes of each change of WordPress's own routes. */
  static List<Answer> changesOfWordPress(HttpApi api) {
    String name = json(Map.of("name", TestServer.unique("program")));
    return List.of(
        api.send("POST", PASSWORDS, JSON, name),
        api.send("DELETE", PASSWORDS, null, null),
        api.send("POST", PASSWORDS + "/1", JSON, name),
        api.send("PUT", PASSWORDS + "/1", JSON, name),
        api.send("PATCH", PASSWORDS + "/1", JSON, name),
        api.send("DELETE", PASSWORDS + "/1", null, null));
  }

  /** Replies to a ticket. */
  static Answer reply(HttpApi api, long ticket) {
    return api.send("POST", "/wp-json/kbs/v1/replies/ticket/" + ticket, JSON, json(REPLY));
  }

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
    Map<String, ?> body =
        path.contains("/application-passwords")
            ? Map.of("name", TestServer.unique("program"))
            : path.contains("/replies/")
                ? REPLY
                : path.contains("{") ? Map.of("status", "open") : ticket("who@example.org");
    return api.send(method, named(path, id), JSON, json(body));
  }

  private static String named(String path, String id) {
    return path.replace("{userId}", "me").replaceAll("\\{[^}]+\\}", id);
  }
}
