package io.kbsserver.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a file: a path a line, possibly behind its method, or an exchange in JSON as
 * recordings hold it.
 *
 * @param requests those that read
 * @param skipped how many are not sent, and why
 */
public record RequestFile(List<ReadRequest> requests, Map<Skip, Integer> skipped) {

  /** More than anybody waits for. */
  private static final int MOST = 10_000;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PLAIN = Pattern.compile("(?:([A-Za-z]+)\\s+)?(/.*)");
  private static final String ANONYMOUS = "anon";

  /**
   * Reads a file.
   *
   * @param logins all logins that there are
   * @param each those that send the requests for which the file names nobody
   * @throws CompareException if the file is not as it should be
   */
  public static RequestFile read(Path file, List<Login> logins, List<Login> each) {
    List<ReadRequest> requests = new ArrayList<>();
    Map<Skip, Integer> skipped = new EnumMap<>(Skip.class);
    TextFile.read(
        file,
        "file of requests",
        line -> {
          Line read = line.startsWith("{") ? exchange(line, logins) : plain(line);
          if (read.skip() != null) {
            skipped.merge(read.skip(), 1, Integer::sum);
          } else if (read.named()) {
            requests.add(read.request(read.login()));
          } else {
            each.forEach(login -> requests.add(read.request(login)));
          }
          if (requests.size() > MOST) {
            throw new IllegalArgumentException("more than " + MOST + " requests");
          }
        });
    return new RequestFile(List.copyOf(requests), Collections.unmodifiableMap(skipped));
  }

  /** What a line says; {@code named} is whether it says who asks, and null means nobody does. */
  private record Line(
      String method,
      String path,
      Map<String, String> headers,
      boolean named,
      @Nullable Login login,
      @Nullable Skip skip) {

    ReadRequest request(@Nullable Login by) {
      return new ReadRequest(method, path, headers, by);
    }

    /** The same, skipped if it must not be sent. */
    Line checked() {
      if (!ReadRequest.isRead(method)) {
        return skipped(Skip.NO_READ);
      }
      if (skip != null) {
        return this;
      }
      try {
        return request(null).asksForAnotherMethod() ? skipped(Skip.OTHER_METHOD) : this;
      } catch (IllegalArgumentException e) {
        return skipped(Skip.NO_ROUTE);
      }
    }

    Line skipped(Skip why) {
      return new Line(method, path, headers, named, login, why);
    }
  }

  private static Line plain(String text) {
    Matcher line = PLAIN.matcher(text);
    if (!line.matches()) {
      throw new IllegalArgumentException("not a path such as /kbs/v1/tickets");
    }
    String method = line.group(1) == null ? "GET" : line.group(1).toUpperCase(Locale.ROOT);
    return new Line(method, line.group(2), Map.of(), false, null, null).checked();
  }

  private static Line exchange(String text, List<Login> logins) {
    JsonNode exchange;
    try {
      exchange = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON", e);
    }
    JsonNode request = exchange.path("request");
    if (!request.path("method").isTextual() || !request.path("path").isTextual()) {
      throw new IllegalArgumentException("no exchange with a request's method and path");
    }
    Map<String, String> headers = new HashMap<>();
    request
        .path("headers")
        .properties()
        .forEach(header -> headers.put(header.getKey(), header.getValue().asText()));
    String by = exchange.path("as").asText("");
    Optional<Login> login = logins.stream().filter(one -> one.name().equals(by)).findFirst();
    Line line =
        new Line(
            request.path("method").asText(),
            request.path("path").asText(),
            headers,
            !by.isEmpty(),
            login.orElse(null),
            null);
    if (request.hasNonNull("body")) {
      line = line.skipped(Skip.BODY);
    } else if (!by.isEmpty() && !by.equals(ANONYMOUS) && login.isEmpty()) {
      line = line.skipped(Skip.STRANGER);
    }
    return line.checked();
  }
}
