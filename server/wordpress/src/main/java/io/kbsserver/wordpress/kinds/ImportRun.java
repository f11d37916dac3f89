package io.kbsserver.wordpress.kinds;

import io.kbsserver.wordpress.destination.BatchWriter;
import io.kbsserver.wordpress.destination.Ids;
import io.kbsserver.wordpress.destination.TargetDatabase;
import io.kbsserver.wordpress.report.ImportLog;
import io.kbsserver.wordpress.source.SiteClock;
import io.kbsserver.wordpress.source.SourceRows;
import io.kbsserver.wordpress.source.WordPressDatabase;

/**
 * What every part of one import needs.
 *
 * @param source the WordPress database
 * @param target the database that is filled
 * @param ids knows which id something of WordPress has here
 * @param writer writes rows to it
 * @param log counts and complains
 * @param clock knows the site's zone
 */
public record ImportRun(
    WordPressDatabase source,
    TargetDatabase target,
    Ids ids,
    BatchWriter writer,
    ImportLog log,
    SiteClock clock) {

  public ImportRun(
      WordPressDatabase source, TargetDatabase target, Ids ids, ImportLog log, SiteClock clock) {
    this(
        source, target, ids, new BatchWriter(target, new SourceRows(source), ids, log), log, clock);
  }
}
