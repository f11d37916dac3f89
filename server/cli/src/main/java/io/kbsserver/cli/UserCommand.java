package io.kbsserver.cli;

import io.kbsserver.access.Role;
import io.kbsserver.access.UserAccounts;
import io.kbsserver.access.UserAccounts.Account;
import io.kbsserver.access.UserAccounts.Dependents;
import io.kbsserver.access.UserAccounts.NewPassword;
import io.kbsserver.access.UserAccounts.PasswordInfo;
import io.kbsserver.storage.Database.Purpose;
import io.kbsserver.storage.StartupFailure;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
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
final class UserCommand implements Runnable {
  static final String FIRST_PASSWORD = "first";
  private static final String LATER_PASSWORD = "command line";

  @Spec private CommandSpec spec;

  /** The command with its subcommands. */
  static CommandLine with(Session session) {
    return new CommandLine(new UserCommand())
        .addSubcommand(new Add(session))
        .addSubcommand(new UserImportCommand(session))
        .addSubcommand(new ListUsers(session))
        .addSubcommand(new Show(session))
        .addSubcommand(new AccountChanges.Change(session))
        .addSubcommand(new AccountChanges.Disable(session))
        .addSubcommand(new AccountChanges.Enable(session))
        .addSubcommand(new AccountChanges.Delete(session))
        .addSubcommand(new AddPassword(session))
        .addSubcommand(new ListPasswords(session))
        .addSubcommand(new Revoke(session));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "A command is missing");
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
      print(login, users.addPassword(login, FIRST_PASSWORD), out);
    }
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "List all users.")
  private static final class ListUsers extends ListCommand<UserAccounts> {
    ListUsers(Session session) {
      super(session, UserAccounts.class);
    }

    @Override
    Listing list(UserAccounts users) {
      Listing listing =
          new Listing("id", "login", "email", "name", "roles", "passwords", "disabled");
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
    Listing list(UserAccounts users) {
      Account account = users.account(login);
      Dependents dependents = users.dependents(login);
      Listing listing =
          new Listing(
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
      Listing listing = list(users);
      if (isJson()) {
        listing.jsonObject(terminal());
      } else {
        listing.lines(terminal());
      }
    }
  }

  @Command(
      name = "password",
      mixinStandardHelpOptions = true,
      description = "Give a user a new application password, and print it once; others stay valid.")
  private static final class AddPassword extends BeanCommand<UserAccounts> {
    @Parameters(paramLabel = "LOGIN", description = "Whose.")
    private String login;

    @Option(
        names = "--name",
        paramLabel = "NAME",
        defaultValue = LATER_PASSWORD,
        description = "What it is for ('${DEFAULT-VALUE}').")
    private String name;

    AddPassword(Session session) {
      super(session, UserAccounts.class, Purpose.COMMAND_ON_EXISTING);
    }

    @Override
    void run(UserAccounts users, PrintStream out) {
      print(login, users.addPassword(login, name), out);
    }
  }

  @Command(
      name = "passwords",
      mixinStandardHelpOptions = true,
      description = "List a user's application passwords, without their secrets.")
  private static final class ListPasswords extends ListCommand<UserAccounts> {
    @Parameters(paramLabel = "LOGIN", description = "Whose.")
    private String login;

    ListPasswords(Session session) {
      super(session, UserAccounts.class);
    }

    @Override
    Listing list(UserAccounts users) {
      Listing listing = new Listing("uuid", "created", "name");
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
  private static final class Revoke extends BeanCommand<UserAccounts> {
    @Parameters(paramLabel = "LOGIN", description = "Whose.")
    private String login;

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
      super(session, UserAccounts.class, Purpose.COMMAND_ON_EXISTING);
    }

    @Override
    void run(UserAccounts users, PrintStream out) {
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

  private static void print(String login, NewPassword password, PrintStream out) {
    out.println("A new application password for " + login + ", shown only now:");
    out.println();
    out.println("  " + ServeCommand.grouped(password.password()));
    out.println();
    out.println("The spaces do not matter.");
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
