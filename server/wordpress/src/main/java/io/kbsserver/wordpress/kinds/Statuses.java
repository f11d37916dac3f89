package io.kbsserver.wordpress.kinds;

import io.kbsserver.change.Subject;
import io.kbsserver.site.BuiltInStatus;
import io.kbsserver.wordpress.report.Kind;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sees to it that every status that a ticket has exists here.
 *
 * <p>Which of them a site has registered stands in no table of WordPress, so a status that is not
 * one of the four is kept with the ticket, but neither listed nor settable until it is registered
 * here.
 */
final class Statuses {

  private final ImportRun run;
  private final Set<String> known = new TreeSet<>();
  private final Set<String> met = new TreeSet<>();

  Statuses(ImportRun run) throws SQLException {
    this.run = run;
    known.addAll(
        run.target().query("SELECT slug FROM ticket_status", List.of(), row -> row.getString(1)));
    run.log().read(Kind.STATUS, 0);
  }

  void ensure(Collection<String> statuses) throws SQLException {
    for (String status : statuses) {
      if (!met.add(status)) {
        continue;
      }
      run.log().read(Kind.STATUS, 1);
      if (known.add(status)) {
        int position =
            (int) run.target().number("SELECT COALESCE(MAX(position), 0) + 10 FROM ticket_status");
        run.target().creates(Subject.STATUS, List.of(status));
        run.target()
            .update(
                "INSERT INTO ticket_status (slug, label, registered, assignable, position)"
                    + " VALUES (?, ?, FALSE, FALSE, ?)",
                status,
                label(status),
                position);
        run.target().commit();
        run.log().written(Kind.STATUS, 1);
      } else {
        run.log().unchanged(Kind.STATUS, 1);
      }
    }
  }

  private static String label(String status) {
    String words = status.replace('-', ' ').replace('_', ' ').strip();
    String label = words.isEmpty() ? "(none)" : words;
    return BuiltInStatus.OF_WORDPRESS.getOrDefault(
        status, label.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + label.substring(1));
  }
}
