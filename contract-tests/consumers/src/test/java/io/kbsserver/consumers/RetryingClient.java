package io.kbsserver.consumers;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.client.ApiClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.function.Consumer;

/**
 * Sends what writes with a key, and looks at what becomes of it, by the HTTP client of the
 * language.
 *
 * @param root the address that routes begin with
 * @param always what is to be said with every request
 */
record RetryingClient(String root, Consumer<HttpRequest.Builder> always) {

  /** What a client does next. */
  enum Outcome {
    DONE,
    WAIT_AND_SEND_AGAIN,
    MAKE_A_NEW_KEY,
    LOOK_AGAIN,
    KNOWN_ALREADY
  }

  /**
   * What was answered.
   *
   * @param tag of the ticket as it is now; empty where there is none
   * @param status of the ticket as it is now; empty where there is none
   */
  record Seen(Outcome outcome, String tag, String status) {}

  /** Sends a request; type and body may be null. */
  Seen send(String method, String route, String type, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(root + route))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (type != null) {
      request.header("Content-Type", type);
    }
    always.accept(request);
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    JsonNode json =
        ApiClient.createDefaultObjectMapper()
            .readTree(answer.body().isEmpty() ? "{}" : answer.body());
    JsonNode ticket = answer.statusCode() == 412 ? json.at("/data/ticket") : json;
    return new Seen(
        outcome(answer.statusCode()),
        answer.headers().firstValue("ETag").orElse(""),
        ticket.path("status").asText());
  }

  private static Outcome outcome(int status) {
    return switch (status) {
      case 200, 201 -> Outcome.DONE;
      case 304 -> Outcome.KNOWN_ALREADY;
      case 409 -> Outcome.WAIT_AND_SEND_AGAIN;
      case 412 -> Outcome.LOOK_AGAIN;
      case 422 -> Outcome.MAKE_A_NEW_KEY;
      default -> throw new AssertionError("Status " + status);
    };
  }
}
