package io.kbsserver.cli;

import io.kbsserver.access.UserAccounts;
import io.kbsserver.storage.Database.Purpose;
import java.io.PrintStream;
import picocli.CommandLine.Parameters;

/** A command that changes one login that there is. */
abstract class AccountCommand extends BeanCommand<UserAccounts> {
  @Parameters(paramLabel = "LOGIN", description = "Whose.")
  private String login;

  AccountCommand(Session session) {
    super(session, UserAccounts.class, Purpose.COMMAND_ON_EXISTING);
  }

  abstract void run(UserAccounts users, String login, PrintStream out);

  @Override
  final void run(UserAccounts users, PrintStream out) {
    run(users, login, out);
  }
}
