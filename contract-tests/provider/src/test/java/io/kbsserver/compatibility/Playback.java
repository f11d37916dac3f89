package io.kbsserver.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kbsserver.compare.SiteAnswer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A WordPress that answers what it was recorded to answer. To what it was never asked it answers as
 * FINDINGS say, with the tickets that it was recorded to show: totals count everything, customers
 * see no ticket of theirs, a protected one is a failure.
 */
final class Playback implements AutoCloseable {

  /** How the WordPress is set up. */
  enum Mode {
    /** As it was recorded: with permalinks, and the plugin's lists mended. */
    RECORDED,
    /** With the plugin as it was shipped: every list is refused over its own statuses. */
    AS_SHIPPED,
    /** Without permalinks, in a folder: routes are a parameter there, and in all links. */
    WITHOUT_PERMALINKS
  }

  private static final String LIST = ".*/tickets(\\?.*)?";
  private static final String FOLDER = "/desk";

  private static final String ADMIN = Recordings.authorizationOf("admin");
  private static final Set<String> CUSTOMERS =
      Stream.of("carl", "dora", "erin")
          .map(Recordings::authorizationOf)
          .collect(Collectors.toSet());
  private static final SiteAnswer REFUSED =
      new SiteAnswer(
          403, Map.of(), JsonNodeFactory.instance.objectNode().put("code", "rest_forbidden"));

  private final Map<String, SiteAnswer> recorded = new HashMap<>();
  private final RecordedSite other;
  private final HttpServer server;
  private Mode mode = Mode.RECORDED;
  private long hidden;
  private int played;

  Playback(List<RecordedExchange> exchanges, RecordedSite other) throws IOException {
    this.other = other;
    exchanges.forEach(
        exchange ->
            recorded.put(
                key(
                    exchange.request().method(),
                    exchange.request().path(),
                    exchange.request().headers().get("Authorization")),
                exchange.response()));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Where it is, set up so from now on. */
  String address(Mode from) {
    mode = from;
    String host = "http://127.0.0.1:" + server.getAddress().getPort();
    return from == Mode.WITHOUT_PERMALINKS ? host + FOLDER + "/?rest_route=/" : host;
  }

  /** A ticket that it shows to nobody from now on; 0 for none. */
  void hide(long ticketId) {
    hidden = ticketId;
  }

  /** How many answers were played. */
  int played() {
    return played;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    String method = exchange.getRequestMethod();
    String path = exchange.getRequestURI().toString();
    if (mode == Mode.WITHOUT_PERMALINKS) {
      path = path.replaceFirst("^" + FOLDER + "/\\?rest_route=([^&]*)(&?)", "/wp-json$1?");
      path = path.replaceFirst("\\?$", "");
    }
    SiteAnswer answer = recorded.get(key(method, path, authorization));
    if (answer == null) {
      Map<String, String> headers = new LinkedHashMap<>();
      if (authorization != null) {
        headers.put("Authorization", authorization);
      }
      answer = supposed(new RecordedExchange.Request(method, path, headers, null));
    } else {
      played++;
    }
    if (mode == Mode.AS_SHIPPED && path.matches(LIST)) {
      answer = refused(answer);
    } else if (path.endsWith("/tickets/" + hidden)) {
      answer = REFUSED;
    }
    send(exchange, answer, method.equals("HEAD"));
  }

  private void send(HttpExchange exchange, SiteAnswer answer, boolean head) throws IOException {
    answer.headers().entrySet().stream()
        .filter(header -> !header.getKey().matches("content-length|transfer-encoding|connection"))
        .forEach(
            header ->
                exchange.getResponseHeaders().add(header.getKey(), ownLinks(header.getValue())));
    boolean empty = answer.body() == null || answer.body().isNull() || head;
    byte[] body =
        empty ? new byte[0] : ownLinks(answer.body().toString()).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), empty ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** WordPress without permalinks leads to index.php. */
  private String ownLinks(String text) {
    return mode == Mode.WITHOUT_PERMALINKS
        ? text.replaceAll(
            "(https?://[^/\"]+)/wp-json(/[^\"?>]*)\\??",
            "$1" + FOLDER + "/index.php?rest_route=$2&")
        : text;
  }

  /** FINDINGS, section 1: its statuses are 0, 1, 2 and 3, which are no texts. */
  private static SiteAnswer refused(SiteAnswer mended) {
    ObjectNode error = JsonNodeFactory.instance.objectNode().put("code", "rest_invalid_param");
    ObjectNode params = error.putObject("data").put("status", 400).putObject("params");
    if (mended.code().equals("rest_invalid_param")) {
      params.setAll((ObjectNode) mended.body().at("/data/params"));
    }
    params.put("status", "status[0] is not of type string.");
    return new SiteAnswer(400, Map.of(), error);
  }

  private SiteAnswer supposed(RecordedExchange.Request request) throws IOException {
    SiteAnswer own = other.send(request);
    String caller = request.headers().get("Authorization");
    if (own.status() != 200) {
      return own;
    }
    if (!request.path().matches(LIST)) {
      SiteAnswer single = recorded.get(key("GET", request.path(), ADMIN));
      return CUSTOMERS.contains(caller) ? REFUSED : single == null ? own : single;
    }
    Map<String, String> asAdmin = Map.of("Authorization", ADMIN);
    SiteAnswer all =
        other.send(new RecordedExchange.Request(request.method(), request.path(), asAdmin, null));
    if (all.status() != 200 || all.body() == null || all.body().isNull()) {
      return all;
    }
    ArrayNode tickets = JsonNodeFactory.instance.arrayNode();
    for (JsonNode ticket : all.body()) {
      String path = "/wp-json/kbs/v1/tickets/" + ticket.path("id").asText();
      SiteAnswer single = recorded.get(key("GET", path, ADMIN));
      if (single != null && single.status() == 500) {
        return single;
      }
      boolean whole = single != null && ticket.has("content");
      if (!CUSTOMERS.contains(caller)) {
        tickets.add(whole ? single.body() : ticket);
      }
    }
    return new SiteAnswer(all.status(), all.headers(), tickets);
  }

  private static String key(String method, String path, String authorization) {
    return method + " " + URLDecoder.decode(path, StandardCharsets.UTF_8) + " " + authorization;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
