package io.kbsserver.compatibility;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The recordings, as they are kept beside the tests. */
final class Recordings {

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private static final Map<String, String> PASSWORDS = passwords();

  private Recordings() {}

  /** All groups of a site: those that read, and then those that write. */
  static List<ExchangeGroup> of(RecordedSite.Origin origin) {
    return switch (origin) {
      case FRESH ->
          Stream.of(
                  read("reads", false),
                  read("linked", false),
                  read("writes", true),
                  read("linked-writes", true))
              .flatMap(groups -> groups)
              .toList();
      case LIVED -> read("lived", false).toList();
    };
  }

  private static Stream<ExchangeGroup> read(String file, boolean writes) {
    Map<String, List<RecordedExchange>> groups = new LinkedHashMap<>();
    try (InputStream resource =
            Recordings.class.getResourceAsStream("/recordings/" + file + ".jsonl.gz");
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(resource), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        RecordedExchange exchange = JSON.readValue(line, RecordedExchange.class);
        groups.computeIfAbsent(exchange.group(), name -> new ArrayList<>()).add(exchange);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return groups.entrySet().stream()
        .map(group -> new ExchangeGroup(group.getKey(), writes, List.copyOf(group.getValue())));
  }

  /** The application password of somebody of the recorded sites. */
  static String passwordOf(String login) {
    return PASSWORDS.get(login);
  }

  /** How somebody of the recorded sites proves who it is. */
  static String authorizationOf(String login) {
    String pair = login + ":" + passwordOf(login);
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, String> passwords() {
    Map<String, String> passwords = new HashMap<>();
    try (InputStream users = Recordings.class.getResourceAsStream("/wordpress/users.json")) {
      for (JsonNode user : JSON.readTree(users)) {
        passwords.put(user.path("login").asText(), user.path("application_password").asText());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return passwords;
  }
}
