package io.kbsserver.wordpress;

/**
 * What every part of one import needs.
 *
 * @param source the WordPress database
 * @param target the database that is filled
 * @param writer writes rows to it
 * @param log counts and complains
 * @param clock knows the site's zone
 */
record ImportRun(
    WordPressDatabase source,
    TargetDatabase target,
    BatchWriter writer,
    ImportLog log,
    SiteClock clock) {

  ImportRun(WordPressDatabase source, TargetDatabase target, ImportLog log, SiteClock clock) {
    this(source, target, new BatchWriter(target, log), log, clock);
  }
}
