package io.kbsserver.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Exchanges with a running server, kept in a folder to be held against other contracts later. */
public final class Exchanges {

  /** The system property that names the folder, where they are to be kept. */
  static final String KEPT = "spec.exchanges";

  /** Where in it what WordPress was recorded to answer is kept, if our server answers it too. */
  private static final String RECORDED = "recorded";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONG = 200_000;

  private final BufferedWriter file;

  private Exchanges(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path own = Files.createTempFile(folder, "exchanges", ".jsonl.gz");
    file =
        new BufferedWriter(
            new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(own)), StandardCharsets.UTF_8));
  }

  /** Those of this JVM; null where they are not to be kept. */
  static Exchanges ofThisRun() {
    String folder = System.getProperty(KEPT);
    return folder == null ? null : in(Path.of(folder), "");
  }

  /** The recorded ones of this JVM that our server answers to the same effect; null likewise. */
  public static Exchanges recordedOfThisRun() {
    String folder = System.getProperty(KEPT);
    return folder == null ? null : in(Path.of(folder), RECORDED);
  }

  private static Exchanges in(Path folder, String part) {
    try {
      Exchanges exchanges = new Exchanges(folder.resolve(part));
      Runtime.getRuntime().addShutdownHook(new Thread(exchanges::close));
      return exchanges;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Keeps one, unless it is very long: nothing is learned from it that a shorter one doesn't say.
   */
  public synchronized void keep(Exchange exchange) {
    String sent = exchange.requestBody();
    if (exchange.body().length() > LONG || (sent != null && sent.length() > LONG)) {
      return;
    }
    try {
      file.write(JSON.writeValueAsString(exchange));
      file.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Each of the recorded ones that are kept in this folder, once. */
  public static List<Exchange> recordedIn(Path folder) {
    Path recorded = folder.resolve(RECORDED);
    return Files.isDirectory(recorded) ? in(recorded) : List.of();
  }

  /** Each of those with our server that are kept in this folder and those in it, once. */
  public static List<Exchange> in(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !folder.relativize(file).startsWith(RECORDED))
          .sorted()
          .flatMap(Exchanges::lines)
          .distinct()
          .map(Exchanges::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> lines(Path file) {
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
    } catch (EOFException e) {
      // A JVM that was killed: the lines that it wrote before are as good.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines.stream();
  }

  private static Exchange read(String line) {
    try {
      return JSON.readValue(line, Exchange.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
