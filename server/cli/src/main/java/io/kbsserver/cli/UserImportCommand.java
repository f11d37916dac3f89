package io.kbsserver.cli;

import io.kbsserver.access.AccountException;
import io.kbsserver.access.UserAccounts;
import io.kbsserver.access.UserAccounts.NewAccount;
import io.kbsserver.access.UserAccounts.NewPassword;
import io.kbsserver.storage.StartupFailure;
import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kbs-server user import}: many users from one file. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Add the users of a CSV file, all of them, or none where a line is wrong.",
      "Their first application passwords are printed once, as CSV."
    },
    footer = {
      "",
      "The file (UTF-8, with commas or semicolons) has a first line that names its",
      "columns: login, email, role, and name if you like.",
      "",
      "Example:",
      "  login,email,role,name",
      "  jane,jane@example.org,support_agent,Jane Doe",
      "",
      "  kbs-server user import staff.csv > passwords.csv"
    })
final class UserImportCommand extends BeanCommand<UserAccounts> {
  @Parameters(paramLabel = "FILE", description = "The CSV file; - is standard input.")
  private String file;

  @Option(
      names = "--without-passwords",
      description = "Make no passwords; 'user password' gives them later.")
  private boolean withoutPasswords;

  private List<NewAccount> accounts = List.of();

  UserImportCommand(Session session) {
    super(session, UserAccounts.class);
  }

  @Override
  public Integer call() throws Exception {
    accounts = UserFile.read(file, terminal().in());
    return super.call();
  }

  @Override
  void run(UserAccounts users, PrintStream out) {
    List<NewPassword> passwords;
    try {
      passwords = users.addAll(accounts, withoutPasswords ? null : UserCommand.FIRST_PASSWORD);
    } catch (AccountException e) {
      throw new StartupFailure(UserFile.wrong(file, String.valueOf(e.getMessage())), e);
    }
    if (!withoutPasswords) {
      out.println("login,application_password");
      for (int i = 0; i < accounts.size(); i++) {
        String login = UserFile.exported(accounts.get(i).login());
        out.println(login + "," + passwords.get(i).password());
      }
    }
    terminal().err().println("Added " + accounts.size() + " users.");
  }
}
