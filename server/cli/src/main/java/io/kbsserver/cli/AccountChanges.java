package io.kbsserver.cli;

import io.kbsserver.access.UserAccounts;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The commands below {@code kbs-server user} that change a login that there is. */
final class AccountChanges {
  private AccountChanges() {}

  @Command(
      name = "change",
      mixinStandardHelpOptions = true,
      description = "Change a user's role, e-mail address or name.",
      footer = {
        "",
        "Example:",
        "  kbs-server user change jane --role support_manager --name 'Jane Doe'"
      })
  static final class ChangeUser extends AccountCommand {
    @ArgGroup(exclusive = false, multiplicity = "1")
    private What what;

    /** At least one of them. */
    private static final class What {
      @Option(
          names = "--role",
          paramLabel = "ROLE",
          converter = UserCommand.RoleConverter.class,
          description = {
            "administrator, support_manager, support_agent or support_customer, in place of",
            "the one of these that the user has."
          })
      private @Nullable String role;

      @Option(names = "--email", paramLabel = "E-MAIL", description = "New e-mail address.")
      private @Nullable String email;

      @Option(names = "--name", paramLabel = "NAME", description = "New name that tickets show.")
      private @Nullable String name;
    }

    ChangeUser(Session session) {
      super(session);
    }

    @Override
    void run(UserAccounts users, String login, PrintStream out) {
      users.change(login, what.email, what.name, what.role);
      out.println("Changed the user " + login + ".");
    }
  }

  @Command(
      name = "disable",
      mixinStandardHelpOptions = true,
      description = {
        "Let a user in no more, from the next request on.",
        "Passwords, roles and tickets stay; 'user enable' takes it back."
      })
  static final class Disable extends AccountCommand {
    Disable(Session session) {
      super(session);
    }

    @Override
    void run(UserAccounts users, String login, PrintStream out) {
      users.setDisabled(login, true);
      out.println("Disabled the user " + login + ".");
    }
  }

  @Command(
      name = "enable",
      mixinStandardHelpOptions = true,
      description = "Let a user in again who was disabled.")
  static final class Enable extends AccountCommand {
    Enable(Session session) {
      super(session);
    }

    @Override
    void run(UserAccounts users, String login, PrintStream out) {
      users.setDisabled(login, false);
      out.println("Enabled the user " + login + ".");
    }
  }

  @Command(
      name = "delete",
      mixinStandardHelpOptions = true,
      description = {
        "Delete a user with roles and application passwords, for good.",
        "Tickets and replies stay and keep the user's id, which is nobody's then, as for",
        "users deleted in WordPress. A customer of the user stays, without a login."
      })
  static final class Delete extends AccountCommand {
    Delete(Session session) {
      super(session);
    }

    @Override
    void run(UserAccounts users, String login, PrintStream out) {
      long tickets = users.dependents(login).assignedTickets();
      users.delete(login);
      out.println(
          "Deleted the user "
              + login
              + (tickets == 0
                  ? "."
                  : "; tickets that were assigned to it and have nobody now: " + tickets + "."));
    }
  }
}
