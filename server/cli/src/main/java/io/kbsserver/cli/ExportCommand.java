package io.kbsserver.cli;

import io.kbsserver.access.Caller;
import io.kbsserver.access.Role;
import io.kbsserver.backup.WholeFile;
import io.kbsserver.change.Subject;
import io.kbsserver.storage.Database.Purpose;
import io.kbsserver.storage.StartupFailure;
import io.kbsserver.sync.Export;
import io.kbsserver.sync.ExportRepresentation;
import io.kbsserver.sync.ExportService;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kbs-server export}: all tickets, or what hangs on them, as text. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Write all tickets as text, without limit; works while the server runs.",
      "NDJSON has one object a line, as the API shows it to a support manager; the",
      "first and the last line tell the position from which changes can be followed",
      "(GET /kbs/v1/changes?after=POSITION). CSV is for spreadsheets."
    },
    footer = {
      "",
      "Examples:",
      "  kbs-server export tickets.ndjson",
      "  kbs-server export --format csv tickets.csv",
      "  kbs-server export --kind reply - | gzip > replies.ndjson.gz"
    })
final class ExportCommand implements Callable<Integer> {
  private static final String STANDARD_OUTPUT = "-";
  private static final int PIECE = 8192;
  private static final String PUBLIC_URL = "kbs.public-url";

  /** Whoever may run commands on this machine sees what support managers see. */
  private static final Caller OPERATOR =
      new Caller(0, "", "", Set.of(Role.SUPPORT_MANAGER), List.of(), List.of());

  /** How it is written. */
  enum Format {
    ndjson,
    csv
  }

  /** What is exported. */
  enum Exported {
    ticket(Subject.TICKET),
    reply(Subject.REPLY),
    note(Subject.NOTE),
    file(Subject.FILE);

    private final Subject subject;

    Exported(Subject subject) {
      this.subject = subject;
    }
  }

  private final Session session;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "File to write; - is standard output.")
  private String file;

  @Option(names = "--replace", description = "Replace the file if it is there.")
  private boolean replace;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "ndjson",
      description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
  private Format format;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      defaultValue = "ticket",
      description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
  private Exported kind;

  @Option(
      names = "--after",
      paramLabel = "ID",
      defaultValue = "0",
      description = "Only those with a higher id.")
  private long after;

  ExportCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    if (after < 0) {
      throw new ParameterException(spec.commandLine(), "Not an id: " + after);
    }
    return session.run(
        Purpose.COMMAND_ON_EXISTING,
        Map.of(PUBLIC_URL, address()),
        (context, database) -> {
          write(context);
          return 0;
        });
  }

  /** What links begin with, as no request says it. */
  private String address() {
    @Nullable String configured = session.configuration().value(Variable.PUBLIC_URL);
    return configured == null
        ? "http://localhost:" + ServeCommand.DEFAULT_PORT
        : Variable.PUBLIC_URL.read(configured).toString();
  }

  private void write(ApplicationContext context) throws IOException {
    Export export =
        context
            .getBean(ExportService.class)
            .of(kind.subject, after, () -> OPERATOR, UnaryOperator.identity());
    ExportRepresentation representation = context.getBean(ExportRepresentation.class);
    try (InputStream text =
        format == Format.csv ? representation.table(export) : representation.lines(export)) {
      if (file.equals(STANDARD_OUTPUT)) {
        writeTo(session.terminal().out(), text);
      } else {
        WholeFile.write(Path.of(file), replace, text::transferTo);
        session.terminal().err().println("Position: " + export.position());
      }
    }
  }

  private static void writeTo(PrintStream out, InputStream text) throws IOException {
    CheckedOutput checked = new CheckedOutput(out);
    byte[] piece = new byte[PIECE];
    for (int length = text.read(piece); length >= 0; length = text.read(piece)) {
      try {
        checked.write(piece, 0, length);
      } catch (IOException e) {
        throw new StartupFailure(CheckedOutput.lost(), e);
      }
    }
  }
}
