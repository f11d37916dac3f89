package io.kbsserver.compatibility;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.kbsserver.compare.Occasion;
import io.kbsserver.compare.SiteAnswer;
import io.kbsserver.spec.Exchange;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One recorded request and what the plugin answered.
 *
 * @param name what it is about; not unique
 * @param group the chain that it belongs to
 * @param login who asked, or {@code anon}
 * @param reset whether the site was restored just before it
 * @param settings the plugin's settings in force, on top of the fixture's; empty means removed
 * @param sql what was changed in the WordPress database beforehand
 * @param request what was sent
 * @param response what the plugin answered
 */
record RecordedExchange(
    String name,
    String group,
    @JsonProperty("as") String login,
    boolean reset,
    Map<String, String> settings,
    List<String> sql,
    Request request,
    SiteAnswer response) {

  /** What was sent; the body is null where there was none. */
  record Request(String method, String path, Map<String, String> headers, String body) {

    /** Method and path, as they are written in lists. */
    String line() {
      return method + " " + path;
    }

    /** The same with the body. */
    String text() {
      return line() + " " + (body == null ? "" : body);
    }
  }

  /**
   * When it was sent.
   *
   * @param sent what wrote before it in its chain, with itself
   * @param answered what was asked before it, with itself, and our statuses
   */
  Occasion occasion(List<String> sent, List<String> answered) {
    return new Occasion(
        group, name, login, request.line(), request.headers().toString(), sent, answered);
  }

  /** As it was on the wire, or means the same. */
  Exchange exchange() {
    return new Exchange(
        request.method(),
        request.path(),
        listed(request.headers()),
        request.body(),
        response.status(),
        listed(response.headers()),
        response.body() == null ? "" : response.body().toString());
  }

  private static Map<String, List<String>> listed(Map<String, String> headers) {
    return headers.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue())));
  }

  /** A name that is readable in a test report. */
  String title() {
    return name + " | " + login + " | " + request.line();
  }

  /** What stands before the first slash of the group: create, list, roles … */
  String topic() {
    return group.startsWith("linked/") ? group : group.split("/", 2)[0];
  }
}
