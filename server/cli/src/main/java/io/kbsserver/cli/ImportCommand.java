package io.kbsserver.cli;

import io.kbsserver.cli.Termination.Interrupted;
import io.kbsserver.files.FileStores;
import io.kbsserver.files.s3.S3Address;
import io.kbsserver.logging.Secrets;
import io.kbsserver.storage.Database.Purpose;
import io.kbsserver.storage.DatabaseSettings;
import io.kbsserver.storage.EmbeddedDatabase;
import io.kbsserver.storage.StartupFailure;
import io.kbsserver.storage.WrittenFile;
import io.kbsserver.wordpress.FileSource;
import io.kbsserver.wordpress.ImportOptions;
import io.kbsserver.wordpress.WordPressImport;
import io.kbsserver.wordpress.report.ImportException;
import io.kbsserver.wordpress.report.ImportProgress;
import io.kbsserver.wordpress.report.ImportReport;
import io.kbsserver.wordpress.source.BucketUploads;
import io.kbsserver.wordpress.source.FolderUploads;
import io.kbsserver.wordpress.source.ImportSource;
import io.kbsserver.wordpress.source.Uploads;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kbs-server import}: brings a KB Support site over from its WordPress database. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Bring a KB Support site over from its WordPress database, which is only read.",
      "Running it again brings what has changed since. Logins keep their application",
      "passwords."
    },
    footer = {
      "",
      "Brought over: settings, users with roles and application passwords,",
      "customers, companies, categories, tags, sources, departments, tickets,",
      "replies, private notes, and with --uploads their files; forms, articles.",
      "Not brought over: the log, SLA targets, passwords of articles.",
      "Not done here: tickets by mail, wp-admin, forms on pages. Mails are only",
      "recorded until KBS_MAIL_MODE says otherwise.",
      "",
      "What is not as it should be is repaired or left out, and listed at the end.",
      "What was deleted in WordPress since the last import goes here as well; what",
      "was made here is never touched, and what was changed on both sides is kept",
      "as it is here.",
      "",
      "Exit codes:",
      "  0    complete",
      "  1    stopped: it cannot start or go on, the source may be the wrong one,",
      "       or --strict met a row",
      "  2    not understood",
      "  3    done, but rows were left out, repaired, or kept as they are here;",
      "       the last line counts them",
      "  130  interrupted by Ctrl-C (SIGINT); run it again, it goes on",
      "  143  ended by SIGTERM; run it again, it goes on",
      "",
      "Examples:",
      "  kbs-server import --from jdbc:mysql://db:3306/wordpress \\",
      "    --user wp --password-file pw.txt --built-in \\",
      "    --uploads /var/www/html/wp-content/uploads",
      "  pass show wordpress-db | kbs-server import --from jdbc:mysql://db/wordpress \\",
      "    --user wp --password-file - --prefix site2_"
    })
final class ImportCommand implements Callable<Integer> {
  /** Rows were left out, repaired, or kept as they are here. */
  private static final int NOT_AS_IT_WAS = 3;

  private static final String STANDARD_INPUT = "-";

  private final Session session;

