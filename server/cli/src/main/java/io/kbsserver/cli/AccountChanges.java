package io.kbsserver.cli;

import io.kbsserver.access.UserAccounts;
import io.kbsserver.storage.Database.Purpose;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands below {@code kbs-server user} that change a login that there is. */
final class AccountChanges {
  private AccountChanges() {}

  /** One of them, on one login. */
  private abstract static class OfOne extends BeanCommand<UserAccounts> {
    @Parameters(paramLabel = "LOGIN", description = "Who.")
    private String login;

    OfOne(Session session) {
      super(session, UserAccounts.class, Purpose.COMMAND_ON_EXISTING);
    }

    abstract String change(UserAccounts users, String login);

    @Override
    final void run(UserAccounts users, PrintStream out) {
      out.println(change(users, login));
    }
  }

  @Command(
      name = "change",
      mixinStandardHelpOptions = true,
      description = "Change a user's role, e-mail address or name.",
      footer = {
        "",
        "Example:",
        "  kbs-server user change jane --role support_manager --name 'Jane Doe'"
      })
  static final class Change extends OfOne {
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

    Change(Session session) {
      super(session);
    }

    @Override
    String change(UserAccounts users, String login) {
      users.change(login, what.email, what.name, what.role);
      return "Changed the user " + login + ".";
    }
  }

  @Command(
      name = "disable",
      mixinStandardHelpOptions = true,
      description = {
        "Let a user in no more, from the next request on.",
        "Passwords, roles and tickets stay; 'user enable' takes it back."
      })
  static final class Disable extends OfOne {
    Disable(Session session) {
      super(session);
    }

    @Override
    String change(UserAccounts users, String login) {
      users.setDisabled(login, true);
      return "Disabled the user " + login + ".";
    }
  }

  @Command(
      name = "enable",
      mixinStandardHelpOptions = true,
      description = "Let a user in again who was disabled.")
  static final class Enable extends OfOne {
    Enable(Session session) {
      super(session);
    }

    @Override
    String change(UserAccounts users, String login) {
      users.setDisabled(login, false);
      return "Enabled the user " + login + ".";
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
  static final class Delete extends OfOne {
    Delete(Session session) {
      super(session);
    }

    @Override
    String change(UserAccounts users, String login) {
      long tickets = users.dependents(login).assignedTickets();
      users.delete(login);
      return "Deleted the user "
          + login
          + (tickets == 0
              ? "."
              : "; tickets that were assigned to it and have nobody now: " + tickets + ".");
    }
  }
}
