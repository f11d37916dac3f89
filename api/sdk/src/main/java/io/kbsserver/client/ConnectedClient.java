package io.kbsserver.client;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.function.Consumer;

/** A client that sends its login at once, whatever interceptor is set beside it. */
final class ConnectedClient extends ApiClient {

  private final String authorization;
  private HttpClient patient;

  ConnectedClient(String site, String login, String password) {
    String root = site.replaceFirst("/+$", "");
    updateBaseUri(root.endsWith("/wp-json") ? root : root + "/wp-json");
    byte[] both = (login + ":" + password).getBytes(StandardCharsets.UTF_8);
    authorization = "Basic " + Base64.getEncoder().encodeToString(both);
  }

  @Override
  public Consumer<HttpRequest.Builder> getRequestInterceptor() {
    Consumer<HttpRequest.Builder> own = super.getRequestInterceptor();
    Consumer<HttpRequest.Builder> logIn =
        request -> request.setHeader("Authorization", authorization);
    return own == null ? logIn : logIn.andThen(own);
  }

  @Override
  public ApiClient setHttpClientBuilder(HttpClient.Builder builder) {
    patient = null;
    return super.setHttpClientBuilder(builder);
  }

  @Override
  public ApiClient setConnectTimeout(Duration connectTimeout) {
    patient = null;
    return super.setConnectTimeout(connectTimeout);
  }

  /** The same for all operations, so that they share its connections. */
  @Override
  public HttpClient getHttpClient() {
    if (patient == null) {
      patient = new RetryingHttpClient(super.getHttpClient());
    }
    return patient;
  }
}
