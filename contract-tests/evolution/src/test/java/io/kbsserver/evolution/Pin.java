package io.kbsserver.evolution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is remembered of the generated code.
 *
 * @param contract the digest of the contract that it was generated from
 */
record Pin(String contract, List<String> signatures) {

  private static final String HEAD = "# generated from the contract ";
  private static final String COMMAND =
      "./mvnw -pl contract-tests/evolution -am test -Dtest='*SignaturesTest' -Dpins.write";

  static Pin of(List<String> lines) {
    return new Pin(lines.get(0).substring(HEAD.length()), lines.subList(1, lines.size()));
  }

  /** What is to be told of generated code that is not as a file says; writes it where asked to. */
  static String finding(Path file, List<String> signatures) throws IOException {
    Pin now = new Pin(Edition.read(Edition.WORKING).digest(), signatures);
    if (System.getProperty("pins.write") != null) {
      Files.write(file, now.lines());
    }
    return Pin.of(Files.readAllLines(file)).finding(now).orElse("");
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>(signatures);
    lines.add(0, HEAD + contract);
    return lines;
  }

  Optional<String> finding(Pin now) {
    if (signatures.equals(now.signatures)) {
      return Optional.empty();
    }
    List<String> gone = new ArrayList<>(signatures);
    gone.removeAll(now.signatures);
    List<String> added = new ArrayList<>(now.signatures);
    added.removeAll(signatures);
    String why =
        contract.equals(now.contract)
            ? "The contract has not changed, but the code that is generated from it has: the"
                + " generator or its options did. If that is wanted, review it and run"
            : "The contract has changed, and so has the code that is generated from it. Review"
                + " it and run";
    return Optional.of(
        "%s%n  %s%n%s%s"
            .formatted(
                why,
                COMMAND,
                lines("- ", gone),
                gone.isEmpty() && added.isEmpty()
                    ? "It is in another order."
                    : lines("+ ", added)));
  }

  private static String lines(String mark, List<String> lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(mark).append(line).append('\n'));
    return text.toString();
  }
}