  @Spec private CommandSpec spec;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "URL",
      description = "WordPress's database: jdbc:mysql://host:port/database.")
  private String from;

  @Option(
      names = "--user",
      required = true,
      paramLabel = "USER",
      description = "User on that database server; the right to read is enough.")
  private String user;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "File whose first line is the password; - reads it from standard input.")
  private @Nullable String passwordFile;

  @Option(
      names = "--prefix",
      paramLabel = "PREFIX",
      defaultValue = "wp_",
      description = "Prefix of WordPress's tables (${DEFAULT-VALUE}).")
  private String prefix;

  @Option(
      names = "--uploads",
      paramLabel = "DIR",
      description = {
        "WordPress's folder of uploads, or a copy of it: wp-content/uploads. The files of",
        "tickets and replies are copied out of it; without it they cannot be downloaded.",
        "s3://bucket/prefix is one in the S3-compatible store of KBS_FILES_ENDPOINT."
      })
  private @Nullable String uploads;

  @Option(
      names = "--no-old-site-check",
      description = {
        "Do not ask the old site, without a login, for the head of a file: who gives it",
        "has a folder of uploads that is open to the world."
      })
  private boolean asksNobody;

  @Option(
      names = "--built-in",
      description = {
        "Import into the built-in database, and make it where there is none yet.",
        "Otherwise the target is KBS_DATABASE_URL, or a built-in database that is there."
      })
  private boolean builtIn;

  @Option(
      names = "--dry-run",
      description = {
        "Read and check everything, tell what would be done, and write no row.",
        "The tables here are brought up to date first, as at every start."
      })
  private boolean dryRun;

  @Option(
      names = "--strict",
      description = "Stop at the first row that cannot be brought over as it is.")
  private boolean strict;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write every remark on a row to a file, one JSON object a line.")
  private @Nullable String report;

  @Option(
      names = "--keep-deleted",
      description = "Go on serving what was deleted in WordPress since the last import.")
  private boolean keepDeleted;

  @Option(
      names = "--accept-deletions",
      description = {
        "Import even where the site has another address than the one imported before,",
        "or where more than 10 %% of a kind would be deleted here."
      })
  private boolean acceptDeletions;

  @Option(
      names = "--users-prefix",
      paramLabel = "PREFIX",
      description = {
        "Prefix of the tables of users, where it is another: of sites that share them.",
        "Found out for the sites of a network (--prefix wp_2_)."
      })
  private @Nullable String usersPrefix;

  @Option(
      names = "--charset",
      paramLabel = "CHARSET",
      description = {
        "DB_CHARSET of wp-config.php, if it is not utf8 or utf8mb4: latin1, cp1251 and so on.",
        "utf8mb4 takes all texts as they stand, even where they look like the others."
      })
  private @Nullable String charset;

  ImportCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    if (!from.startsWith("jdbc:mysql://") && !from.startsWith("jdbc:mariadb://")) {
      throw new ParameterException(
          spec.commandLine(), "--from is not of the form jdbc:mysql://host:port/database");
    }
    if (!ImportSource.isPrefix(prefix)) {
      throw new ParameterException(
          spec.commandLine(), "--prefix holds letters, digits, _, $ and - only: " + prefix);
    }
    if (usersPrefix != null && !ImportSource.isPrefix(usersPrefix)) {
      throw new ParameterException(
          spec.commandLine(),
          "--users-prefix holds letters, digits, _, $ and - only: " + usersPrefix);
    }
    String password = password();
    checkTarget(DatabaseSettings.fromEnvironment(session.configuration().values()));
    ImportSource source =
        new ImportSource(
            from.replaceFirst("^jdbc:mariadb:", "jdbc:mysql:"),
            user,
            password,
            prefix,
            usersPrefix,
            charset);
    Uploads folder = uploads == null ? null : uploads(uploads);
    ImportDisplay display = new ImportDisplay(session.terminal());
    session.termination().whenInterrupted(Interrupted.ENDS_AS_SIGNALLED);
    if (report == null) {
      return run(source, folder, display, display);
    }
    try (ReportFile file = ReportFile.begin(report, display)) {
      return run(source, folder, display, file);
    }
  }

  /** A path, or the same as an address that begins with {@code file:}; or one in a bucket. */
  private Uploads uploads(String given) {
    try {
      if (given.startsWith(S3Address.SCHEME)) {
        return uploads(S3Address.parse(given));
      }
      Path folder = given.startsWith("file:") ? Path.of(URI.create(given)) : Path.of(given);
      if (Files.isDirectory(folder) && Files.isReadable(folder)) {
        return new FolderUploads(folder);
      }
    } catch (IllegalArgumentException | FileSystemNotFoundException | IOException e) {
      // Such a folder cannot be there either.
    }
    throw new ParameterException(
        spec.commandLine(), "--uploads is no folder that can be read: " + given);
  }

  private Uploads uploads(S3Address address) {
    Uploads bucket = new BucketUploads(session.s3().bucket(address));
    try {
      if (bucket.hasFolder("")) {
        return bucket;
      }
    } catch (IOException e) {
      throw new StartupFailure(
          "--uploads cannot be read: " + address + ": " + StartupFailure.oneLine(e), e);
    }
    throw new StartupFailure("--uploads has nothing in it: " + address);
  }

  /** A forgotten variable would import the site into a database that nobody meant. */
  private void checkTarget(DatabaseSettings target) {
    if (builtIn && target.url() != null) {
      throw new ParameterException(
          spec.commandLine(), "--built-in and " + DatabaseSettings.URL + " exclude each other");
    }
    if (!builtIn && target.url() == null && !EmbeddedDatabase.exists(target.dataFolder())) {
      throw new StartupFailure(
          "The import would make a new built-in database in "
              + target.dataFolder()
              + " ("
              + DatabaseSettings.DATA_FOLDER
              + "): add --built-in if that is meant, or name a database server with "
              + DatabaseSettings.URL);
    }
  }

  private int run(
      ImportSource source, @Nullable Uploads folder, ImportDisplay display, ImportProgress progress)
      throws Exception {
    return session.run(
        Purpose.IMPORT,
        Map.of(),
        (context, database) -> {
          FileStores stores = context.getBean(FileStores.class);
          if (folder != null && !dryRun) {
            // What is wrong with it is told before anything is brought over.
            stores.get();
          }
          ImportOptions options =
              new ImportOptions(
                  keepDeleted,
                  acceptDeletions,
                  strict,
                  dryRun,
                  !asksNobody,
                  folder == null ? null : new FileSource(folder, stores::get));
          ImportReport done;
          try {
            done = context.getBean(WordPressImport.class).run(source, options, progress);
          } catch (RuntimeException e) {
            display.interrupted();
            throw session.termination().isRequested() ? interrupted(e) : explained(e);
          }
          display.summary(done, database.description(), dryRun);
          return done.complete() ? CommandLine.ExitCode.OK : NOT_AS_IT_WAS;
        });
  }

  private static ImportException interrupted(RuntimeException e) {
    return new ImportException("The import was interrupted; run it again, it goes on.", e);
  }

  private RuntimeException explained(RuntimeException e) {
    boolean refused =
        e.getCause() instanceof SQLException answer
            && String.valueOf(answer.getSQLState()).startsWith("28");
    return refused && passwordFile == null
        ? new ImportException(e.getMessage() + " (no --password-file was given)", e)
        : e;
  }

  private String password() {
    if (passwordFile == null) {
      return "";
    }
    String subject = "The password file";
    if (!STANDARD_INPUT.equals(passwordFile)) {
      return kept(WrittenFile.password(subject, passwordFile));
    }
    try {
      return kept(
          WrittenFile.password(subject, "standard input", session.terminal().in().readAllBytes()));
    } catch (IOException e) {
      throw new StartupFailure("Standard input cannot be read: " + e.getMessage(), e);
    }
  }

  /** The same, which no log will show. */
  private static String kept(String password) {
    Secrets.keep(password);
    return password;
  }
}
