package io.kbsserver.wordpress;

import java.sql.SQLException;
import java.util.List;

/** Notices what an earlier import brought and WordPress no longer has. It is kept and reported. */
final class GoneRows {

  private final ImportRun run;
  private final Kind kind;
  private long last;
  private long gone;

  GoneRows(ImportRun run, Kind kind) {
    this.run = run;
    this.kind = kind;
  }

  /** These are the next ids that are there, in ascending order and without any between them. */
  void seen(List<Long> ids) throws SQLException {
    if (!ids.isEmpty()) {
      long end = ids.get(ids.size() - 1);
      gone += run.writer().countGone(kind, last, end, ids);
      last = end;
    }
  }

  /** There are no more ids. */
  void end() throws SQLException {
    gone += run.writer().countGone(kind, last, Long.MAX_VALUE, List.of());
    if (gone > 0) {
      run.log()
          .problem(
              kind,
              0,
              gone
                  + (gone == 1 ? " is" : " are")
                  + " no longer in WordPress but came from there; kept as they are here");
    }
  }
}
