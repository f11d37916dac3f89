package io.kbsserver.files;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderStoreTest {

  /** Some rounds for each of the moments at which it may be moved. */
  private static final int ROUNDS = 60;

  private static final int OTHERS = 10;

  @TempDir private Path folder;

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
