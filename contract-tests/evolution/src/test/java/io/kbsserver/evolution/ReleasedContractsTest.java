package io.kbsserver.evolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
      released.release(Edition.WORKING, ReleasedContractsTest::toBeDone);
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
    Path contract = second();
    copy.add(contract);
    assertEquals(List.of(), copy.findings());
    assertEquals(List.of("1.0.0", "2.0.0"), versions());
    assertUnjudgeable("2.0.0.yaml is released already", () -> copy.add(contract));
    Files.delete(folder.resolve("2.0.0.yaml"));
    assertUnjudgeable("2.0.0.yaml is released already", () -> copy.add(contract));
  }

  /** Half a file, or a whole one, and no line: it is told, and the same command makes it good. */
  @Test
  void aReleaseThatWasInterruptedIsToldAndCanBeRepeated() throws IOException {
    Path contract = second();
    Path left = folder.resolve("2.0.0.yaml");
    String whole = Files.readString(contract);
    for (String part : List.of(whole, whole.substring(0, whole.length() / 2), "")) {
      Files.writeString(left, part);
      List<String> told =
          List.of(
              "2.0.0.yaml has no line in SHA256SUMS: put that back, or repeat its release if it was"
                  + " not finished");
      assertEquals(told, copy.findings());
      assertUnjudgeable(told.get(0), () -> Edition.releases(folder));
      assertUnjudgeable("Not yet", () -> copy.release(contract, () -> List.of("Not yet")));
      assertEquals(List.of("1.0.0"), versions());
      Files.writeString(left, part);
      copy.release(contract, () -> versions().equals(List.of("1.0.0")) ? List.of() : versions());
      assertEquals(List.of("1.0.0", "2.0.0"), versions());
      assertEquals(whole, Files.readString(left));
      // What is released stays.
      assertUnjudgeable("is released already", () -> copy.release(contract, List::of));
      assertEquals(List.of("1.0.0", "2.0.0"), versions());
      Files.delete(left);
      assertUnjudgeable("is released already", () -> copy.release(contract, List::of));
      assertEquals(List.of("2.0.0.yaml was released and is gone"), copy.findings());
      Files.writeString(folder.resolve("SHA256SUMS"), firstLine());
    }
  }

  /** What lost its line when two branches came together is not taken for half a release. */
  @Test
  void whatMayHaveBeenReleasedIsNotReplaced() throws IOException {
    Path contract = second();
    Path there = folder.resolve("2.0.0.yaml");
    String whole = Files.readString(contract);
    for (String other : List.of("# another\n" + whole, whole + "# more\n")) {
      Files.writeString(there, other);
      assertUnjudgeable("is another contract", () -> copy.release(contract, List::of));
      assertEquals(other, Files.readString(there));
    }
  }

  @Test
  void aLineIsAddedBelowAnother() throws IOException {
    Files.writeString(folder.resolve("SHA256SUMS"), firstLine().strip());
    copy.add(second());
    assertEquals(List.of("1.0.0", "2.0.0"), versions());
  }

  /** Where the line cannot be written, the lines that there are stay whole. */
  @Test
  void aReleaseThatFailsAtItsLineIsRepeated() throws IOException {
    Path contract = second();
    Path inTheWay = Files.createDirectories(folder.resolve("SHA256SUMS.new/full"));
    String lines = Files.readString(folder.resolve("SHA256SUMS"));
    assertThrows(UncheckedIOException.class, () -> copy.add(contract));
    assertEquals(lines, Files.readString(folder.resolve("SHA256SUMS")));
    assertEquals(1, copy.findings().size());
    Files.delete(inTheWay);
    Files.delete(inTheWay.getParent());
    copy.release(contract, List::of);
    assertEquals(List.of("1.0.0", "2.0.0"), versions());
  }

  /** As a clone has it that ends lines as Windows does. */
  @Test
  void theEndsOfLinesChangeNoSum() throws IOException {
    String lines = firstLine();
    Path first = folder.resolve(FIRST);
    String text = Files.readString(first);
    Files.writeString(first, text.replace("\n", "\r\n"));
    Files.writeString(folder.resolve("SHA256SUMS"), lines.replace("\n", "\r\n"));
    assertEquals(List.of("1.0.0"), versions());
    Path other = Files.createDirectory(folder.resolve("other"));
    new ReleasedContracts(other).add(first);
    assertEquals(text, Files.readString(other.resolve(FIRST)));
    assertEquals(lines, Files.readString(other.resolve("SHA256SUMS")));
  }

  private static List<String> toBeDone() {
    List<String> findings =
        new ArrayList<>(Gate.ofThisBuild().findings(Edition.read(Edition.WORKING)));
    findings.addAll(DeprecationDates.findings(Edition.read(Edition.WORKING)));
    return findings;
  }

  private List<String> versions() {
    return Edition.releases(folder).stream().map(Edition::versionText).toList();
  }

  private String firstLine() throws IOException {
    return Files.readAllLines(folder.resolve("SHA256SUMS")).get(0) + "\n";
  }

  /** A contract that is to be released. */
  private Path second() throws IOException {
    return Files.writeString(
        folder.resolve("contract"),
        Edit.of(first(), Edit.set("/info/version", "2.0.0")).tree().toPrettyString());
  }

  private Edition first() {
    return Edition.read(folder.resolve(FIRST));
  }

  private static void assertUnjudgeable(String why, Runnable what) {
    String message = assertThrows(Unjudgeable.class, what::run).getMessage();
    assertTrue(message.contains(why), message);
  }
}
