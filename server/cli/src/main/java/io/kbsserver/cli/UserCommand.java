package io.kbsserver.cli;

import io.kbsserver.access.Role;
import io.kbsserver.access.UserAccounts;
import io.kbsserver.access.UserAccounts.Account;
import io.kbsserver.access.UserAccounts.Dependents;
import io.kbsserver.access.UserAccounts.PasswordInfo;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code kbs-server user}: logins and their application passwords. */
@Command(
    name = "user",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Manage logins and their application passwords; works while the server runs.",
      "Clients log in with HTTP Basic: the login, and one of its application passwords."
    },
    footer = {
      "",
      "Examples:",
      "  kbs-server user add jane --email jane@example.org --role support_agent \\",
      "    --name 'Jane Doe'",
      "  kbs-server user password jane --name 'billing system'",
      "  kbs-server user passwords jane",
      "  kbs-server user change jane --role support_manager --email j@example.org",
      "  kbs-server user import staff.csv",
      "  kbs-server user revoke jane --uuid 0b2ca2b8-3b1c-4b43-a5a4-6d9f3a0f9c11"
    })
final class UserCommand extends CommandGroup {
  static final String FIRST_PASSWORD = "first";

  /** The command with its subcommands. */
  static CommandLine with(Session session) {
    return new CommandLine(new UserCommand())
        .addSubcommand(new Add(session))
        .addSubcommand(new UserImportCommand(session))
        .addSubcommand(new ListUsers(session))
        .addSubcommand(new Show(session))
        .addSubcommand(new AccountChanges.ChangeUser(session))
        .addSubcommand(new AccountChanges.Disable(session))
        .addSubcommand(new AccountChanges.Enable(session))
        .addSubcommand(new AccountChanges.Delete(session))
        .addSubcommand(new PasswordCommands.Add(session))
        .addSubcommand(new PasswordCommands.ListPasswords(session))
        .addSubcommand(new PasswordCommands.Revoke(session));
  }

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = "Add a user, and print a first application password once.",
      footer = {
        "",
        "Example:",
        "  kbs-server user add jane --email jane@example.org --role support_agent"
      })
  private static final class Add extends BeanCommand<UserAccounts> {
    @Parameters(paramLabel = "LOGIN", description = "Name to log in with.")
    private String login;

    @Option(
        names = "--email",
        required = true,
        paramLabel = "E-MAIL",
        description = "E-mail address; it can be used to log in as well.")
    private String email;

    @Option(
        names = "--role",
        required = true,
        paramLabel = "ROLE",
        converter = RoleConverter.class,
        description = "administrator, support_manager, support_agent or support_customer.")
    private String role;

    @Option(
        names = "--name",
        paramLabel = "NAME",
        description = "Name that tickets show (the login).")
    private @Nullable String name;

    Add(Session session) {
      super(session, UserAccounts.class);
    }

    @Override
    void run(UserAccounts users, PrintStream out) {
      long id = users.add(login, email, name == null ? login : name, role);
      out.println("Added the user " + login + " (id " + id + ", " + role + ").");
      PasswordCommands.print(login, users.addPassword(login, FIRST_PASSWORD), out);
    }
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "List all users.")
  private static final class ListUsers extends ListCommand<UserAccounts> {
    ListUsers(Session session) {
      super(session, UserAccounts.class);
    }

    @Override
    ListOutput list(UserAccounts users) {
      ListOutput listing =
          new ListOutput("id", "login", "email", "name", "roles", "passwords", "disabled");
      for (Account account : users.list()) {
        listing.add(
            account.id(),
            account.login(),
            account.email(),
            account.displayName(),
            account.roles(),
            account.passwords(),
            account.disabled());
      }
      return listing;
    }

    @Override
    String nothing() {
      return "There are no users.";
    }
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Show a user, and what depends on it.")
  private static final class Show extends ListCommand<UserAccounts> {
    @Parameters(paramLabel = "LOGIN", description = "Who.")
    private String login;

    Show(Session session) {
      super(session, UserAccounts.class);
    }

    @Override
    ListOutput list(UserAccounts users) {
      Account account = users.account(login);
      Dependents dependents = users.dependents(login);
      ListOutput listing =
          new ListOutput(
              "id",
              "login",
              "email",
              "name",
              "roles",
              "disabled",
              "passwords",
              "customers",
              "assigned_tickets");
      listing.add(
          account.id(),
          account.login(),
          account.email(),
          account.displayName(),
          account.roles(),
          account.disabled(),
          users.passwords(login).stream().map(PasswordInfo::name).toList(),
          dependents.customers(),
          dependents.assignedTickets());
      return listing;
    }

    @Override
    void run(UserAccounts users, PrintStream out) {
      ListOutput listing = list(users);
      if (isJson()) {
        listing.jsonObject(terminal());
      } else {
        listing.lines(terminal());
      }
    }
  }

  /** Takes the roles of the help desk only. */
  static final class RoleConverter implements ITypeConverter<String> {
    @Override
    public String convert(String value) {
      if (!Role.OF_THE_HELP_DESK.contains(value)) {
        throw new TypeConversionException(
            "expected one of "
                + String.join(", ", Role.OF_THE_HELP_DESK)
                + " but was '"
                + value
                + "'");
      }
      return value;
    }
  }
}
