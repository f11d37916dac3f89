package io.kbsserver.cli;

import io.kbsserver.access.AccountException;
import io.kbsserver.webhooks.WantedTickets;
import io.kbsserver.webhooks.Webhook;
import io.kbsserver.webhooks.Webhook.Payload;
import io.kbsserver.webhooks.Webhook.Signature;
import io.kbsserver.webhooks.WebhookAdministration;
import io.kbsserver.webhooks.WebhookAdministration.Listed;
import io.kbsserver.webhooks.WebhookAdministration.Tested;
import io.kbsserver.webhooks.WebhookDraft;
import io.kbsserver.webhooks.WebhookView;
import java.io.PrintStream;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kbs-server webhook}: where changes are sent to. */
@Command(
    name = "webhook",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Manage where changes are sent to as they happen; works while the server runs,",
      "which sends them. A webhook belongs to a user, and tells what they see."
    },
    footer = {
      "",
      "Examples:",
      "  kbs-server webhook add jane https://crm.example.com/ --types ticket.created",
      "  kbs-server webhook test 5",
      "  kbs-server webhook replay 5 --from 4711"
    })
final class WebhookCommand extends CommandGroup {

  /** The command with its subcommands. */
  static CommandLine with(Session session) {
    return new CommandLine(new WebhookCommand())
        .addSubcommand(new ListWebhooks(session))
        .addSubcommand(new Add(session))
        .addSubcommand(new Remove(session))
        .addSubcommand(new Test(session))
        .addSubcommand(new Replay(session));
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "List all webhooks.")
  private static final class ListWebhooks extends ListCommand<WebhookAdministration> {
    ListWebhooks(Session session) {
      super(session, WebhookAdministration.class);
    }

    @Override
    ListOutput list(WebhookAdministration webhooks) {
      ListOutput listing =
          new ListOutput(
              "id",
              "user",
              "url",
              "types",
              "departments",
              "statuses",
              "status",
              "reason",
              "position");
      for (Listed listed : webhooks.list()) {
        Webhook webhook = listed.webhook();
        listing.add(
            webhook.number(),
            listed.login(),
            webhook.url(),
            webhook.typeList(),
            webhook.tickets().departments(),
            webhook.tickets().statuses(),
            webhook.status(),
            Objects.requireNonNullElse(webhook.reason(), ""),
            webhook.position());
      }
      return listing;
    }

    @Override
    String nothing() {
      return "There are no webhooks.";
    }
  }

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = "Add a webhook for a user, and print its secret once.")
  private static final class Add extends BeanCommand<WebhookAdministration> {
    @Parameters(index = "0", paramLabel = "LOGIN", description = "Whose it is.")
    private String login;

    @Parameters(index = "1", paramLabel = "URL", description = "Where changes are sent to.")
    private String url;

    @Option(
        names = "--types",
        split = ",",
        paramLabel = "TYPE",
        description = "Types of changes such as ticket.created, with commas between them (all).")
    private List<String> types = List.of();

    @Option(
        names = "--departments",
        split = ",",
        paramLabel = "ID",
        description = "Only tickets of these departments, by their term ids (all tickets).")
    private List<Long> departments = List.of();

    @Option(
        names = "--statuses",
        split = ",",
        paramLabel = "STATUS",
        description = "Only tickets in these statuses (all).")
    private List<String> statuses = List.of();

    @Option(names = "--full", description = "Messages bring the ticket as well.")
    private boolean full;

    @Option(names = "--ed25519", description = "Sign with a key pair in place of a secret.")
    private boolean keyPair;

    @Option(names = "--description", paramLabel = "TEXT", description = "What it is for.")
    private String description = "";

    @Option(
        names = "--site",
        paramLabel = "URL",
        description = "Where links of full messages lead to, unless KBS_PUBLIC_URL says it.",
        defaultValue = "http://localhost:" + ServeCommand.DEFAULT_PORT,
        showDefaultValue = CommandLine.Help.Visibility.ALWAYS)
    private String site;

    Add(Session session) {
      super(session, WebhookAdministration.class);
    }

    @Override
    void run(WebhookAdministration webhooks, PrintStream out) {
      WebhookView made =
          webhooks.add(
              login,
              new WebhookDraft(
                  url,
                  description,
                  types,
                  new WantedTickets(departments, statuses),
                  full ? Payload.FULL : Payload.THIN,
                  keyPair ? Signature.ED25519 : Signature.HMAC,
                  site));
      out.println("Added the webhook " + made.id() + " of " + login + ".");
      if (made.secret() == null) {
        out.println("Public key: " + made.publicKey());
      } else {
        out.println("Secret, which is not shown again: " + made.secret());
      }
    }
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "Remove a webhook with its secrets and deliveries.")
  private static final class Remove extends BeanCommand<WebhookAdministration> {
    @Parameters(paramLabel = "ID", description = "Which.")
    private long id;

    Remove(Session session) {
      super(session, WebhookAdministration.class);
    }

    @Override
    void run(WebhookAdministration webhooks, PrintStream out) {
      webhooks.remove(id);
      out.println("Removed the webhook " + id + ".");
    }
  }

  @Command(
      name = "test",
      mixinStandardHelpOptions = true,
      description = "Have a running server send a message that tells of nothing.")
  private static final class Test extends BeanCommand<WebhookAdministration> {
    @Parameters(paramLabel = "ID", description = "Which.")
    private long id;

    Test(Session session) {
      super(session, WebhookAdministration.class);
    }

    @Override
    void run(WebhookAdministration webhooks, PrintStream out) {
      Tested tested = webhooks.test(id);
      out.println(tested.message());
      if (!tested.hasArrived()) {
        throw new AccountException("The message has not arrived.");
      }
    }
  }

  @Command(
      name = "replay",
      mixinStandardHelpOptions = true,
      description = "Have a running server send messages again.")
  private static final class Replay extends BeanCommand<WebhookAdministration> {
    @Parameters(paramLabel = "ID", description = "Which webhook.")
    private long id;

    @ArgGroup(multiplicity = "1")
    private What what;

    /** One of the two. */
    private static final class What {
      @Option(
          names = "--from",
          paramLabel = "POSITION",
          description = "All changes from this position of the log on.")
      private @Nullable Long position;

      @Option(names = "--delivery", paramLabel = "ID", description = "One delivery.")
      private @Nullable Long delivery;
    }

    Replay(Session session) {
      super(session, WebhookAdministration.class);
    }

    @Override
    void run(WebhookAdministration webhooks, PrintStream out) {
      if (what.position != null) {
        webhooks.replayFrom(id, what.position);
        out.println("All from position " + what.position + " on is sent again.");
      } else if (what.delivery != null) {
        webhooks.replay(id, what.delivery);
        out.println("The delivery " + what.delivery + " is sent again.");
      }
    }
  }
}
