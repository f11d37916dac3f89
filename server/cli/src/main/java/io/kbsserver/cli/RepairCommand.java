package io.kbsserver.cli;

import io.kbsserver.repair.TableRepair;
import io.kbsserver.repair.TableRepair.Examined;
import io.kbsserver.storage.Database.Purpose;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** {@code kbs-server repair}: holds what is kept against what it follows from. */
@Command(
    name = "repair",
    mixinStandardHelpOptions = true,
    description = {
      "Find and mend what is kept beside the rows that it follows from and does not",
      "follow any more; works while the server runs. That is so where somebody has",
      "changed tables by hand or brought back some of them, and of texts where an",
      "older version has made other HTML of them: after an upgrade this makes it anew.",
      "Whoever follows the changes of tickets is told which are shown differently."
    },
    footer = {
      "",
      "Looked at are the numbers of tickets that terms have, the numbers of replies,",
      "revisions and positions in the log of changes, and what is shown and sorted by",
      "of the texts of tickets, replies, notes and articles.",
      "",
      "Exit codes: 0 all is right, or was mended, 1 failed, 2 not understood;",
      "3 with --check: something is wrong.",
      "",
      "Examples:",
      "  kbs-server repair --check",
      "  kbs-server repair"
    })
final class RepairCommand implements Callable<Integer> {
  private static final int WRONG = 3;

  private final Session session;

  @Option(names = "--check", description = "Only say what is wrong, and change nothing.")
  private boolean check;

  @Option(names = "--json", description = "Print JSON for programs.")
  private boolean json;

  RepairCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    ProgressLine line = new ProgressLine(session.terminal(), System::nanoTime);
    return session.run(
        Purpose.COMMAND_ON_EXISTING,
        Map.of(),
        (context, database) -> {
          try {
            return tell(context.getBean(TableRepair.class).run(!check, line::stage));
          } finally {
            line.close();
          }
        });
  }

  private int tell(List<Examined> findings) {
    ListOutput listing = new ListOutput("what", "wrong", "mended");
    findings.forEach(found -> listing.add(found.name(), found.wrong(), check ? 0 : found.wrong()));
    boolean wrong = findings.stream().anyMatch(found -> found.wrong() > 0);
    if (json) {
      listing.json(session.terminal());
    } else {
      listing.table(session.terminal());
      PrintStream out = session.terminal().out();
      out.println();
      out.println(
          !wrong
              ? "All is right."
              : check ? "Mend it with: kbs-server repair" : "All is right now.");
    }
    return check && wrong ? WRONG : ExitCode.OK;
  }
}
