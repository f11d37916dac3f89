package io.kbsserver.evolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the SDKs offer is what it was when somebody last looked at it. */
class SdkSignaturesTest {

  private static final Path GENERATED = Edition.HOUSE.resolve("api/sdk/target");

  @TestFactory
  Stream<DynamicTest> theSdksAreAsPinned() {
    return Arrays.stream(Language.values())
        .map(
            language ->
                DynamicTest.dynamicTest(
                    language.name(),
                    () -> {
                      List<String> now = language.signatures();
                      assertTrue(now.size() > 1000, () -> "Of " + now.size() + " lines");
                      assertEquals("", Pin.finding(language.pin(), now));
                    }));
  }

  /** Languages, and which lines of their sources are for others. */
  private enum Language {
    JAVA("java/src/main/java", ".java", " +public .*\\{", "@[\\w.]+ |java\\.\\w+\\.|\\{$"),
    TYPESCRIPT(
        "typescript/src",
        ".ts",
        "export (?!\\* ).*|    \\w+\\??: .*[;,]|    \\w+: .*|    (async )?\\w+\\(\\w.*[;{]",
        "\\{$"),
    PYTHON(
        "python/kbs_client",
        ".py",
        "(class|def) .*|    def [a-z]\\w*\\(.*| {4}( {4})?[a-z]\\w*: .*|    [A-Z_0-9]+ = .*",
        ",? ?(Field\\()?(default=None, )?description=\".*");

    private final String folder;
    private final String ending;
    private final Pattern line;
    private final Pattern noise;

    Language(String folder, String ending, String line, String noise) {
      this.folder = folder;
      this.ending = ending;
      this.line = Pattern.compile(line);
      this.noise = Pattern.compile(noise);
    }

    Path pin() {
      String language = folder.substring(0, folder.indexOf('/'));
      return Path.of("src", "test", "resources", "signatures-" + language + ".txt");
    }

    List<String> signatures() throws IOException {
      Path root = GENERATED.resolve(folder);
      List<String> signatures = new ArrayList<>();
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(each -> each.toString().endsWith(ending)).sorted().toList()) {
          signatures.add(root.relativize(file).toString());
          Files.readAllLines(file).stream()
              .filter(each -> line.matcher(each).matches())
              .map(each -> noise.matcher(each).replaceAll("").stripTrailing())
              .forEach(signatures::add);
        }
      }
      return signatures;
    }
  }
}
