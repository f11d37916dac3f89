package io.kbsserver.evolution;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * A question that somebody asks who changes the contract, and no test of the build, which is why
 * Maven runs it by its name only. {@code -Dcontract=} names a file that is not the working one.
 *
 * @param report for people to read
 * @param verdict the last line: {@code safe}, {@code breaks …} or {@code cannot say, since …}
 * @param status 0 for safe, else 1
 */
record CanIChange(String report, String verdict, int status) {

  /** Called by Maven, which is ended here: what it has to say itself would come last. */
  public static void main(String[] arguments) {
    String asked = System.getProperty("contract");
    CanIChange answer = of(asked == null ? Edition.WORKING : Edition.asked(asked), PactFile::all);
    System.out.println(answer.report() + "verdict: " + answer.verdict());
    System.out.flush();
    System.exit(answer.status());
  }

  static CanIChange of(Path file, Supplier<List<PactFile>> pacts) {
    try {
      Gate gate = Gate.ofThisBuild();
      Edition contract = PlainShape.completed(AskedFile.read(file), gate.latest());
      Consequences consequences = Consequences.of(contract, pacts.get(), gate);
      List<String> victims = consequences.victims();
      return victims.isEmpty()
          ? new CanIChange(consequences.text(), "safe", 0)
          : new CanIChange(consequences.text(), "breaks " + String.join(", ", victims), 1);
    } catch (Unjudgeable e) {
      return unsaid(e.getMessage());
    } catch (RuntimeException | StackOverflowError e) {
      // Of a library, most likely, for which the file is too much. Whoever asks gets an answer.
      String what = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      return unsaid(
          "the tools fail on the file (%s)".formatted(what.lines().findFirst().orElse("")));
    }
  }

  private static CanIChange unsaid(String why) {
    return new CanIChange("", "cannot say, since " + why, 1);
  }
}
