package io.kbsserver.cli;

import io.kbsserver.mail.Mail;
import io.kbsserver.mail.MailState;
import io.kbsserver.mail.delivery.MailAdministration;
import io.kbsserver.storage.Database.Purpose;
import io.kbsserver.storage.StartupFailure;
import java.io.PrintStream;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kbs-server mail}: what customers and agents are told by mail. */
@Command(
    name = "mail",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "See what customers and agents are told by mail; works while the server runs,",
      "which sends it. KBS_MAIL_MODE says whether it is sent or only recorded."
    },
    footer = {
      "",
      "Examples:",
      "  kbs-server mail list --state failed",
      "  kbs-server mail retry 4711"
    })
final class MailCommand extends CommandGroup {

  /** The command with its subcommands. */
  static CommandLine with(Session session) {
    return new CommandLine(new MailCommand())
        .addSubcommand(
            new CommandLine(new ListMails(session)).setCaseInsensitiveEnumValuesAllowed(true))
        .addSubcommand(new Retry(session));
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "List the newest mails: to whom, about what, and what became of them.")
  private static final class ListMails extends ListCommand<MailAdministration> {
    @Option(
        names = "--state",
        paramLabel = "STATE",
        description = "Only those that are waiting, recorded, sent, failed or dropped.")
    private @Nullable MailState state;

    @Option(names = "--ticket", paramLabel = "ID", description = "Only those about a ticket.")
    private @Nullable Long ticket;

    @Option(
        names = "--most",
        paramLabel = "N",
        defaultValue = "100",
        description = "So many at most (${DEFAULT-VALUE}).")
    private int most;

    ListMails(Session session) {
      super(session, MailAdministration.class);
    }

    @Override
    ListOutput list(MailAdministration mails) {
      ListOutput listing =
          new ListOutput(
              "id", "ticket", "kind", "to", "role", "owed", "state", "attempts", "when", "reason");
      for (Mail mail : mails.newest(state, ticket, Math.max(0, most))) {
        LocalDateTime when =
            mail.state().equals(MailState.WAITING.kept()) ? mail.dueAt() : mail.sentAt();
        listing.add(
            mail.number(),
            mail.ticketId(),
            mail.kind(),
            mail.address(),
            mail.role(),
            moment(mail.createdAt()),
            mail.state(),
            mail.attempts(),
            moment(when),
            Objects.requireNonNullElse(mail.reason(), ""));
      }
      return listing;
    }

    private static String moment(@Nullable LocalDateTime time) {
      return time == null ? "" : time.toInstant(ZoneOffset.UTC).toString();
    }

    @Override
    String nothing() {
      return "There are no mails.";
    }
  }

  @Command(
      name = "retry",
      mixinStandardHelpOptions = true,
      description = "Have a running server send a mail that has failed.")
  private static final class Retry extends BeanCommand<MailAdministration> {
    @Parameters(paramLabel = "ID", description = "Which.")
    private long id;

    Retry(Session session) {
      super(session, MailAdministration.class, Purpose.COMMAND_ON_EXISTING);
    }

    @Override
    void run(MailAdministration mails, PrintStream out) {
      if (!mails.retry(id)) {
        throw new StartupFailure("There is no mail " + id + " that has failed");
      }
      out.println("The mail " + id + " is sent again.");
    }
  }
}
