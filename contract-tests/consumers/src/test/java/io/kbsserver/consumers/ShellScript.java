package io.kbsserver.consumers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A script that knows curl and the page that documents the route. Whatever {@code curl -d} sends is
 * said to be a form, JSON as well.
 */
record ShellScript(FormSender curl) {

  /** {@code curl -X POST …/tickets/<id> -d '{"status":"closed"}'}, as documented. */
  String close(long ticket) throws IOException, InterruptedException {
    return post("/kbs/v1/tickets/" + ticket, "{\"status\":\"closed\"}").get("status").asText();
  }

  /** {@code curl …/tickets --data-urlencode name=value …}. */
  long create(Map<String, String> fields) throws IOException, InterruptedException {
    return post("/kbs/v1/tickets", form(fields)).get("id").asLong();
  }

  /** The fields in their order. */
  static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> field.getKey() + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private JsonNode post(String route, String data) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(curl.address(route))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(data));
    curl.always().accept(request);
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    return new ObjectMapper().readTree(answer.body());
  }
}
