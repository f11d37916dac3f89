package io.kbsserver.evolution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The contracts that were released, each with what it was like when it was: {@code SHA256SUMS}, as
 * {@code sha256sum -c} reads it. Nobody changes what clients hold us to without changing a line
 * there, and lines are only ever added.
 *
 * @param folder where they are
 */
record ReleasedContracts(Path folder) {

  private static final String SUMS = "SHA256SUMS";
  private static final String BETWEEN = "  ";
  private static final String LINE = "[0-9a-f]{64}" + BETWEEN + "\\S+";

  /** What is not as it was released; empty if all is. */
  List<String> findings() {
    List<String> findings = new ArrayList<>();
    Map<String, String> sums = sums(findings);
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> contracts = Files.list(folder)) {
      contracts
          .filter(file -> file.toString().endsWith(".yaml"))
          .forEach(file -> files.put(file.getFileName().toString(), sum(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sums.forEach(
        (name, sum) -> {
          if (!files.containsKey(name)) {
            findings.add("%s was released and is gone".formatted(name));
          } else if (!files.get(name).equals(sum)) {
            findings.add("%s is not what was released".formatted(name));
          }
        });
    files.keySet().stream()
        .filter(name -> !sums.containsKey(name))
        .forEach(name -> findings.add("%s has no line in %s".formatted(name, SUMS)));
    return findings;
  }

  /**
   * Releases a contract as it is in a file.
   *
   * @throws Unjudgeable where its version is released already
   */
  void add(Path contract) {
    Path released = folder.resolve(Edition.read(contract).version() + ".yaml");
    if (Files.exists(released)
        || sums(new ArrayList<>()).containsKey(released.getFileName().toString())) {
      throw new Unjudgeable(released.normalize() + " is released already, and stays as it is");
    }
    try {
      Files.copy(contract, released);
      Files.writeString(
          folder.resolve(SUMS),
          sum(released) + BETWEEN + released.getFileName() + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The lines, of which the first counts.
   *
   * @param findings is told what is wrong with them
   */
  private Map<String, String> sums(List<String> findings) {
    Path file = folder.resolve(SUMS);
    Map<String, String> sums = new TreeMap<>();
    try {
      for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
        if (!line.matches(LINE)) {
          findings.add("%s has the line \"%s\", which is none of a sum".formatted(SUMS, line));
          continue;
        }
        String[] sides = line.split(BETWEEN, 2);
        if (sums.putIfAbsent(sides[1], sides[0]) != null) {
          findings.add("%s has two lines in %s".formatted(sides[1], SUMS));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sums;
  }

  private static String sum(Path file) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
