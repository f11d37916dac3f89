package io.kbsserver.consumers;

import io.kbsserver.client.ApiClient;
import io.kbsserver.client.ApiException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hc.client5.http.entity.mime.HttpMultipartMode;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;

/**
 * Sends forms with a file, which the SDK does not, by the HTTP client of the language.
 *
 * @param root the address that routes begin with
 * @param always what is to be said with every request
 */
record FormSender(String root, Consumer<HttpRequest.Builder> always) {

  /** What is sent beside the fields, which is always a text here. */
  record SentText(String name, String content) {}

  /** A form as browsers make it; the file comes last. */
  static MultipartEntityBuilder form(Map<String, String> fields, SentText file) {
    MultipartEntityBuilder form =
        MultipartEntityBuilder.create()
            .setMode(HttpMultipartMode.LEGACY)
            .setCharset(StandardCharsets.UTF_8);
    fields.forEach(form::addTextBody);
    return form.addBinaryBody(
        "files[]",
        file.content().getBytes(StandardCharsets.UTF_8),
        ContentType.TEXT_PLAIN.withCharset((String) null),
        file.name());
  }

  /** The address of a route. */
  URI address(String route) {
    return URI.create(root + route);
  }

  /** Sends one to a route, and reads the answer. */
  <T> T send(String route, Map<String, String> fields, SentText file, Class<T> type)
      throws ApiException, IOException, InterruptedException {
    HttpEntity form = form(fields, file).build();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    form.writeTo(body);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address(route))
            .header("Content-Type", form.getContentType())
            .POST(BodyPublishers.ofByteArray(body.toByteArray()));
    always.accept(request);
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new ApiException(
          answer.statusCode(), "The form was refused", answer.headers(), answer.body());
    }
    return ApiClient.createDefaultObjectMapper().readValue(answer.body(), type);
  }
}
