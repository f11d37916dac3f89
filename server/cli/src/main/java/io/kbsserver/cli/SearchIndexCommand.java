package io.kbsserver.cli;

import io.kbsserver.list.WordIndex;
import io.kbsserver.refusal.EndedStatement;
import io.kbsserver.storage.Database.Purpose;
import io.kbsserver.storage.StartupFailure;
import io.micronaut.data.exceptions.DataAccessException;
import java.io.PrintStream;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * {@code kbs-server search-index}: the index of words that searches in many tickets are fast by.
 */
@Command(
    name = "search-index",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Make or drop an index of the words of tickets; works while the server runs.",
      "Without it a search looks at the texts of all tickets, which takes too long",
      "where there are some hundred thousand. With it a word that few tickets have is",
      "found at once: by what it begins with, and not by what is inside of it."
    },
    footer = {"", "Examples:", "  kbs-server search-index show", "  kbs-server search-index make"})
final class SearchIndexCommand extends CommandGroup {

  /** The command with its subcommands. */
  static CommandLine with(Session session) {
    return new CommandLine(new SearchIndexCommand())
        .addSubcommand(new Show(session))
        .addSubcommand(new Make(session))
        .addSubcommand(new Drop(session));
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Say whether there is one.")
  private static final class Show extends BeanCommand<WordIndex> {
    Show(Session session) {
      super(session, WordIndex.class, Purpose.COMMAND_ON_EXISTING);
    }

    @Override
    void run(WordIndex index, PrintStream out) {
      out.println(
          index.shortestWord().isPresent()
              ? "There is an index of words: a search asks it for what few tickets have."
              : "There is none: a search looks at the texts of all tickets.");
    }
  }

  @Command(
      name = "make",
      mixinStandardHelpOptions = true,
      description = {
        "Make it. Meanwhile tickets are read, and not written: whoever changes one is",
        "told to try again. Servers that are running use it within a second."
      })
  private static final class Make extends BeanCommand<WordIndex> {
    Make(Session session) {
      super(session, WordIndex.class, Purpose.COMMAND_ON_EXISTING);
    }

    @Override
    void run(WordIndex index, PrintStream out) {
      out.println(unhindered(index::make) ? "Made." : "There is one already.");
    }
  }

  @Command(
      name = "drop",
      mixinStandardHelpOptions = true,
      description = "Drop it; searches that are running do without from then on.")
  private static final class Drop extends BeanCommand<WordIndex> {
    Drop(Session session) {
      super(session, WordIndex.class, Purpose.COMMAND_ON_EXISTING);
    }

    @Override
    void run(WordIndex index, PrintStream out) {
      out.println(unhindered(index::drop) ? "Dropped." : "There was none.");
    }
  }

  private static boolean unhindered(BooleanSupplier change) {
    try {
      return change.getAsBoolean();
    } catch (DataAccessException e) {
      if (EndedStatement.isCauseOf(e)) {
        throw new StartupFailure(
            "Somebody reads or changes tickets for long: nothing was done, try again later.");
      }
      throw e;
    }
  }
}
