package io.kbsserver.cli;

import io.kbsserver.history.HistoryService;
import io.kbsserver.mail.Mail;
import io.kbsserver.mail.MailKind;
import io.kbsserver.mail.MailState;
import io.kbsserver.mail.delivery.MailAdministration;
import io.kbsserver.mail.incoming.IncomingMails;
import io.kbsserver.mail.incoming.ReceivedMail;
import io.kbsserver.mail.message.MailFault;
import io.kbsserver.mail.message.MailMessage;
import io.kbsserver.mail.notice.MailPreview;
import io.kbsserver.mail.notice.MailPreview.Previewed;
import io.kbsserver.storage.Database.Purpose;
import io.kbsserver.storage.StartupFailure;
import io.kbsserver.text.PlainText;
import java.io.PrintStream;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

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
      "  kbs-server mail received",
      "  kbs-server mail retry 4711",
      "  kbs-server mail preview reply KBS1003DE",
      "  kbs-server mail try me@example.com"
    })
final class MailCommand extends CommandGroup {

  /** The command with its subcommands. */
  static CommandLine with(Session session) {
    return new CommandLine(new MailCommand())
        .addSubcommand(
            new CommandLine(new ListMails(session)).setCaseInsensitiveEnumValuesAllowed(true))
        .addSubcommand(new ListReceived(session))
        .addSubcommand(new Retry(session))
        .addSubcommand(new Preview(session))
        .addSubcommand(new Try(session));
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

    @Override
    String nothing() {
      return "There are no mails.";
    }
  }

  private static String moment(@Nullable LocalDateTime time) {
    return time == null ? "" : time.toInstant(ZoneOffset.UTC).toString();
  }

  @Command(
      name = "received",
      mixinStandardHelpOptions = true,
      description = {
        "List the newest mails that were fetched from the mailbox (KBS_IMAP_URL):",
        "which became replies, and why others were put aside. One that is moved",
        "back to the inbox is tried once more."
      })
  private static final class ListReceived extends ListCommand<IncomingMails> {
    @Option(names = "--ticket", paramLabel = "ID", description = "Only those about a ticket.")
    private @Nullable Long ticket;

    @Option(
        names = "--most",
        paramLabel = "N",
        defaultValue = "100",
        description = "So many at most (${DEFAULT-VALUE}).")
    private int most;

    ListReceived(Session session) {
      super(session, IncomingMails.class);
    }

    @Override
    ListOutput list(IncomingMails mails) {
      ListOutput listing =
          new ListOutput("received", "from", "subject", "state", "ticket", "reply", "reason", "id");
      for (ReceivedMail mail : mails.newest(ticket, Math.max(0, most))) {
        listing.add(
            moment(mail.receivedAt()),
            mail.sender(),
            mail.subject(),
            mail.state(),
            Objects.requireNonNullElse(mail.ticketId(), 0L),
            Objects.requireNonNullElse(mail.replyId(), 0L),
            Objects.requireNonNullElse(mail.reason(), ""),
            mail.messageId());
      }
      return listing;
    }

    @Override
    String nothing() {
      return "No mail has come in.";
    }
  }

  @Command(
      name = "retry",
      mixinStandardHelpOptions = true,
      description = "Have a running server send mails that have failed.")
  private static final class Retry extends BeanCommand<MailAdministration> {
    @ArgGroup(multiplicity = "1")
    private Which which;

    /** One of the two. */
    private static final class Which {
      @Parameters(paramLabel = "ID", description = "Which.")
      private @Nullable Long id;

      @Option(names = "--all", description = "All that have failed within a week.")
      private boolean all;
    }

    Retry(Session session) {
      super(session, MailAdministration.class, Purpose.COMMAND_ON_EXISTING);
    }

    @Override
    void run(MailAdministration mails, PrintStream out) {
      Long id = which.id;
      if (id == null) {
        out.println("Sent again: " + mails.retryAll());
      } else if (mails.retry(id)) {
        out.println("The mail " + id + " is sent again.");
      } else {
        throw new StartupFailure("There is no mail " + id + " that has failed");
      }
    }
  }

