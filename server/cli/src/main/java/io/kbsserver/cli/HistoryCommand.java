package io.kbsserver.cli;

import io.kbsserver.history.HistoryEntry;
import io.kbsserver.history.HistoryService;
import io.kbsserver.list.Page;
import io.kbsserver.list.Window;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kbs-server history}: what has become of a ticket. */
@Command(
    name = "history",
    mixinStandardHelpOptions = true,
    description = {
      "Show what has become of a ticket: when, by whom, and which fields went from what",
      "to what, the oldest first; works while the server runs."
    },
    footer = {"", "Examples:", "  kbs-server history 42", "  kbs-server history KBS1003DE --json"})
final class HistoryCommand extends ListCommand<HistoryService> {
  private static final int AT_ONCE = 500;

  @Parameters(paramLabel = "TICKET", description = "Id or number of the ticket.")
  private String ticket;

  HistoryCommand(Session session) {
    super(session, HistoryService.class);
  }

  @Override
  String nothing() {
    return "Nothing is known of what has become of it.";
  }

  @Override
  ListOutput list(HistoryService history) {
    long id = TicketArgument.only(ticket, history);
    ListOutput listing =
        new ListOutput("at", "type", "object_id", "user", "application", "source", "changes");
    long page = 1;
    Page<HistoryEntry> some;
    do {
      some = history.all(id, new Window(page, AT_ONCE, null));
      some.items().forEach(entry -> add(listing, entry));
    } while (page++ < some.pages());
    return listing;
  }

  private static void add(ListOutput listing, HistoryEntry entry) {
    listing.add(
        entry.moment(),
        entry.type(),
        entry.objectId(),
        Objects.requireNonNullElse(entry.userName(), ""),
        Objects.requireNonNullElse(entry.application(), ""),
        entry.source(),
        entry.changes());
  }
}
