package io.kbsserver.backup;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.kbsserver.storage.DatabaseDump;
import io.kbsserver.storage.StartupFailure;
import java.util.List;

/**
 * What a backup says of itself.
 *
 * @param format tells it from other files of the same kind
 * @param version of the format
 * @param program the version of kbs-server that has written it
 * @param made when, in UTC
 * @param migrations those that have made the tables
 * @param files whether the bytes of files are in it
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record BackupManifest(
    String format,
    int version,
    String program,
    String made,
    List<String> migrations,
    boolean files) {
  private static final String FORMAT = "kbs-server backup";
  private static final int VERSION = 1;

  /** That of a backup which is made now. */
  public static BackupManifest of(
      String program, String made, List<String> migrations, boolean files) {
    return new BackupManifest(FORMAT, VERSION, program, made, migrations, files);
  }

  boolean isOurs() {
    return FORMAT.equals(format) && migrations != null && !migrations.isEmpty();
  }

  /** Refuses what this program does not understand. */
  void check(String file) {
    if (version > VERSION) {
      throw new StartupFailure(
          file
              + " is a backup of a newer kbs-server ("
              + program
              + "): restore it with that version or a newer one");
    }
    DatabaseDump.newerThanThis(migrations)
        .ifPresent(
            newest -> {
              throw new StartupFailure(
                  file
                      + " is a backup of a newer kbs-server ("
                      + program
                      + "), which brought its database to "
                      + newest
                      + ": restore it with that version or a newer one");
            });
  }
}
