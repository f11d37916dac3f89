package io.kbsserver.health;

import io.kbsserver.files.FileWatch;
import io.kbsserver.storage.DatabaseWatch;
import io.kbsserver.storage.DatabaseWatch.State;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Singleton;

/** Whether requests can be served, as it was found out lately: nothing is asked for it. */
@Singleton
class Readiness {

  /**
   * What has to be up for requests to be served, and for files.
   *
   * @param status all of it
   * @param database whether it answers, and takes connections
   * @param migrations whether it has the tables that this server works on
   * @param disk whether there is room where this server writes
   * @param files whether the store of files answers, without which everything else is served
   */
  @Serdeable
  record Report(
      Condition status,
      Condition database,
      Condition migrations,
      Condition disk,
      Condition files) {}

  private final DatabaseWatch watch;
  private final DiskSpace disk;
  private final FileWatch files;

  Readiness(DatabaseWatch watch, DiskSpace disk, FileWatch files) {
    this.watch = watch;
    this.disk = disk;
    this.files = files;
  }

  Report report() {
    boolean database = watch.state() == State.THERE;
    boolean migrations = watch.migrated();
    boolean room = disk.isThere();
    return new Report(
        Condition.of(database && migrations && room),
        Condition.of(database),
        Condition.of(migrations),
        Condition.of(room),
        Condition.of(files.isThere()));
  }
}
