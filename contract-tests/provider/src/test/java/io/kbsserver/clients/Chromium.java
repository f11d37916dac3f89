package io.kbsserver.clients;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A browser of this machine. */
final class Chromium {

  private static final String VARIABLE = "KBS_CHROMIUM";
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  private Chromium() {}

  /** The program: the one that the environment names, else the first on the path. */
  static Optional<String> program() {
    String chosen = System.getenv(VARIABLE);
    if (chosen != null && !chosen.isBlank()) {
      // One that does not exist is no reason to skip what was asked for.
      return Optional.of(chosen);
    }
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Arrays.stream(path.split(File.pathSeparator))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  static boolean isNeededBy(String script) {
    return script.endsWith(".browser.test.js");
  }

  /** Why there is none here; nothing where there is one. */
  static Optional<String> obstacle() {
    return program().isEmpty()
        ? Optional.of("there is no Chromium here, on the PATH or as " + VARIABLE)
        : Optional.empty();
  }
}
