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

  /** A part of a path that names something. */
  static final String PART = "\\{[^}]+\\}";

  private static final Map<String, ?> REPLY = Map.of("reply_content", "Thanks.");

  private static final String PASSWORDS = "/wp-json/wp/v2/users/me/application-passwords";

  private static final String MEDIA = "/wp-json/wp/v2/media";

  private static final String WEBHOOKS = "/wp-json/kbs/v1/webhooks";

  /** Nobody is ever found there. */
  private static final Map<String, ?> WEBHOOK = Map.of("url", "https://receiver.invalid/");

  private static final String TAGS = "/wp-json/wp/v2/ticket_tag";

  private static final String BATCH = "/wp-json/batch/v1";

  private static final Map<String, ?> NO_PARTS = Map.of("requests", List.of());

  /** WordPress's own routes, with an application password and a tag that nobody has. */
  static final List<String> OF_WORDPRESS =
      List.of(
          "/wp-json/wp/v2",
          "/wp-json/wp/v2/users",
          "/wp-json/wp/v2/users/1",
          "/wp-json/wp/v2/users/me",
          PASSWORDS,
          PASSWORDS + "/introspect",
          PASSWORDS + "/1",
          TAGS,
          TAGS + "/1");

  /** Of agents, of notes on tickets and their history, and of webhooks. */
  static final List<String> OF_AGENTS =
      List.of(
          "/wp-json/kbs/v1/agents",
          "/wp-json/kbs/v1/agents/1",
          "/wp-json/kbs/v1/tickets/1/notes",
          "/wp-json/kbs/v1/tickets/1/notes/1",
          "/wp-json/kbs/v1/tickets/1/history",
          WEBHOOKS,
          WEBHOOKS + "/1",
          WEBHOOKS + "/1/secrets",
          WEBHOOKS + "/1/deliveries");

  /** The routes of forms, articles and media, none of which has this id. */
  static final List<String> OF_KNOWLEDGE =
      List.of(
          "/wp-json/kbs/v1/forms",
          "/wp-json/kbs/v1/forms/1",
          "/wp-json/kbs/v1/forms/fields",
          "/wp-json/kbs/v1/forms/fields/1",
          "/wp-json/wp/v2/articles",
          "/wp-json/wp/v2/articles/1",
          MEDIA,
          MEDIA + "/1");

  /** Of what is told of changes. */
  static final List<String> OF_CHANGES =
      List.of(
          "/wp-json/kbs/v1/changes", "/wp-json/kbs/v1/events", "/wp-json/kbs/v1/tickets/export");

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
        api.send("DELETE", PASSWORDS + "/1", null, null),
        api.send("POST", TAGS, JSON, name),
        api.send("POST", TAGS + "/1", JSON, name),
        api.send("PUT", TAGS + "/1", JSON, name),
        api.send("PATCH", TAGS + "/1", JSON, name),
        api.send("DELETE", TAGS + "/1", null, null),
        api.send("POST", BATCH, JSON, json(NO_PARTS)),
        // Which is not there to be read.
        api.send("OPTIONS", BATCH, null, null),
        file(api, MEDIA + "?post=1"));
  }

  /** What comes of each change of a webhook that there is not, and of one more. */
  static List<Answer> changesOfWebhooks(HttpApi api) {
    String change = json(Map.of("description", "x"));
    return List.of(
        newWebhook(api),
        api.send("POST", WEBHOOKS + "/1", JSON, change),
        api.send("PUT", WEBHOOKS + "/1", JSON, change),
        api.send("PATCH", WEBHOOKS + "/1", JSON, change),
        api.send("DELETE", WEBHOOKS + "/1", null, null),
        api.send("POST", WEBHOOKS + "/1/secrets", JSON, "{}"),
        api.send("POST", WEBHOOKS + "/1/deliveries", JSON, "{\"test\":true}"));
  }

  /** Makes one more webhook. */
  static Answer newWebhook(HttpApi api) {
    return api.send("POST", WEBHOOKS, JSON, json(WEBHOOK));
  }

  /** Replies to a ticket. */
  static Answer reply(HttpApi api, long ticket) {
    return api.send("POST", "/wp-json/kbs/v1/replies/ticket/" + ticket, JSON, json(REPLY));
  }

  /** Attaches a file to what an address names. */
  private static Answer file(HttpApi api, String address) {
    return api.with("Content-Disposition", "attachment; filename=\"a.txt\"")
        .send("POST", address, "application/octet-stream", "x");
  }

  /**
   * Sends it.
   *
   * @param ids what the path names, where it names something, one after the other: the last one
   *     stands for all that follow
   */
  static Answer send(HttpApi api, Operation operation, String... ids) {
    String path =
        ("/wp-json" + operation.path())
            .replace("{userId}", "me")
            .replace("{taxonomy}", "ticket_tag");
    for (String id : ids) {
      path = path.replaceFirst(PART, id);
    }
    return sendTo(api, operation, path.replaceAll(PART, ids[ids.length - 1]));
  }

  /** Sends it to an address. */
  static Answer sendTo(HttpApi api, Operation operation, String path) {
    String method = operation.method().name();
    if (operation.isTakenAsFile()) {
      return file(api, path);
    }
    if (WITH_A_BODY.contains(operation.method())) {
      return api.send(method, path, JSON, json(body(operation)));
    }
    return api.send(method, withQuery(operation, path), null, null);
  }

  /** An address with what has to stand in its query. */
  static String withQuery(Operation operation, String path) {
    // Terms are deleted for good, or not at all.
    boolean force =
        operation.method() == HttpMethod.DELETE && operation.path().contains("{taxonomy}");
    // A stream ends when there is nothing to wait for.
    String end = operation.id().equals("streamChanges") ? "?wait=0" : "";
    return path + (force ? "?force=true" : end);
  }

  /** What has to stand in its body. */
  static Map<String, ?> body(Operation operation) {
    String path = operation.path();
    if (path.startsWith("/batch/")) {
      return NO_PARTS;
    }
    if (path.contains("/application-passwords") || path.contains("{taxonomy}")) {
      return Map.of("name", TestServer.unique("program"));
    }
    if (path.endsWith("/notes")) {
      return Map.of("note_content", "Called twice");
    }
    if (path.contains("/webhooks")) {
      return path.endsWith("s/{webhookId}")
          ? Map.of("description", "x")
          : path.endsWith("/secrets")
              ? Map.of("keep_hours", 1)
              : path.endsWith("/deliveries") ? Map.of("test", true) : WEBHOOK;
    }
    if (path.contains("/replies/")) {
      return REPLY;
    }
    return path.contains("{") ? Map.of("status", "open") : ticket("who@example.org");
  }
}
