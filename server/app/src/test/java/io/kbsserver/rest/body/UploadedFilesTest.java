package io.kbsserver.rest.body;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kbsserver.rest.errors.RestException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a request on their way to the disk. */
class UploadedFilesTest {

  @TempDir private Path folder;

  private static void write(UploadedFiles files, int length) {
    files.begin("f", "a.txt");
    files.write(new byte[length], 0, length);
    files.end();
  }

  @Test
  void whatIsKeptIsOnDiskAndWhatIsReadPastIsNot() {
    UploadLimits limits = new UploadLimits(2, 10, folder);
    try (UploadedFiles kept = new UploadedFiles(limits, true);
        UploadedFiles readPast = new UploadedFiles(limits, false)) {
      write(kept, 3);
      write(kept, 4);
      write(readPast, 3);
      assertEquals(7, kept.stored());
      assertEquals(0, readPast.stored());
    }
  }

  @Test
  void everyFileHasTheWholeOfTheRoom() {
    try (UploadedFiles files = new UploadedFiles(new UploadLimits(2, 4, folder), true)) {
      write(files, 4);
      write(files, 4);
      assertThrows(RestException.class, () -> write(files, 1));
    }
    try (UploadedFiles files = new UploadedFiles(new UploadLimits(2, 4, folder), false)) {
      assertThrows(RestException.class, () -> write(files, 5));
    }
  }

  @Test
  void withoutRoomForFilesTheRequestMayComeAgain() {
    UploadLimits nowhere = new UploadLimits(2, 4, folder.resolve("missing"));
    try (UploadedFiles files = new UploadedFiles(nowhere, true)) {
      RestException refused = assertThrows(RestException.class, () -> files.begin("f", "a.txt"));
      assertEquals(503, refused.status().getCode());
    }
  }

  @Test
  void whatIsClosedTakesNothingAnyMore() {
    UploadedFiles files = new UploadedFiles(new UploadLimits(2, 4, folder), true);
    files.begin("f", "a.txt");
    files.write(new byte[1], 0, 1);
    files.close();
    assertThrows(RestException.class, files::end);
  }

  @Test
  void withoutAFolderTheSystemsOwnIsTaken() {
    assertEquals(
        Path.of(System.getProperty("java.io.tmpdir")), new UploadLimits(1, 1, null).folder());
    assertEquals(folder, new UploadLimits(1, 1, folder).folder());
  }
}
