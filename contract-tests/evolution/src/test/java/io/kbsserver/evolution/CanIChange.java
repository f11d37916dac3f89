package io.kbsserver.evolution;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/**
 * A question that somebody asks who changes the contract, and no test of the build, which is why
 * Maven runs it by its name only. {@code -Dcontract=} names a file that is not the working one. The
 * build makes {@code can-i-change.jar} of it, which asks the same without Maven.
 *
 * @param report for people to read
 * @param verdict the last line: {@code safe}, {@code breaks …} or {@code cannot say, since …}
 * @param status how the program ends
 * @param told the same for programs
 */
record CanIChange(String report, String verdict, int status, ObjectNode told) {

  static final int SAFE = 0;
  static final int CANNOT_SAY = 2;
  static final int BREAKS_CONSUMERS = 3;
  static final int BREAKS_CLIENTS = 4;

  /** Where this module is. */
  private static final String HOUSE = "basedir";

  private static final String CONTRACT = "contract";
  private static final String AS_JSON = "json";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final String USAGE =
      """
      Usage: java -jar can-i-change.jar [--json] [--pacts FOLDER] [FILE]
      Says whom a contract would break; without FILE, the one in the tree.
        --json          print an object, for programs
        --pacts FOLDER  ask the pacts in there as well
      Ends with 0 where nobody would break, 3 where consumers would, 4 where clients of the last
      release would though no pact says so, 2 where nothing can be said.
      """;

  /** Called by Maven, which is ended here: what it has to say itself would come last. */
  public static void main(String[] arguments) throws URISyntaxException {
    if (System.getProperty(HOUSE) == null) {
      // By itself: the tree is where the jar is, and paths are meant from where it was called.
      Path jar =
          Path.of(CanIChange.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      System.setProperty(HOUSE, jar.getParent().getParent().toString());
      System.setProperty("asked.from", "");
    }
    boolean understood = understand(List.of(arguments).iterator());
    if (!understood) {
      System.err.print(USAGE);
      System.exit(CANNOT_SAY);
    }
    String asked = System.getProperty(CONTRACT);
    Path file = asked == null ? Edition.WORKING : Edition.asked(asked);
    CanIChange answer = of(file, PactFile::all, Gate::ofThisBuild);
    System.out.println(
        System.getProperty(AS_JSON) == null
            ? answer.report() + "verdict: " + answer.verdict()
            : answer.told().toPrettyString());
    System.out.flush();
    System.exit(answer.status());
  }

  /** Options mean what the properties of Maven mean. */
  private static boolean understand(Iterator<String> arguments) {
    while (arguments.hasNext()) {
      String argument = arguments.next();
      if (argument.equals("--json")) {
        System.setProperty(AS_JSON, "");
      } else if (argument.equals("--pacts") && arguments.hasNext()) {
        System.setProperty("pact.folder", arguments.next());
      } else if (!argument.startsWith("-") && System.getProperty(CONTRACT) == null) {
        System.setProperty(CONTRACT, argument);
      } else {
        return false;
      }
    }
    return true;
  }

  static CanIChange of(Path file, Supplier<List<PactFile>> pacts, Supplier<Gate> after) {
    Gate gate;
    try {
      gate = after.get();
    } catch (Unjudgeable e) {
      return unsaid(e.getMessage());
    } catch (RuntimeException e) {
      // No matter of the file that is asked about.
      return unsaid("the releases in the tree cannot be read (%s)".formatted(e.getMessage()));
    }
    try {
      Edition contract = PlainShape.completed(AskedFile.read(file), gate.latest());
      return of(Consequences.of(contract, pacts.get(), gate));
    } catch (Unjudgeable e) {
      return unsaid(e.getMessage());
    } catch (RuntimeException | StackOverflowError e) {
      // Of a library, most likely, for which the file is too much. Whoever asks gets an answer.
      boolean telling = e instanceof IllegalArgumentException && e.getMessage() != null;
      String what = telling ? e.getMessage() : e.getClass().getSimpleName();
      return unsaid(
          AskedFile.mistake(file)
              .map(mistake -> "%s is no valid OpenAPI: %s".formatted(file, mistake))
              .orElseGet(
                  () ->
                      "the tools fail on the file (%s)"
                          .formatted(what.lines().findFirst().orElse(""))));
    }
  }

  private static CanIChange of(Consequences consequences) {
    List<String> victims = consequences.victims();
    boolean consumers = consequences.broken().values().stream().anyMatch(lost -> !lost.isEmpty());
    ObjectNode told = JSON.objectNode().put("verdict", victims.isEmpty() ? "safe" : "breaks");
    ObjectNode broken = told.putObject("consumers");
    consequences.broken().forEach((name, lost) -> lost.forEach(broken.putArray(name)::add));
    ObjectNode pending = told.putObject("pending");
    consequences.pending().forEach((name, later) -> later.forEach(pending.withArray(name)::add));
    told.put("released", consequences.latest());
    consequences.breaking().forEach(told.putArray("breaking")::add);
    consequences.renamed().forEach(told.putArray("renamed")::add);
    consequences.release().forEach(told.putArray("release")::add);
    if (victims.isEmpty()) {
      return new CanIChange(consequences.text(), "safe", SAFE, told);
    }
    return new CanIChange(
        consequences.text(),
        "breaks " + String.join(", ", victims),
        consumers ? BREAKS_CONSUMERS : BREAKS_CLIENTS,
        told);
  }

  private static CanIChange unsaid(String why) {
    ObjectNode told = JSON.objectNode().put("verdict", "cannot say").put("why", why);
    return new CanIChange("", "cannot say, since " + why, CANNOT_SAY, told);
  }
}
