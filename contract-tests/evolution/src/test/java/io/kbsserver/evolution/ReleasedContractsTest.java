package io.kbsserver.evolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was released stays as it is. {@code -Drelease.write} releases the working contract. */
class ReleasedContractsTest {

  private static final String FIRST = "1.0.0.yaml";

  @TempDir private Path folder;
  private ReleasedContracts copy;

  @BeforeEach
  void copy() {
    copy = new ReleasedContracts(folder);
    copy.add(Edition.RELEASED.resolve(FIRST));
  }

  @Test
  void whatWasReleasedIsAsItWas() {
    ReleasedContracts released = new ReleasedContracts(Edition.RELEASED);
    if (System.getProperty("release.write") != null) {
      assertEquals(List.of(), Gate.ofThisBuild().findings(Edition.read(Edition.WORKING)));
      assertEquals(List.of(), DeprecationDates.findings(Edition.read(Edition.WORKING)));
      released.add(Edition.WORKING);
    }
    assertEquals(List.of(), released.findings());
  }

  @Test
  void itIsNotChangedUnseen() throws IOException {
    Files.writeString(
        folder.resolve(FIRST), Files.readString(folder.resolve(FIRST)).replace("100", "99"));
    assertEquals(List.of("1.0.0.yaml is not what was released"), copy.findings());
    assertUnjudgeable("1.0.0.yaml is not what was released", () -> Edition.releases(folder));
    Files.delete(folder.resolve(FIRST));
    assertEquals(List.of("1.0.0.yaml was released and is gone"), copy.findings());
  }

  @Test
  void aLineIsNotOverriddenAndIsASum() throws IOException {
    Path sums = folder.resolve("SHA256SUMS");
    String line = Files.readString(sums);
    Files.writeString(sums, line + "0".repeat(64) + "  " + FIRST + "\n");
    assertEquals(List.of("1.0.0.yaml has two lines in SHA256SUMS"), copy.findings());
    for (String none : List.of("", "<<<<<<< HEAD", line.strip().replace("  ", " *"))) {
      Files.writeString(sums, line + none + "\n");
      assertEquals(
          List.of("SHA256SUMS has the line \"%s\", which is none of a sum".formatted(none)),
          copy.findings());
    }
  }

  @Test
  void aReleaseIsAddedWithItsLineAndOnlyOnce() throws IOException {
    Path working = folder.resolve("2.0.0.yaml");
    Files.writeString(
        working, Edit.of(first(), Edit.set("/info/version", "2.0.0")).tree().toString());
    assertEquals(List.of("2.0.0.yaml has no line in SHA256SUMS"), copy.findings());
    Path contract = Files.move(working, folder.resolve("contract"));
    copy.add(contract);
    assertEquals(List.of(), copy.findings());
    assertEquals(
        List.of("1.0.0", "2.0.0"),
        Edition.releases(folder).stream().map(Edition::versionText).toList());
    assertUnjudgeable("2.0.0.yaml is released already", () -> copy.add(contract));
    Files.delete(working);
    assertUnjudgeable("2.0.0.yaml is released already", () -> copy.add(contract));
  }

  private Edition first() {
    return Edition.read(folder.resolve(FIRST));
  }

  private static void assertUnjudgeable(String why, Runnable what) {
    String message = assertThrows(Unjudgeable.class, what::run).getMessage();
    assertTrue(message.contains(why), message);
  }
}
