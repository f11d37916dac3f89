package io.kbsserver.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderStoreTest {

  /** Some rounds for each of the moments at which it may be moved. */
  private static final int ROUNDS = 60;

  private static final int OTHERS = 10;

  @TempDir private Path folder;

  @Test
  void whatNobodyNeedsGoesInTwoSteps() throws IOException {
    Instant dayLater = Instant.now().plus(Duration.ofDays(1));
    FolderStore store = new FolderStore(folder, Clock.fixed(dayLater, ZoneOffset.UTC));
    String needed = kept(store, "needed");
    String unneeded = kept(store, "unneeded");
    UnaryOperator<Collection<String>> referred = digests -> without(digests, unneeded);

    assertEquals(0, store.sweep(dayLater.minus(Duration.ofDays(2)), referred));
    assertFalse(isAside(unneeded), "it is too young");
    assertEquals(0, store.sweep(dayLater, referred));
    assertTrue(isAside(unneeded));
    assertFalse(isAside(needed));
    assertEquals("unneeded", read(store, unneeded, 0), "who comes late still finds it");
    assertEquals(0, store.sweep(dayLater, referred), "it is as young as its being put aside");
    assertTrue(store.has(unneeded));

    assertEquals(0, store.sweep(dayLater.plusSeconds(1), digests -> digests));
    assertFalse(isAside(unneeded), "something needs it after all");
    assertEquals("unneeded", read(store, unneeded, 0));

    store.sweep(dayLater.plusSeconds(1), referred);
    assertEquals(1, store.sweep(dayLater.plusSeconds(2), referred));
    assertFalse(store.has(unneeded));
    assertThrows(NoSuchFileException.class, () -> store.open(unneeded, 0));
    assertTrue(store.has(needed));
    assertEquals(Set.of(needed), store.all());
  }

  @Test
  void whatWasCutOffWhileItCameInGoesInTime() throws IOException {
    FolderStore store = new FolderStore(folder, Clock.systemUTC());
    Path part = Files.writeString(folder.resolve("incoming/1.part"), "half");
    store.sweep(Instant.now().minusSeconds(60), digests -> digests);
    assertTrue(Files.exists(part), "it may still be coming in");
    assertEquals(Set.of(), store.all());
    store.sweep(Instant.now().plusSeconds(60), digests -> digests);
    assertFalse(Files.exists(part));
  }

  @Test
  void theStoreIsThatOfOneDatabase() throws IOException {
    FolderStore store = new FolderStore(folder, Clock.systemUTC());
    assertTrue(store.claim("kbs on db"));
    assertTrue(store.claim("kbs on db"));
    assertFalse(store.claim("kbs on staging"));
  }

  @Test
  void aContentIsReadFromWhereverOneLikes() throws IOException {
    FolderStore store = new FolderStore(folder, Clock.systemUTC());
    String text = kept(store, "0123456789");
    assertEquals("789", read(store, text, 7));
    assertFalse(store.has("0".repeat(64)));
    assertThrows(IllegalArgumentException.class, () -> store.has("../database"));
  }

  @Test
  void itsTypeIsToldByItsBeginning() throws IOException {
    FolderStore store = new FolderStore(folder, Clock.systemUTC());
    byte[] pdf = Arrays.copyOf("%PDF-1.7\n".getBytes(StandardCharsets.US_ASCII), 200_000);
    try (IncomingFile incoming = store.receive(new ByteArrayInputStream(pdf), "a.txt")) {
      assertEquals("application/pdf", incoming.file().type());
      assertEquals(pdf.length, incoming.file().size());
    }
    assertEquals(Set.of(), store.all(), "it was not kept");
    try (Stream<Path> left = Files.list(folder.resolve("incoming"))) {
      assertEquals(0, left.count());
    }
  }

  private boolean isAside(String sha256) {
    return Files.exists(folder.resolve("aside").resolve(sha256));
  }

  private static String read(FolderStore store, String sha256, long from) throws IOException {
    try (InputStream content = store.open(sha256, from)) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** A backup that looks what there is would leave it out. */
  @Test
  void whatIsMovedWhileTheStoreIsListedIsInTheList() throws IOException {
    FolderStore store = new FolderStore(folder, Clock.systemUTC());
    for (int i = 0; i < OTHERS; i++) {
      kept(store, "other " + i);
    }
    String moved = kept(store, "moved");
    Instant later = Instant.now().plusSeconds(60);
    for (int i = 0; i < ROUNDS; i++) {
      // Put aside and put back in turn: what is aside is put back if something refers to it.
      boolean needed = i % 2 == 1;
      CompletableFuture<Void> sweep =
          CompletableFuture.runAsync(
              () -> {
                try {
                  store.sweep(later, digests -> needed ? digests : without(digests, moved));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      int round = i;
      while (!sweep.isDone()) {
        Set<String> all = store.all();
        assertTrue(all.contains(moved), () -> "It is in no list of round " + round);
      }
      sweep.join();
    }
  }

  private static Set<String> without(Collection<String> digests, String one) {
    Set<String> others = new HashSet<>(digests);
    others.remove(one);
    return others;
  }

  private static String kept(FolderStore store, String content) throws IOException {
    try (IncomingFile incoming =
        store.receive(
            new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)), "a.txt")) {
      incoming.keep();
      return incoming.file().sha256();
    }
  }
}
