package io.kbsserver.drill;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kbsserver.http.Answer;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends requests, holds each answer against the contract, and keeps how long it took. */
final class DrillClient {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String address;
  private final AtomicInteger sent = new AtomicInteger();
  private final Queue<Long> nanos = new ConcurrentLinkedQueue<>();

  DrillClient(String address) {
    this.address = address;
  }

  String address() {
    return address;
  }

  /** How many requests were sent. */
  int sent() {
    return sent.get();
  }

  /** How long the answers took, the shortest first. */
  List<Long> times() {
    return nanos.stream().sorted().toList();
  }

  /**
   * Sends what has a body in JSON, or none where that is null; fails where the contract says else.
   */
  Answer send(FuzzRequest.Client as, String method, String target, Map<String, ?> body) {
    try {
      Map<String, String> headers =
          body == null
              ? Map.of("Authorization", as.authorization())
              : Map.of("Authorization", as.authorization(), "Content-Type", "application/json");
      return send(method, target, headers, body == null ? null : JSON.writeValueAsString(body));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  Answer send(FuzzRequest request) {
    return send(request.method(), request.target(), request.headers(), request.body());
  }

  private Answer send(String method, String target, Map<String, String> headers, String body) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(address + target))
            .timeout(Duration.ofSeconds(60))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    headers.forEach(builder::header);
    HttpRequest asked = builder.build();
    sent.incrementAndGet();
    try {
      long began = System.nanoTime();
      HttpResponse<String> response = client.send(asked, BodyHandlers.ofString());
      nanos.add(System.nanoTime() - began);
      Map<String, List<String>> answered = response.headers().map();
      SpecWatch.see(
          new Exchange(
              method,
              target,
              asked.headers().map(),
              body,
              response.statusCode(),
              answered,
              response.body()));
      return new Answer(method + " " + target, response.statusCode(), answered, response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
