package io.kbsserver.cli;

import io.kbsserver.storage.Database.Purpose;
import java.io.PrintStream;
import picocli.CommandLine.Option;

/**
 * A command that shows what there is.
 *
 * @param <T> the bean that knows
 */
abstract class ListCommand<T> extends BeanCommand<T> {
  @Option(names = "--json", description = "Print JSON for programs.")
  private boolean json;

  ListCommand(Session session, Class<T> type) {
    super(session, type, Purpose.COMMAND_ON_EXISTING);
  }

  abstract Listing list(T bean);

  /** What is said in place of an empty table. */
  String nothing() {
    return "There is nothing.";
  }

  @Override
  void run(T bean, PrintStream out) {
    Listing listing = list(bean);
    if (json) {
      listing.json(terminal());
    } else if (listing.isEmpty()) {
      out.println(nothing());
    } else {
      listing.table(terminal());
    }
  }

  final boolean isJson() {
    return json;
  }
}
