package io.kbsserver.rest.batch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.kbsserver.contract.Contract;
import io.kbsserver.contract.Operation;
import io.kbsserver.refusal.Fault;
import io.kbsserver.refusal.InvalidParameters;
import io.kbsserver.refusal.NotFound;
import io.kbsserver.rest.body.Parameters;
import io.kbsserver.rest.body.Scalars;
import io.kbsserver.rest.bulkhead.ClientConnection;
import io.kbsserver.rest.login.ApplicationPasswordFetcher;
import io.kbsserver.rest.request.BatchedPart;
import io.kbsserver.rest.wire.RequestTarget;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.netty.body.NettyByteBodyFactory;
import io.micronaut.http.server.HttpServerConfiguration;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes requests of the parts of a batch. Who sends them, from where, and by which address is said
 * by the batch.
 */
@Singleton
class PartRequests {

  /** Besides those that proxies add. */
  private static final Set<String> OF_THE_BATCH =
      ignoringCase(
          List.of(
              HttpHeaders.AUTHORIZATION,
              HttpHeaders.HOST,
              HttpHeaders.FORWARDED,
              "X-WP-Nonce",
              "X-Request-ID"));

  private static final String OF_PROXIES = "x-forwarded-";
  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  private final Contract contract;
  private final ConversionService conversion;
  private final HttpServerConfiguration server;

  /** Those that an operation of the contract takes. */
  private final Set<String> ofParts;

  PartRequests(Contract contract, ConversionService conversion, HttpServerConfiguration server) {
    this.contract = contract;
    this.conversion = conversion;
    this.server = server;
    this.ofParts =
        ignoringCase(
            contract.operations().stream()
                .map(Operation::source)
                .flatMap(operation -> operation.path("parameters").valueStream())
                .map(contract::resolved)
                .filter(parameter -> parameter.path("in").asText().equals("header"))
                .map(parameter -> parameter.path("name").asText())
                .toList());
  }

  private static Set<String> ignoringCase(List<String> names) {
    Set<String> result = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    result.addAll(names);
    return result;
  }

  /**
   * The request that a part stands for.
   *
   * @param index the place of the part in its batch
   * @param rehearsed whether it is only asked whether it could be run
   */
  HttpRequest<?> of(HttpRequest<?> batch, BatchEntry part, int index, boolean rehearsed) {
    DefaultHttpRequest head =
        new DefaultHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.valueOf(part.method()), address(part.path()));
    batch
        .getHeaders()
        .forEachValue(
            (name, value) -> {
              if (OF_THE_BATCH.contains(name)
                  || name.regionMatches(true, 0, OF_PROXIES, 0, OF_PROXIES.length())) {
                head.headers().add(name, value);
              }
            });
    part.headers().forEach((name, value) -> add(name, value, head));
    if (!head.headers().contains(IDEMPOTENCY_KEY)) {
      batch
          .getHeaders()
          .findFirst(IDEMPOTENCY_KEY)
          .ifPresent(key -> head.headers().set(IDEMPOTENCY_KEY, PartKey.of(key, index)));
    }
    HttpRequest<?> request =
        new NettyHttpRequest<>(
            head,
            NettyByteBodyFactory.empty(),
            ClientConnection.context(batch),
            conversion,
            server);
    new BatchedPart(Parameters.of(part.body()), rehearsed).keepIn(request);
    ApplicationPasswordFetcher.shareFailure(batch, request);
    return request;
  }

  /** Whether a batch may come again, and its parts are then answered again. */
  static boolean isRepeatable(HttpRequest<?> batch) {
    return batch.getHeaders().contains(IDEMPOTENCY_KEY);
  }

  private String address(String path) {
    String target = RequestTarget.escaped(new String(path.getBytes(UTF_8), ISO_8859_1));
    if (!target.startsWith("/")) {
      throw NotFound.route();
    }
    try {
      return URI.create(contract.root() + target).toString();
    } catch (IllegalArgumentException e) {
      throw refused("parse_path_failed", "path", "The path cannot be read.");
    }
  }

  /** A login of its own must not be run as another one's; what nobody reads means nothing. */
  private void add(String name, Object value, DefaultHttpRequest head) {
    List<?> values = value instanceof List<?> several ? several : List.of(value);
    if (values.stream().anyMatch(Scalars::isCompound)) {
      throw refused("rest_invalid_type", name, name + " is no text and no list of texts.");
    }
    if (name.equalsIgnoreCase(HttpHeaders.AUTHORIZATION)
        && !values.equals(head.headers().getAll(name))) {
      throw refused("rest_invalid_param", name, "A part has the login of its batch.");
    }
    if (ofParts.contains(name)) {
      try {
        values.forEach(each -> head.headers().add(name, Scalars.text(each)));
      } catch (IllegalArgumentException e) {
        throw refused("rest_invalid_param", name, name + " is no value of a header.");
      }
    }
  }

  private static InvalidParameters refused(String code, String name, String message) {
    return new InvalidParameters(code, message, Map.of(name, new Fault(code, message)));
  }
}
