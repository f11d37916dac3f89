package io.kbsserver.compatibility;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** The recordings, as they are kept beside the tests. */
final class Recordings {

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private Recordings() {}

  /** All groups: those that read, and then those that write. */
  static List<ExchangeGroup> all() {
    List<ExchangeGroup> groups = new ArrayList<>(read("reads", false));
    groups.addAll(read("writes", true));
    return groups;
  }

  private static List<ExchangeGroup> read(String file, boolean writes) {
    Map<String, List<Exchange>> groups = new LinkedHashMap<>();
    try (InputStream resource =
            Recordings.class.getResourceAsStream("/recordings/" + file + ".jsonl.gz");
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(resource), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Exchange exchange = JSON.readValue(line, Exchange.class);
        groups.computeIfAbsent(exchange.group(), name -> new ArrayList<>()).add(exchange);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return groups.entrySet().stream()
        .map(group -> new ExchangeGroup(group.getKey(), writes, List.copyOf(group.getValue())))
        .toList();
  }
}
