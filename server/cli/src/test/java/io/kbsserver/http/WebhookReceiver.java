package io.kbsserver.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Listens for messages of webhooks on this machine, and answers as it is told. */
final class WebhookReceiver implements AutoCloseable {

  /** What somebody else would wait for: the server looks for changes more often than that. */
  private static final long PATIENCE_SECONDS = 60;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpServer server;
  private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
  private final List<Message> all = new CopyOnWriteArrayList<>();
  private volatile Behaviour behaviour = (message, exchange) -> 204;

  /** What a receiver does with a message. */
  interface Behaviour {
    /** The status to answer with; a negative one hangs up. */
    int answer(Message message, HttpExchange exchange) throws IOException;
  }

  /** A message as it came. */
  record Message(String method, Map<String, List<String>> headers, String body) {

    String header(String name) {
      return headers.entrySet().stream()
          .filter(entry -> entry.getKey().equalsIgnoreCase(name))
          .map(entry -> entry.getValue().get(0))
          .findFirst()
          .orElse("");
    }

    String id() {
      return header("webhook-id");
    }

    JsonNode json() {
      try {
        return MAPPER.readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    String type() {
      return json().path("type").asText();
    }

    long ticket() {
      return json().at("/data/ticket_id").asLong();
    }

    long position() {
      return json().at("/data/position").asLong();
    }
  }

  WebhookReceiver() {
    try {
      server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Message message =
        new Message(exchange.getRequestMethod(), Map.copyOf(exchange.getRequestHeaders()), body);
    all.add(message);
    int status = behaviour.answer(message, exchange);
    if (status > 0) {
      exchange.sendResponseHeaders(status, -1);
    }
    exchange.close();
    messages.add(message);
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
  }

  int port() {
    return server.getAddress().getPort();
  }

  void behave(Behaviour wanted) {
    behaviour = wanted;
  }

  /** The next message. */
  Message next() {
    try {
      Message message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertTrue(message != null, "no message came");
      return message;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The next so many. */
  List<Message> next(int count) {
    List<Message> some = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      some.add(next());
    }
    return some;
  }

  /** The next one, of this type about this ticket. */
  Message next(String type, long ticket) {
    Message message = next();
    assertEquals(type + " " + ticket, message.type() + " " + message.ticket(), message.body());
    return message;
  }

  /** All that ever came, answered or not. */
  List<Message> all() {
    return List.copyOf(all);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