  @Command(
      name = "try",
      mixinStandardHelpOptions = true,
      description = {
        "Send a mail that is about nothing, whatever KBS_MAIL_MODE is, to see whether the",
        "SMTP server (KBS_SMTP_URL) takes it, and whether it arrives."
      })
  private static final class Try implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "ADDRESS", description = "To whom.")
    private String address;

    Try(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() throws Exception {
      if (!PlainText.isEmail(address)) {
        throw new StartupFailure("This is no e-mail address: " + address);
      }
      return session.run(
          Purpose.COMMAND_ON_EXISTING,
          session.smtp(),
          (context, database) -> {
            Optional<String> refused = sent(context.getBean(MailAdministration.class));
            if (refused.isPresent()) {
              throw new StartupFailure("It was not taken: " + refused.get());
            }
            session
                .terminal()
                .out()
                .println("The SMTP server has taken a mail to " + address + ".");
            return 0;
          });
    }

    private Optional<String> sent(MailAdministration mails) {
      try {
        return mails.tryOut(address);
      } catch (MailFault e) {
        throw new StartupFailure("It cannot be built: " + e.getMessage());
      }
    }
  }

  @Command(
      name = "preview",
      mixinStandardHelpOptions = true,
      description = {
        "Show a mail about a ticket as it would be if it were sent now, and who would get",
        "it; nothing is sent. What it says depends on the settings: see",
        "'kbs-server settings list'."
      },
      footer = {
        "",
        "Examples:",
        "  kbs-server mail preview received 42",
        "  kbs-server mail preview closed KBS1003DE --html > closed.html"
      })
  private static final class Preview implements Callable<Integer> {
    private final Session session;

    @Parameters(
        index = "0",
        paramLabel = "EVENT",
        converter = KindConverter.class,
        description = {
          "received, reply or closed (to the customer), new_ticket_notice,",
          "assigned, reply_notice or note_notice."
        })
    private MailKind kind;

    @Parameters(index = "1", paramLabel = "TICKET", description = "Id or number of the ticket.")
    private String ticket;

    @Option(names = "--html", description = "Print the HTML of it, and nothing else.")
    private boolean html;

    Preview(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() throws Exception {
      return session.run(
          Purpose.COMMAND_ON_EXISTING,
          Map.of(),
          (context, database) -> {
            long id = TicketArgument.only(ticket, context.getBean(HistoryService.class));
            try {
              print(context.getBean(MailPreview.class).of(kind, id));
            } catch (MailFault e) {
              throw new StartupFailure("It cannot be built: " + e.getMessage());
            }
            return 0;
          });
    }

    private void print(Previewed previewed) {
      MailMessage message = previewed.message();
      if (html) {
        if (message.html() == null) {
          throw new StartupFailure("It has no HTML: the setting email_template is none");
        }
        session.terminal().out().print(message.html());
        return;
      }
      session
          .terminal()
          .out()
          .println(
              """
              From: %s <%s>
              To, each alone:
              %s
              Subject: %s
              Message-ID: %s
              %s
              Attachments: %s

              %s\
              """
                  .formatted(
                      message.from().name(),
                      message.from().email(),
                      previewed.addresses().isEmpty()
                          ? "  (nobody)"
                          : previewed.addresses().stream()
                              .map(address -> "  " + address)
                              .collect(Collectors.joining("\n")),
                      message.subject(),
                      message.messageId(),
                      message.headers().entrySet().stream()
                          .map(header -> header.getKey() + ": " + header.getValue())
                          .collect(Collectors.joining("\n")),
                      message.attachments().stream()
                          .map(file -> file.name() + " (" + file.size() + " bytes)")
                          .collect(Collectors.joining("; ")),
                      message.text().stripTrailing()));
    }
  }

  /** Takes the names of events. */
  static final class KindConverter implements ITypeConverter<MailKind> {
    @Override
    public MailKind convert(String name) {
      return Arrays.stream(MailKind.values())
          .filter(kind -> kind.kept().equals(name.toLowerCase(Locale.ROOT)))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "expected one of "
                          + Arrays.stream(MailKind.values())
                              .map(MailKind::kept)
                              .collect(Collectors.joining(", "))
                          + " but was '"
                          + name
                          + "'"));
    }
  }
}
