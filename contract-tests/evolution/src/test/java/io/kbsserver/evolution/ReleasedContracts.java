package io.kbsserver.evolution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
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
        .forEach(
            name ->
                findings.add(
                    "%s has no line in %s: put that back, or repeat its release if it was not finished"
                        .formatted(name, SUMS)));
    return findings;
  }

  /**
   * Releases a contract that may be released. What a release of it has left that was interrupted is
   * taken back before: the beginning of it without a line was never released.
   *
   * @param findings what is still to be done
   * @throws Unjudgeable where something is, or its version is released already
   */
  void release(Path contract, Supplier<List<String>> findings) {
    Path released = file(contract);
    if (!isKnown(released)) {
      takeBack(released, contract);
    }
    List<String> left = findings.get();
    if (!left.isEmpty()) {
      throw new Unjudgeable(String.join("\n", left));
    }
    add(contract);
  }

  /** A file that is no beginning of the contract may have been released, and have lost its line. */
  private static void takeBack(Path released, Path contract) {
    try {
      if (!Files.exists(released)) {
        return;
      }
      byte[] there = plain(released);
      byte[] whole = plain(contract);
      int length = Math.min(there.length, whole.length);
      if (there.length > whole.length || !Arrays.equals(there, 0, length, whole, 0, length)) {
        throw new Unjudgeable(
            "%s is another contract than %s: put its line back if it was released, or delete it"
                .formatted(released.normalize(), contract.normalize()));
      }
      Files.delete(released);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Releases a contract as it is in a file, with the ends of lines that all releases have. It is
   * released when its line is there, which comes last and whole.
   *
   * @throws Unjudgeable where its version is released already
   */
  void add(Path contract) {
    Path released = file(contract);
    if (Files.exists(released) || isKnown(released)) {
      throw new Unjudgeable(released.normalize() + " is released already, and stays as it is");
    }
    Path sums = folder.resolve(SUMS);
    Path next = folder.resolve(SUMS + ".new");
    try {
      Files.write(released, plain(contract));
      String before = Files.exists(sums) ? Files.readString(sums) : "";
      if (!before.isEmpty() && !before.endsWith("\n")) {
        before += "\n";
      }
      Files.writeString(
          next, before + sum(released) + BETWEEN + released.getFileName().toString() + "\n");
      Files.move(next, sums, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(Path contract) {
    return folder.resolve(Edition.read(contract).version() + ".yaml");
  }

  private boolean isKnown(Path released) {
    return sums(new ArrayList<>()).containsKey(released.getFileName().toString());
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

  /** Whatever a clone does with the ends of lines, the sum is that of what was released. */
  private static String sum(Path file) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(plain(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The bytes of a file, with a line feed at the end of each line. */
  private static byte[] plain(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1)
        .replace("\r\n", "\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
