package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.JSON;
import static io.kbsserver.http.HttpApi.fields;
import static io.kbsserver.http.HttpApi.json;
import static io.kbsserver.http.HttpApi.ticket;

import io.kbsserver.contract.Contract;
import io.kbsserver.contract.Operation;
import io.micronaut.http.HttpMethod;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A request that writes, to be sent more than once. */
record WritingRequest(Operation operation, String path, String type, String body) {

  private static final Set<HttpMethod> READING =
      EnumSet.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  /** All operations that write, but for that of which the parts write. */
  static Stream<Operation> operations() {
    return Contract.packaged().operations().stream()
        .filter(operation -> !READING.contains(operation.method()))
        .filter(operation -> !operation.path().startsWith("/batch/"));
  }

  /**
   * One to an operation.
   *
   * @param id of what it is about
   * @param words what it says, where it says anything
   */
  static WritingRequest of(Operation operation, String id, String words) {
    String path =
        "/wp-json"
            + operation
                .path()
                .replace("{userId}", "me")
                .replace("{taxonomy}", "ticket_tag")
                .replaceAll("\\{[^}]+\\}", id);
    if (operation.isTakenAsFile()) {
      return new WritingRequest(operation, path + "?post=" + id, "text/plain", words);
    }
    return operation.method() == HttpMethod.DELETE
        ? new WritingRequest(operation, path + forced(path) + "_words=" + words, null, null)
        : new WritingRequest(operation, path, JSON, json(body(path, words)));
  }

  /** Terms are deleted for good, or not at all. */
  private static String forced(String path) {
    return path.contains("/ticket_tag/") ? "?force=true&" : "?";
  }

  private static Map<String, ?> body(String path, String words) {
    if (path.endsWith("/tickets")) {
      return ticket("again@example.org", "ticket_title", words);
    }
    if (path.endsWith("/notes")) {
      return fields("note_content", words);
    }
    if (path.contains("/webhooks")) {
      return path.endsWith("/secrets")
          ? fields("keep_hours", words.length() % 10)
          : path.endsWith("/deliveries")
              ? fields("test", true, "position", words.startsWith("Other") ? "" : "0")
              : fields("url", "https://receiver.invalid/" + words);
    }
    if (path.contains("/replies/")) {
      return fields("reply_content", words);
    }
    return path.contains("/kbs/v1/tickets/")
        ? fields("status", "hold", "department", words.startsWith("Other") ? "" : "0")
        : fields("name", words);
  }

  Answer send(HttpApi api) {
    HttpApi named =
        operation.isTakenAsFile()
            ? api.with("Content-Disposition", "attachment; filename=\"a.txt\"")
            : api;
    return named.send(operation.method().name(), path, type, body);
  }
}
