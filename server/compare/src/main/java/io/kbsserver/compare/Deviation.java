package io.kbsserver.compare;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that the server does otherwise than the plugin, on purpose.
 *
 * @param id a short name
 * @param plugin what the plugin does
 * @param ours what the server does
 * @param why the reason, as a user of the API would see it
 * @param covers how its differences are recognised; each has to match one at least
 * @param test the test that holds it where no recording shows it, {@code Class#method}, or null
 */
public record Deviation(
    String id, String plugin, String ours, String why, List<Cover> covers, @Nullable String test) {

  private static final String FILE = "compatibility.yaml";

  /** What only writing requests or tests show needs no cover. */
  public Deviation {
    covers = covers == null ? List.of() : List.copyOf(covers);
  }

  /** The whole list. */
  public static List<Deviation> all() {
    return Lists.read(FILE, Deviation.class);
  }

  /** How it means a difference between two answers, if it does. */
  public Optional<Cover> claims(Situation situation, Difference difference) {
    return covers.stream().filter(cover -> cover.matches(situation, difference)).findFirst();
  }

  /** Its row in COMPATIBILITY.md. */
  public String row() {
    return "| `" + id + "` | " + plugin + " | " + ours + " | " + why + " |";
  }
}
