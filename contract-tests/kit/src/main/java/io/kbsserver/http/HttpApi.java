package io.kbsserver.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kbsserver.spec.Exchange;
import io.kbsserver.spec.SpecWatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sends requests as one login, over a real connection. Never changes once made. */
final class HttpApi {

  static final String TICKETS = "/wp-json/kbs/v1/tickets";
  static final String JSON = "application/json";
  static final String FORM = "application/x-www-form-urlencoded";

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(60))
          .build();

  private final String address;
  private final String authorization;
  private final List<String> headers;

  HttpApi(String address, String login, String password) {
    this(address, login == null ? null : basic(login, password), List.of());
  }

  private HttpApi(String address, String authorization, List<String> headers) {
    this.address = address;
    this.authorization = authorization;
    this.headers = headers;
  }

  /** The value of an Authorization header. */
  static String basic(String login, String password) {
    byte[] bytes = (login + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }

  /** The same with one more header in every request. */
  HttpApi with(String header, String value) {
    List<String> all = new ArrayList<>(headers);
    all.add(header);
    all.add(value);
    return new HttpApi(address, authorization, all);
  }

  /** The same with {@code Prefer: handling=…}. */
  HttpApi preferring(String handling) {
    return with("Prefer", "handling=" + handling);
  }

  /** The same with another Authorization header. */
  HttpApi authorized(String header) {
    return new HttpApi(address, header, headers);
  }

  /** A path below the tickets, with a query: {@code ""}, {@code "/7"}, {@code "?page=2"}. */
  Answer get(String tickets) {
    return send("GET", TICKETS + tickets, null, null);
  }

  /** Sends an object as JSON. */
  Answer post(String tickets, Map<String, ?> body) {
    return json("POST", tickets, body);
  }

  /** Sends an object as JSON with any method. */
  Answer json(String method, String tickets, Map<String, ?> body) {
    return send(method, TICKETS + tickets, JSON, json(body));
  }

  /** Sends a body of any type; the type may be null. */
  Answer post(String tickets, String contentType, String body) {
    return send("POST", TICKETS + tickets, contentType, body);
  }

  /** Any request; type and body may be null. */
  Answer send(String method, String path, String contentType, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofSeconds(60));
    request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    if (contentType != null) {
      request.header("Content-Type", contentType);
    }
    for (int i = 0; i < headers.size(); i += 2) {
      request.header(headers.get(i), headers.get(i + 1));
    }
    try {
      HttpRequest sent = request.build();
      HttpResponse<String> response = CLIENT.send(sent, BodyHandlers.ofString());
      Map<String, List<String>> answered = response.headers().map();
      SpecWatch.see(
          new Exchange(
              method,
              path,
              sent.headers().map(),
              body,
              response.statusCode(),
              answered,
              response.body()));
      return new Answer(method + " " + path, response.statusCode(), answered, response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static String json(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** The five required fields of a new ticket. */
  static Map<String, Object> ticket(String email) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("customer_first", "Nina");
    body.put("customer_last", "Newman");
    body.put("customer_email", email);
    body.put("ticket_title", "The printer does not answer");
    body.put("ticket_content", "It was fine yesterday.");
    return body;
  }

  /** The same with more fields, or with others in their place: name, value, name, value. */
  static Map<String, Object> ticket(String email, Object... more) {
    Map<String, Object> body = ticket(email);
    body.putAll(fields(more));
    return body;
  }

  /** A body of these fields: name, value, name, value. */
  static Map<String, Object> fields(Object... namesAndValues) {
    Map<String, Object> body = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      body.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return body;
  }
}
