package io.kbsserver.cli;

import io.kbsserver.demo.DemoSite;
import io.kbsserver.demo.DemoSite.DemoLogin;
import io.kbsserver.demo.large.LargeSite;
import io.kbsserver.storage.Database.Purpose;
import io.kbsserver.storage.DatabaseSettings;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kbs-server demo}: makes a help desk of any size, to measure with. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Make a help desk of any size, to try things out and to measure with: tickets and",
      "replies over years, agents, customers, companies. The same number and seed make",
      "the same site. It is made in an empty database only: in the built-in one where",
      "serve --demo keeps its site, apart from a real one."
    },
    footer = {
      "",
      "Examples:",
      "  kbs-server demo --tickets 10000",
      "  KBS_DATABASE_URL=jdbc:mysql://db:3306/kbs_load KBS_DATABASE_USER=kbs \\",
      "    KBS_DATABASE_PASSWORD=secret kbs-server demo --tickets 1000000 \\",
      "    --into kbs_load"
    })
final class DemoCommand implements Callable<Integer> {
  private static final int MOST_TICKETS = 10_000_000;

  private final Session session;

  @Spec private CommandSpec spec;

  @Option(
      names = "--tickets",
      required = true,
      paramLabel = "N",
      description = "How many tickets; there are about twice as many replies.")
  private int tickets;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Any number; another one makes another site (${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--into",
      paramLabel = "DATABASE",
      description =
          "The database that KBS_DATABASE_URL names, once more: so that no other is filled by"
              + " mistake.")
  private @Nullable String into;

  DemoCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    if (tickets < 1 || tickets > MOST_TICKETS) {
      throw new ParameterException(
          spec.commandLine(),
          "--tickets is a number from 1 to " + ProgressLine.number(MOST_TICKETS));
    }
    checkTarget(DatabaseSettings.fromEnvironment(session.configuration().values()));
    ProgressLine line = new ProgressLine(session.terminal(), System::nanoTime);
    long begin = System.nanoTime();
    return session.run(
        Purpose.FILL_DEMO,
        Map.of(),
        (context, database) -> {
          try {
            context.getBean(LargeSite.class).fill(tickets, seed, line::stage);
          } finally {
            line.close();
          }
          DemoLogin login = context.getBean(DemoSite.class).prepare();
          PrintStream out = session.terminal().out();
          out.println(
              "Made "
                  + ProgressLine.number(tickets)
                  + " tickets in "
                  + database.description()
                  + ", in "
                  + ProgressLine.time(System.nanoTime() - begin)
                  + ".");
          out.println();
          out.println("  Login     " + login.login());
          out.println(
              "  Password  "
                  + ServeCommand.grouped(login.applicationPassword())
                  + "  (an application password)");
          out.println();
          out.println("Serve it: kbs-server serve --demo");
          return 0;
        });
  }

  /** A variable that is set for a real site would fill that one. */
  private void checkTarget(DatabaseSettings target) {
    String named = target.schema();
    if (named != null && !named.equals(into)) {
      throw new ParameterException(
          spec.commandLine(),
          DatabaseSettings.URL
              + " names the database "
              + named
              + ": add --into "
              + named
              + " if that one is to be filled");
    }
    if (named == null && into != null) {
      throw new ParameterException(
          spec.commandLine(), "--into is about " + DatabaseSettings.URL + ", which is not set");
    }
  }
}
