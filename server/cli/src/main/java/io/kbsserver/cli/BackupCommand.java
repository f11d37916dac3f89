package io.kbsserver.cli;

import io.kbsserver.backup.BackupArchive;
import io.kbsserver.backup.BackupManifest;
import io.kbsserver.backup.WholeFile;
import io.kbsserver.files.FileStore;
import io.kbsserver.files.StoreLocation;
import io.kbsserver.logging.Secrets;
import io.kbsserver.storage.Database;
import io.kbsserver.storage.Database.Purpose;
import io.kbsserver.storage.DatabaseDump;
import io.kbsserver.storage.DatabaseSettings;
import io.kbsserver.storage.StartupFailure;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kbs-server backup}: all of the built-in database, and its files, in one file. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = {
      "Write all of the built-in database, and the files of tickets, into one file.",
      "It is as it was at one moment; the server goes on meanwhile. The file appears",
      "when it is whole, and only its owner can read it: it holds what customers",
      "wrote, and the hashes of passwords."
    },
    footer = {
      "",
      "A database server of KBS_DATABASE_URL is backed up with its own tools, and after",
      "it the folder files in KBS_DATA_DIR, or what is below KBS_FILES_URL.",
      "",
      "Exit codes: 0 done, 1 failed, 2 not understood; 3 done, but files of tickets",
      "whose bytes are gone are not in it, which are named.",
      "",
      "Examples:",
      "  kbs-server backup /var/backups/kbs-$(date +%%F).zip",
      "  kbs-server backup - | ssh elsewhere 'cat > kbs.zip'"
    })
final class BackupCommand implements Callable<Integer> {
  /** There are rows of files whose bytes are gone. */
  private static final int WITHOUT_SOME_FILES = 3;

  private static final String STANDARD_OUTPUT = "-";

  private final Session session;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "File to write; - is standard output.")
  private String file;

  @Option(names = "--replace", description = "Replace the file if it is there.")
  private boolean replace;

  @Option(
      names = "--without-files",
      description = "Leave the files of tickets out, which are backed up in another way.")
  private boolean withoutFiles;

  BackupCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    boolean piped = file.equals(STANDARD_OUTPUT);
    if (piped && session.terminal().columns() > 0) {
      throw new ParameterException(
          spec.commandLine(), "A backup is nothing for a terminal: name a file, or use a pipe");
    }
    DatabaseSettings settings =
        session.builtIn(
            "back it up with its own tools, such as mariadb-dump or mysqldump"
                + " --single-transaction");
    try (Database database = session.termination().owns(Database.open(settings, Purpose.BACKUP))) {
      Secrets.keep(database.password());
      DatabaseDump dump = DatabaseDump.of(settings.dataFolder(), database);
      List<String> migrations = dump.migrations();
      if (migrations.isEmpty()) {
        throw new StartupFailure(
            "There are no tables yet in "
                + settings.dataFolder()
                + ", so there is nothing to back up");
      }
      FileStore store = withoutFiles ? null : store(settings, dump);
      BackupManifest manifest =
          BackupManifest.of(
              KbsServer.ProgramVersion.number(),
              session.terminal().clock().instant().truncatedTo(ChronoUnit.SECONDS).toString(),
              migrations,
              store != null);
      Set<String> missing = new TreeSet<>();
      if (piped) {
        missing.addAll(writeTo(session.terminal().out(), manifest, dump, store));
      } else {
        long size =
            WholeFile.write(
                Path.of(file),
                replace,
                out -> missing.addAll(BackupArchive.write(out, manifest, dump, store)));
        session.terminal().out().printf("Backed up to %s (%,d bytes)%n", file, size);
      }
      for (String sha256 : missing) {
        session
            .terminal()
            .err()
            .println(
                "kbs-server: warning: the bytes of a file are gone, and not backed up: " + sha256);
      }
      return missing.isEmpty() ? CommandLine.ExitCode.OK : WITHOUT_SOME_FILES;
    }
  }

  /** Where the files are; null where there is no store yet. */
  private @Nullable FileStore store(DatabaseSettings settings, DatabaseDump dump) {
    Optional<String> id = dump.fileStore();
    if (id.isEmpty()) {
      return null;
    }
    StoreLocation location = session.files(settings);
    try {
      if (location.has(id.get())) {
        return location.open(id.get());
      }
    } catch (IOException e) {
      throw new StartupFailure("The files cannot be read: " + StartupFailure.oneLine(e), e);
    }
    throw new StartupFailure(
        "The files of this database should be in "
            + location.describe(id.get())
            + ", which is not there: put it back, or add --without-files");
  }

  private static Set<String> writeTo(
      PrintStream out, BackupManifest manifest, DatabaseDump dump, @Nullable FileStore store) {
    try {
      return BackupArchive.write(new CheckedOutput(out), manifest, dump, store);
    } catch (IOException e) {
      throw new StartupFailure("Cannot write to standard output: " + e.getMessage(), e);
    }
  }
}
