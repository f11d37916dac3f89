package io.kbsserver.wordpress.source;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Asks the old site for the heads of a few files as anybody could, since its folder of uploads may
 * be open to the world (CVE-2024-13604). A site that does not answer is not waited for.
 */
public final class OpenUploads {

  private static final int ASKED = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private OpenUploads() {}

  /** The first of some files that is served without a login; only the newest are asked for. */
  public static Optional<String> among(List<String> addresses) {
    HttpClient client =
        HttpClient.newBuilder().connectTimeout(PATIENCE).followRedirects(Redirect.NEVER).build();
    List<String> asked =
        addresses.stream().filter(address -> address.matches("(?i)https?://\\S+")).toList();
    List<CompletableFuture<Optional<String>>> answers =
        asked.subList(Math.max(0, asked.size() - ASKED), asked.size()).stream()
            .map(address -> ask(client, address))
            .toList();
    return answers.stream().map(CompletableFuture::join).flatMap(Optional::stream).findFirst();
  }

  private static CompletableFuture<Optional<String>> ask(HttpClient client, String address) {
    HttpRequest request;
    try {
      request =
          HttpRequest.newBuilder(URI.create(address))
              .method("HEAD", BodyPublishers.noBody())
              .timeout(PATIENCE)
              .build();
    } catch (IllegalArgumentException e) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    return client
        .sendAsync(request, BodyHandlers.discarding())
        .thenApply(HttpResponse::statusCode)
        .thenApply(status -> status == 200 ? Optional.of(address) : Optional.<String>empty())
        .completeOnTimeout(Optional.empty(), 2 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(failed -> Optional.empty());
  }
}
