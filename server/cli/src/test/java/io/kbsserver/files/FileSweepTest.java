package io.kbsserver.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.http.TestServer;
import io.kbsserver.testing.TestFolders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is deleted when nobody needs it any more, and by whom. */
class FileSweepTest {

  private final TestServer server = TestServer.fresh();
  private final Clock clock = Clock.systemUTC();

  /** Beside the one that the server sweeps itself. */
  private final Path folder = TestFolders.dataFolder("swept");

  @Test
  void aCopyOfADatabaseDeletesNothingInTheStoreOfTheOther() throws IOException {
    server.bean(FileStores.class).get();
    StoreMarkerRepository markers = server.bean(StoreMarkerRepository.class);
    Files.createDirectories(folder.resolve(markers.findByNumber(1).orElseThrow().id()));
    FileStores stores = stores("database kbs on db", markers);
    String unneeded;
    try (IncomingFile incoming =
        stores
            .get()
            .receive(new ByteArrayInputStream(("unneeded " + folder).getBytes(UTF_8)), "a")) {
      unneeded = incoming.file().sha256();
      incoming.keep();
    }
    FileSweep own = sweep(stores);
    FileSweep ofACopy = sweep(stores("database kbs on staging", markers));
    own.sweep();
    for (int i = 0; i < 2; i++) {
      age(unneeded);
      ofACopy.sweep();
    }
    assertFalse(age(unneeded).toString().contains("aside"));
    own.sweep();
    assertTrue(age(unneeded).toString().contains("aside"));
    ofACopy.sweep();
    assertTrue(stores.get().has(unneeded));
    own.sweep();
    assertFalse(stores.get().has(unneeded));
  }

  private FileStores stores(String database, StoreMarkerRepository markers) {
    return new FileStores(folder, null, null, database, markers, clock);
  }

  private FileSweep sweep(FileStores stores) {
    return new FileSweep(null, stores, server.bean(FileService.class), clock);
  }

  /** Makes a content as old as it has to be, wherever it is. */
  private Path age(String sha256) throws IOException {
    try (Stream<Path> contents = Files.walk(folder)) {
      List<Path> found = contents.filter(path -> path.endsWith(sha256)).toList();
      assertEquals(1, found.size());
      FileTime longAgo = FileTime.from(clock.instant().minus(Duration.ofDays(3)));
      return Files.setLastModifiedTime(found.get(0), longAgo);
    }
  }
}
