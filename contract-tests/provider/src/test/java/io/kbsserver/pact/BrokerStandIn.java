package io.kbsserver.pact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What a verification asks a Pact broker for. It hands out pacts, and keeps what it is told, for
 * those who send the right header {@code Authorization}.
 */
final class BrokerStandIn implements AutoCloseable {

  /**
   * A pact about the list of tickets, asked for without a login.
   *
   * @param status what the consumer expects
   * @param pending whether the provider has never fulfilled it
   * @param state what has to be so, as version 2 says that; nothing where it is empty
   */
  record Offer(String consumer, int status, boolean pending, String state) {

    Offer(String consumer, int status, boolean pending) {
      this(consumer, status, pending, "");
    }
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, JsonNode> told = new ConcurrentSkipListMap<>();
  private final HttpServer server;
  private final String authorization;
  private final List<Offer> offers;

  BrokerStandIn(String authorization, Offer... offers) throws IOException {
    this.authorization = authorization;
    this.offers = List.of(offers);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String address() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** What was sent: the body by method and path. */
  Map<String, JsonNode> told() {
    return told;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      boolean known = authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"));
      String path = exchange.getRequestURI().getPath();
      String method = exchange.getRequestMethod();
      byte[] answer = JSON.writeValueAsBytes(known ? document(path) : JSON.createObjectNode());
      if (known && !method.equals("GET")) {
        told.put(method + " " + path, JSON.readTree(exchange.getRequestBody()));
      }
      exchange.getResponseHeaders().set("Content-Type", "application/hal+json");
      exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"Broker\"");
      exchange.sendResponseHeaders(known ? 200 : 401, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private ObjectNode document(String path) {
    ObjectNode document = JSON.createObjectNode();
    switch (path) {
      case "/" -> link(document, "pb:provider-pacts-for-verification", "/pacts/for/{provider}");
      case "/pacts/for/kbs-server" -> {
        ArrayNode pacts = document.putObject("_embedded").putArray("pacts");
        offers.forEach(offer -> describe(offer, pacts.addObject()));
      }
      case "/provider" -> link(document, "pb:branch-version", "/branch/{branch}/{version}");
      default ->
          offers.stream()
              .filter(offer -> path.equals("/pacts/" + offer.consumer()))
              .forEach(offer -> write(offer, document));
    }
    return document;
  }

  private void describe(Offer offer, ObjectNode pact) {
    pact.putObject("verificationProperties").put("pending", offer.pending()).putArray("notices");
    link(pact, "self", "/pacts/" + offer.consumer()).put("name", offer.consumer());
  }

  private void write(Offer offer, ObjectNode pact) {
    pact.putObject("consumer").put("name", offer.consumer());
    pact.putObject("provider").put("name", "kbs-server");
    ObjectNode interaction = pact.putArray("interactions").addObject();
    interaction.put("description", "tickets without a login");
    interaction.putObject("request").put("method", "GET").put("path", "/wp-json/kbs/v1/tickets");
    interaction.putObject("response").put("status", offer.status());
    boolean stateless = offer.state().isEmpty();
    if (!stateless) {
      interaction.put("providerState", offer.state());
    }
    pact.putObject("metadata")
        .putObject("pactSpecification")
        .put("version", stateless ? "3.0.0" : "2.0.0");
    link(pact, "pb:provider", "/provider");
    link(pact, "pb:publish-verification-results", "/results/" + offer.consumer());
  }

  private ObjectNode link(ObjectNode document, String name, String path) {
    ObjectNode link = document.withObject("/_links").putObject(name);
    return link.put("href", address() + path).put("templated", path.contains("{"));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
