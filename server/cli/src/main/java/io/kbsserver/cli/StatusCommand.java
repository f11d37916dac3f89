package io.kbsserver.cli;

import io.kbsserver.site.BuiltInStatus;
import io.kbsserver.storage.Database.Purpose;
import io.kbsserver.storage.StartupFailure;
import io.kbsserver.tickets.StatusRegister;
import io.kbsserver.tickets.StatusRepository;
import io.kbsserver.tickets.StatusRepository.Status;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kbs-server status}: the statuses that tickets can have. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Manage the statuses of tickets; works while the server runs.",
      "An import brings custom statuses along unregistered: tickets keep them, but",
      "lists do not show them until they are registered here."
    },
    footer = {
      "",
      "Examples:",
      "  kbs-server status list",
      "  kbs-server status register escalated --label Escalated",
      "  kbs-server status unregister escalated"
    })
final class StatusCommand extends CommandGroup {
  private static final String SLUG = "[a-z0-9][a-z0-9_-]{0,19}";

  /** The command with its subcommands. */
  static CommandLine with(Session session) {
    return new CommandLine(new StatusCommand())
        .addSubcommand(new ListStatuses(session))
        .addSubcommand(new Register(session))
        .addSubcommand(new Unregister(session));
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "List the statuses, and how many tickets are in each.")
  private static final class ListStatuses extends ListCommand<StatusRepository> {
    ListStatuses(Session session) {
      super(session, StatusRepository.class);
    }

    @Override
    ListOutput list(StatusRepository statuses) {
      ListOutput listing = new ListOutput("status", "label", "registered", "tickets");
      for (Status status : statuses.all()) {
        listing.add(status.slug(), status.label(), status.registered(), status.tickets());
      }
      return listing;
    }
  }

  @Command(
      name = "register",
      mixinStandardHelpOptions = true,
      description = "Add a status, or list one that tickets have already.")
  private static final class Register extends BeanCommand<StatusRegister> {
    @Spec private CommandSpec spec;

    @Parameters(
        paramLabel = "STATUS",
        description = "Name in requests and answers: up to 20 of a-z, 0-9, - and _.")
    private String slug;

    @Option(
        names = "--label",
        paramLabel = "TEXT",
        description = "What people call it (the name itself).")
    private @Nullable String label;

    Register(Session session) {
      super(session, StatusRegister.class);
    }

    @Override
    public Integer call() throws Exception {
      if (!slug.matches(SLUG)) {
        throw new ParameterException(spec.commandLine(), "Not a name for a status: " + slug);
      }
      if (BuiltInStatus.OF_THE_HELP_DESK.contains(slug)) {
        throw new StartupFailure("The status " + slug + " is registered always");
      }
      return super.call();
    }

    @Override
    void run(StatusRegister statuses, PrintStream out) {
      statuses.register(slug, label == null ? slug : label);
      out.println("Registered: " + slug);
    }
  }

  @Command(
      name = "unregister",
      mixinStandardHelpOptions = true,
      description = "Stop listing a status; tickets that have it keep it.")
  private static final class Unregister extends BeanCommand<StatusRegister> {
    @Parameters(paramLabel = "STATUS", description = "Name of the status.")
    private String slug;

    Unregister(Session session) {
      super(session, StatusRegister.class, Purpose.COMMAND_ON_EXISTING);
    }

    @Override
    void run(StatusRegister statuses, PrintStream out) {
      if (BuiltInStatus.OF_THE_HELP_DESK.contains(slug)) {
        throw new StartupFailure("The status " + slug + " cannot be unregistered");
      }
      if (!statuses.unregister(slug)) {
        throw new StartupFailure("There is no status " + slug);
      }
      out.println("Unregistered: " + slug);
    }
  }
}
