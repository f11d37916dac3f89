package io.kbsserver.cli;

import io.kbsserver.backup.BackupArchive;
import io.kbsserver.files.BucketLocation;
import io.kbsserver.files.StoreLocation;
import io.kbsserver.storage.DatabaseDump;
import io.kbsserver.storage.DatabaseSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kbs-server restore}: what a backup holds becomes the built-in database, and its files. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = {
      "Make the built-in database of KBS_DATA_DIR, and its files, out of a backup.",
      "No server may run on it. A new database is made beside the one that is there,",
      "and takes its place when it is whole. The next start brings it up to date."
    },
    footer = {"", "Example:", "  kbs-server restore /var/backups/kbs-2026-11-26.zip"})
final class RestoreCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "FILE", description = "What kbs-server backup has written.")
  private Path file;

  @Option(
      names = "--replace",
      description =
          "Put it in the place of a database that is there, which is kept beside it, as"
              + " database.replaced.")
  private boolean replace;

  RestoreCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    DatabaseSettings settings =
        session.builtIn("load the database.sql of a backup with its own tools, such as mariadb");
    Optional<Path> kept;
    StoreLocation location = session.files(settings);
    String files = UUID.randomUUID().toString();
    boolean hasFiles;
    boolean restored = false;
    try (BackupArchive archive = BackupArchive.open(file)) {
      boolean withFiles = archive.hasFiles();
      hasFiles = withFiles;
      kept =
          DatabaseDump.restore(
              settings.dataFolder(),
              replace,
              () -> withFiles ? withFiles(archive, location, files) : archive.database());
      restored = true;
    } finally {
      if (!restored) {
        discard(location, files);
      }
    }
    PrintStream out = session.terminal().out();
    out.println("Restored into " + settings.dataFolder() + ": " + file);
    kept.ifPresent(
        before ->
            out.println("The database that was there is in " + before + "; delete it in time."));
    if (hasFiles && (kept.isPresent() || location instanceof BucketLocation)) {
      out.println(
          "Files are in "
              + location.describe(files)
              + (kept.isPresent() ? "; beside it are those of that database." : "."));
    }
    return 0;
  }

  /**
   * The files go into a store of their own, which the new database then names: with the database
   * that takes the other's place, they take the place of the other files.
   */
  private static InputStream withFiles(BackupArchive archive, StoreLocation location, String id)
      throws IOException {
    archive.restoreFiles(location.open(id));
    String naming = "\nUPDATE file_store SET id = '" + id + "' WHERE number = 1;\n";
    return new SequenceInputStream(
        archive.database(), new ByteArrayInputStream(naming.getBytes(StandardCharsets.US_ASCII)));
  }

  /** Why the restore has failed is told, and not what comes of it. */
  private void discard(StoreLocation location, String id) {
    try {
      location.delete(id);
    } catch (IOException e) {
      session
          .terminal()
          .err()
          .println("kbs-server: warning: files are left in " + location.describe(id));
    }
  }
}
