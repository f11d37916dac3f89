package io.kbsserver.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A client of several servers that may be killed at any time: it asks again, another one, until it
 * has an answer. What it writes it writes with a key, so that it is done once.
 */
final class SafeClient {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final int TIMES = 2_000;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final List<Integer> ports;
  private final String authorization;
  private final Random random;
  private final Map<String, Integer> outcomes = new TreeMap<>();

  SafeClient(List<Integer> ports, String authorization, long seed) {
    this.ports = ports;
    this.authorization = authorization;
    this.random = new Random(seed);
  }

  /** What came of attempts that were not the last, and how often. */
  String outcomes() {
    synchronized (outcomes) {
      return outcomes.toString();
    }
  }

  JsonNode get(String path) throws InterruptedException {
    return json(untilAnswered("GET", path, null, null).body());
  }

  JsonNode post(String path, Map<String, ?> body) throws InterruptedException {
    return json(untilAnswered("POST", path, written(body), UUID.randomUUID().toString()).body());
  }

  private HttpResponse<String> untilAnswered(String method, String path, String body, String key)
      throws InterruptedException {
    for (int i = 0; i < TIMES; i++) {
      HttpRequest request = request(method, path, body, key);
      try {
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        int status = answer.statusCode();
        if (status == 200 || status == 201) {
          count(answer.headers().firstValue("Idempotency-Replayed").isPresent(), "replayed");
          return answer;
        }
        count(true, String.valueOf(status));
        // In flight: whoever does it may have been killed, or may not.
        if (status != 503 && !(status == 409 && key != null)) {
          throw new AssertionError(method + " " + path + ": " + status + " " + answer.body());
        }
      } catch (IOException e) {
        count(true, "broken off");
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new AssertionError(method + " " + path + " is not answered: " + outcomes());
  }

  private void count(boolean whether, String outcome) {
    if (whether) {
      synchronized (outcomes) {
        outcomes.merge(outcome, 1, Integer::sum);
      }
    }
  }

  /** A request to any of the servers, to be sent once. */
  HttpRequest request(String method, String path, String body, String key) {
    int port;
    synchronized (random) {
      port = ports.get(random.nextInt(ports.size()));
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/wp-json/kbs/v1" + path))
            .timeout(PATIENCE)
            .header("Authorization", authorization)
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (key != null) {
      request.header("Idempotency-Key", key);
    }
    return request.build();
  }

  /** Sends it once; the answer comes as it is read. */
  <T> HttpResponse<T> once(HttpRequest request, HttpResponse.BodyHandler<T> reader)
      throws IOException, InterruptedException {
    return client.send(request, reader);
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(text, e);
    }
  }

  private static String written(Map<String, ?> body) {
    return JSON.valueToTree(body).toString();
  }
}
