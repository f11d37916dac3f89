package io.kbsserver.wordpress;

import io.kbsserver.change.Subject;
import io.kbsserver.site.Setting;
import io.kbsserver.wordpress.destination.TargetDatabase;
import io.kbsserver.wordpress.kinds.ImportRun;
import io.kbsserver.wordpress.report.Kind;
import io.kbsserver.wordpress.source.WordPressDatabase;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sees to it that what is made here from now on goes on where WordPress stopped. */
final class Continuation {

  private static final int TICKETS_PER_STATEMENT = 5_000;

  private final ImportRun run;

  Continuation(ImportRun run) {
    this.run = run;
  }

  /**
   * Makes new ids begin above those of WordPress. Before anything is brought over, so that a server
   * that runs meanwhile takes none of them.
   */
  void reserveIds() throws SQLException {
    WordPressDatabase source = run.source();
    run.target().raiseNextId("post", source.nextId("posts", "ID"));
    run.target().raiseNextId("customer_id", source.nextId("kbs_customers", "id"));
    run.target().raiseNextId("app_user", source.nextId("users", "ID"));
    run.target().raiseNextId("ticket_note", source.nextId("comments", "comment_ID"));
    run.target().raiseNextId("term", source.nextId("terms", "term_id"));
  }

  /** Counts replies and continues the numbers, once everything is there. */
  void finish() throws SQLException {
    if (run.target().isDryRun()) {
      return;
    }
    countReplies();
    reportSharedNumbers();
    continueNumbers();
  }

  private void countReplies() throws SQLException {
    TargetDatabase target = run.target();
    long from = 0;
    while (true) {
      long to =
          target.number(
              "SELECT MAX(id) FROM (SELECT id FROM ticket WHERE id > ? ORDER BY id LIMIT "
                  + TICKETS_PER_STATEMENT
                  + ") some",
              from);
      if (to == 0) {
        return;
      }
      correctReplies(from, to);
      target.commit();
      from = to;
    }
  }

  /**
   * As for terms: whoever replies changes both sides at once, and by how much they differ stays.
   */
  private void correctReplies(long after, long to) throws SQLException {
    run.target().lockRecounts();
    List<List<Object>> miscounted =
        run.target()
            .query(
                "SELECT COALESCE(r.replies, 0) - t.reply_count, t.id FROM ticket t"
                    + " LEFT JOIN (SELECT ticket_id, COUNT(*) AS replies FROM reply"
                    + " WHERE status = 'publish' AND ticket_id > ? AND ticket_id <= ?"
                    + " GROUP BY ticket_id) r ON r.ticket_id = t.id"
                    + " WHERE t.id > ? AND t.id <= ? AND t.reply_count <> COALESCE(r.replies, 0)"
                    + " ORDER BY t.id",
                List.of(after, to, after, to),
                row -> List.<Object>of(row.getLong(1), row.getLong(2)));
    run.target().changes(Subject.TICKET, miscounted.stream().map(row -> row.get(1)).toList());
    run.target()
        .updateEach("UPDATE ticket SET reply_count = reply_count + ? WHERE id = ?", miscounted);
  }

  private void reportSharedNumbers() throws SQLException {
    List<String> shared =
        run.target()
            .query(
                "SELECT number, MIN(id), COUNT(*) FROM ticket WHERE number IS NOT NULL"
                    + " GROUP BY number HAVING COUNT(*) > 1 LIMIT 1000",
                List.of(),
                row -> {
                  run.log()
                      .information(
                          Kind.TICKET,
                          row.getLong(2),
                          "its number, "
                              + row.getString(1)
                              + ", is that of "
                              + (row.getLong(3) - 1)
                              + " other tickets as well");
                  return row.getString(1);
                });
    if (shared.size() == 1000) {
      run.log().information(Kind.TICKET, 0, "and there are more tickets with the same number");
    }
    run.target().commit();
  }

  private void continueNumbers() throws SQLException {
    Map<String, String> settings = new HashMap<>();
    run.target()
        .query(
            "SELECT name, value FROM site_setting",
            List.of(),
            row -> settings.put(row.getString(1), row.getString(2)));
    String prefix = Setting.TICKET_PREFIX.in(settings);
    String suffix = Setting.TICKET_SUFFIX.in(settings);
    long last = lastNumber(Setting.SEQUENTIAL_START.in(settings));
    if (isTaken(prefix + (last + 1) + suffix)) {
      long highest = highest(prefix, suffix);
      run.log()
          .information(
              Kind.TICKET,
              0,
              "the next number would be "
                  + prefix
                  + (last + 1)
                  + suffix
                  + ", which a ticket has already; the next one is "
                  + prefix
                  + (highest + 1)
                  + suffix);
      last = highest;
    }
    // Never back: tickets may have been numbered here since the last import.
    run.target()
        .update(
            "UPDATE ticket_sequence SET last_number = ? WHERE id = 1 AND last_number < ?",
            last,
            last);
    run.target().commit();
  }

  private long lastNumber(long start) {
    String option = run.source().option("kbs_last_ticket_number");
    String digits = option == null ? "" : option.replaceAll("[^0-9]", "");
    if (digits.matches("[0-9]{1,18}")) {
      return Long.parseLong(digits);
    }
    run.log()
        .information(
            Kind.SETTING, 0, "the last ticket number is not known; numbers begin with " + start);
    return start - 1;
  }

  private boolean isTaken(String number) throws SQLException {
    // Tickets that were made here got their numbers from the sequence, which never goes back.
    return run.target()
            .number(
                "SELECT COUNT(*) FROM ticket t JOIN imported i ON i.kind = 'ticket' AND i.id = t.id"
                    + " WHERE t.number = ?",
                number)
        > 0;
  }

  private long highest(String prefix, String suffix) throws SQLException {
    Pattern pattern =
        Pattern.compile(
            Pattern.quote(prefix) + "([0-9]{1,18})" + Pattern.quote(suffix),
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    long highest = 0;
    String after = "";
    while (true) {
      List<String> numbers =
          run.target()
              .query(
                  "SELECT number FROM ticket WHERE number > ? GROUP BY number"
                      + " ORDER BY number LIMIT 5000",
                  List.of(after),
                  row -> row.getString(1));
      if (numbers.isEmpty()) {
        return highest;
      }
      for (String number : numbers) {
        Matcher matcher = pattern.matcher(number);
        if (matcher.matches()) {
          highest = Math.max(highest, Long.parseLong(matcher.group(1)));
        }
      }
      after = numbers.get(numbers.size() - 1);
    }
  }
}
