package io.kbsserver.evolution;

import java.util.Set;

/**
 * What became of a mutant.
 *
 * @param by who refuses it; {@link #NOBODY} where it survives
 * @param why what is said against it
 */
record Judged(String kind, String name, String by, String why) {

  private static final int CELLS = 4;

  static final String NOBODY = "nobody";

  static final String SERVER = "server";
  static final String UNSEEN = "unseen";
  static final String PACT = "pact";
  static final String RECORDING = "recording";

  /** Who may refuse a mutant. */
  static final Set<String> JUDGES = Set.of(SERVER, UNSEEN, PACT, RECORDING);

  boolean survives() {
    return by.equals(NOBODY);
  }

  /** As a line of the file of results. */
  String line() {
    return String.join("\t", kind, name, by, plain(why));
  }

  /** Whether a line was written to its end: the last one of a run that was killed may not be. */
  static boolean isWhole(String line) {
    return line.split("\t", -1).length == CELLS;
  }

  static Judged of(String line) {
    String[] cells = line.split("\t", CELLS);
    return new Judged(cells[0], cells[1], cells[2], cells[3]);
  }

  private static String plain(String text) {
    String line = text.replaceAll("\\s+", " ");
    return line.substring(0, Math.min(300, line.length()));
  }
}
