package io.kbsserver.cli;

import io.kbsserver.access.UserAccounts;
import io.kbsserver.access.UserAccounts.NewPassword;
import io.kbsserver.access.UserAccounts.PasswordInfo;
import io.kbsserver.storage.StartupFailure;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands below {@code kbs-server user} that are about application passwords. */
final class PasswordCommands {
  private static final String LATER_PASSWORD = "command line";

  private PasswordCommands() {}

  @Command(
      name = "password",
      mixinStandardHelpOptions = true,
      description = "Give a user a new application password, and print it once; others stay valid.")
  static final class Add extends AccountCommand {
    @Option(
        names = "--name",
        paramLabel = "NAME",
        defaultValue = LATER_PASSWORD,
        description = "What it is for ('${DEFAULT-VALUE}').")
    private String name;

    Add(Session session) {
      super(session);
    }

    @Override
    void run(UserAccounts users, String login, PrintStream out) {
      print(login, users.addPassword(login, name), out);
    }
  }

  @Command(
      name = "passwords",
      mixinStandardHelpOptions = true,
      description = "List a user's application passwords, without their secrets.")
  static final class ListPasswords extends ListCommand<UserAccounts> {
    @Parameters(paramLabel = "LOGIN", description = "Whose.")
    private String login;

    ListPasswords(Session session) {
      super(session, UserAccounts.class);
    }

    @Override
    ListOutput list(UserAccounts users) {
      ListOutput listing = new ListOutput("uuid", "created", "name");
      for (PasswordInfo password : users.passwords(login)) {
        listing.add(password.uuid(), password.created() + "Z", password.name());
      }
      return listing;
    }

    @Override
    String nothing() {
      return "The user " + login + " has no application password.";
    }
  }

  @Command(
      name = "revoke",
      mixinStandardHelpOptions = true,
      description = "Take application passwords away; they stop working at once.")
  static final class Revoke extends AccountCommand {
    @ArgGroup(multiplicity = "1")
    private Which which;

    /** One of them, or all. */
    private static final class Which {
      @Option(
          names = "--uuid",
          paramLabel = "UUID",
          description = "The one with this uuid, as 'user passwords' shows it.")
      private @Nullable String uuid;

      @Option(names = "--all", description = "All of them.")
      private boolean all;
    }

    Revoke(Session session) {
      super(session);
    }

    @Override
    void run(UserAccounts users, String login, PrintStream out) {
      int revoked = users.revoke(login, which.all ? null : which.uuid);
      if (revoked == 0 && !which.all) {
        throw new StartupFailure(
            "The user " + login + " has no application password with the uuid " + which.uuid);
      }
      out.println(
          revoked == 1
              ? "Revoked 1 application password."
              : "Revoked " + revoked + " application passwords.");
    }
  }

  /** Shows a new one, which nobody can show again. */
  static void print(String login, NewPassword password, PrintStream out) {
    out.println("A new application password for " + login + ", shown only now:");
    out.println();
    out.println("  " + ServeCommand.grouped(password.password()));
    out.println();
    out.println("The spaces do not matter.");
  }
}
