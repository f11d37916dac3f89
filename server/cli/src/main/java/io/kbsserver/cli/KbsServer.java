package io.kbsserver.cli;

import io.kbsserver.access.AccountException;
import io.kbsserver.compare.CompareException;
import io.kbsserver.logging.Secrets;
import io.kbsserver.storage.DatabaseSettings;
import io.kbsserver.storage.StartupFailure;
import io.kbsserver.wordpress.report.ImportException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: {@code kbs-server serve}, {@code import}, {@code user} and more. */
@Command(
    name = "kbs-server",
    mixinStandardHelpOptions = true,
    versionProvider = KbsServer.ProgramVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "The Tickets REST API of KB Support as a server of its own.",
    footerHeading = "%nEnvironment:%n",
    footer = {
      "  KBS_CONFIG             file of lines such as KBS_PORT=8090; what is set in the",
      "                         environment goes before it",
      "  KBS_HOST               address to listen on (this machine only); 0.0.0.0: all",
      "  KBS_PORT               port to listen on (8080)",
      "  KBS_PUBLIC_URL         the address that clients use, such as",
      "                         https://help.example.com/desk (what they ask for)",
      "  KBS_TRUSTED_PROXIES    addresses and ranges of proxies whose forwarded headers",
      "                         count (this machine, private networks); empty: nobody",
      "  KBS_DATABASE_URL       jdbc:mysql://host:port/database on MySQL 8.0+ or",
      "                         MariaDB 10.6+; without it a built-in MariaDB is used",
      "  KBS_DATABASE_USER      user on that server",
      "  KBS_DATABASE_PASSWORD  that user's password",
      "  KBS_DATABASE_PASSWORD_FILE",
      "                         file whose first line is that password",
      "  KBS_DATA_DIR           folder of the built-in MariaDB and of files; here it is",
      "                         ${kbs.data.folder}",
      "  KBS_LOG_LEVEL          error, warn, info, debug or trace (info)",
      "  KBS_LOG_FORMAT         text or json (text)",
      "",
      "Examples:",
      "  kbs-server serve --demo",
      "      a small help desk to play with, on http://localhost:8080",
      "  kbs-server import --from jdbc:mysql://db:3306/wordpress \\",
      "    --user wp --password-file pw.txt --built-in",
      "  kbs-server serve --port 8090",
      "      a site moved over from WordPress",
      "  kbs-server user add jane --email jane@example.org --role support_agent",
      "      a login without WordPress",
      "",
      "Exit codes: 0 done, 1 failed, 2 not understood; import, compare, backup and",
      "repair have more in their --help."
    })
final class KbsServer extends CommandGroup {
  /** The property that help names for the data folder of this machine. */
  static final String SHOWN_DATA_FOLDER = "kbs.data.folder";

  private static final Logger LOG = LoggerFactory.getLogger(KbsServer.class);

  /** Runs one command and gives its exit code. */
  static int run(Terminal terminal, Termination termination, String... args) {
    System.setProperty(
        SHOWN_DATA_FOLDER, DatabaseSettings.defaultDataFolder(terminal.environment()).toString());
    Session session = new Session(terminal, termination, Configuration.of(terminal.environment()));
    PrintWriter out = new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8);
    if (Arrays.stream(args).anyMatch(KbsServer::isDamaged)) {
      err.println(
          "kbs-server: An argument has characters that the locale does not know; try"
              + " LC_ALL=C.UTF-8");
      return CommandLine.ExitCode.USAGE;
    }
    int exitCode =
        commandLine(session)
            .setOut(out)
            .setErr(err)
            .setExecutionExceptionHandler((e, command, result) -> failed(e, err, termination))
            .setParameterExceptionHandler((e, given) -> misunderstood(e, err))
            .execute(args);
    out.flush();
    // One that fails has said why, and one that was told to end has nobody who reads on.
    if (exitCode == CommandLine.ExitCode.SOFTWARE
        || termination.isRequested()
        || !terminal.out().checkError()) {
      return exitCode;
    }
    err.println("kbs-server: " + CheckedOutput.lost());
    return exitCode == CommandLine.ExitCode.OK ? CommandLine.ExitCode.SOFTWARE : exitCode;
  }

  /** All commands. */
  static CommandLine commandLine(Session session) {
    return new CommandLine(new KbsServer())
        .addSubcommand(new ServeCommand(session))
        .addSubcommand(new ImportCommand(session))
        .addSubcommand(new MockCommand(session))
        .addSubcommand(new DemoCommand(session))
        .addSubcommand(UserCommand.with(session))
        .addSubcommand(StatusCommand.with(session))
        .addSubcommand(SettingsCommand.with(session))
        .addSubcommand(SearchIndexCommand.with(session))
        .addSubcommand(new HistoryCommand(session))
        .addSubcommand(WebhookCommand.with(session))
        .addSubcommand(MailCommand.with(session))
        .addSubcommand(new ExportCommand(session))
        .addSubcommand(new BackupCommand(session))
        .addSubcommand(new RestoreCommand(session))
        .addSubcommand(new RepairCommand(session))
        .addSubcommand(new CompareCommand(session))
        .addSubcommand(new VersionCommand(session))
        .addSubcommand(new HelpCommand())
        .addSubcommand(new GenerateCompletion());
  }

  /** What Java puts where it could not read an argument. */
  private static boolean isDamaged(String argument) {
    return argument.indexOf('\uFFFD') >= 0;
  }

  private static int misunderstood(ParameterException e, PrintWriter err) {
    CommandLine command = e.getCommandLine();
    err.println("kbs-server: " + Secrets.hide(String.valueOf(e.getMessage())));
    if (!UnmatchedArgumentException.printSuggestions(e, err)) {
      err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    }
    return CommandLine.ExitCode.USAGE;
  }

  /** One line for what the user can do something about; no stack trace unless asked for. */
  private static int failed(Exception e, PrintWriter err, Termination termination) {
    LOG.debug("The command failed", e);
    if (termination.endsWell()) {
      return CommandLine.ExitCode.OK;
    }
    if (termination.isRequested() && !(e instanceof ImportException)) {
      err.println("kbs-server: stopped before it was done");
    } else {
      err.println("kbs-server: " + Secrets.hide(message(e)));
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static String message(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof StartupFailure
          || cause instanceof AccountException
          || cause instanceof CompareException
          || cause instanceof ImportException) {
        return String.valueOf(cause.getMessage());
      }
    }
    return "Unexpected error: " + StartupFailure.oneLine(e) + " (KBS_LOG_LEVEL=debug shows more)";
  }

  /** True when the port that a server wanted is taken. */
  static boolean isPortTaken(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return true;
      }
    }
    return false;
  }

  /** Tells the version that Maven put into the jar. */
  static final class ProgramVersion implements IVersionProvider {
    private static final String FILE = "/META-INF/maven/io.kbsserver/kbs-server-cli/pom.properties";

    @Override
    public String[] getVersion() {
      return new String[] {"kbs-server " + number()};
    }

    static String number() {
      try (InputStream in = ProgramVersion.class.getResourceAsStream(FILE)) {
        Properties properties = new Properties();
        if (in != null) {
          properties.load(in);
        }
        return properties.getProperty("version", "(development)");
      } catch (IOException e) {
        return "(unknown)";
      }
    }
  }
}
