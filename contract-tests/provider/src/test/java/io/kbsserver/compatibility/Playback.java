package io.kbsserver.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** How many answers were played. */
  int played() {
    return played;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    String method = exchange.getRequestMethod();
    String path = exchange.getRequestURI().toString();
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
    answer.headers().entrySet().stream()
        .filter(header -> !header.getKey().matches("content-length|transfer-encoding|connection"))
        .forEach(header -> exchange.getResponseHeaders().add(header.getKey(), header.getValue()));
    boolean empty = answer.body() == null || answer.body().isNull() || method.equals("HEAD");
    byte[] body = empty ? new byte[0] : answer.body().toString().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), empty ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private SiteAnswer supposed(RecordedExchange.Request request) throws IOException {
    SiteAnswer own = other.send(request);
    String caller = request.headers().get("Authorization");
    if (own.status() != 200) {
      return own;
    }
    if (!request.path().matches(".*/tickets(\\?.*)?")) {
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
