package io.kbsserver.wordpress;

import io.kbsserver.storage.StartupFailure;
import io.kbsserver.wordpress.destination.Ids;
import io.kbsserver.wordpress.destination.TargetDatabase;
import io.kbsserver.wordpress.destination.TermRecount;
import io.kbsserver.wordpress.kinds.ArticleImport;
import io.kbsserver.wordpress.kinds.AttachmentImport;
import io.kbsserver.wordpress.kinds.CompanyImport;
import io.kbsserver.wordpress.kinds.CustomerImport;
import io.kbsserver.wordpress.kinds.FileCopy;
import io.kbsserver.wordpress.kinds.FormFieldImport;
import io.kbsserver.wordpress.kinds.FormImport;
import io.kbsserver.wordpress.kinds.ImportRun;
import io.kbsserver.wordpress.kinds.ImportedTables;
import io.kbsserver.wordpress.kinds.LogEntryImport;
import io.kbsserver.wordpress.kinds.NoteImport;
import io.kbsserver.wordpress.kinds.ReplyImport;
import io.kbsserver.wordpress.kinds.SettingsImport;
import io.kbsserver.wordpress.kinds.TermImport;
import io.kbsserver.wordpress.kinds.TermLinks;
import io.kbsserver.wordpress.kinds.TicketImport;
import io.kbsserver.wordpress.kinds.UserImport;
import io.kbsserver.wordpress.report.ImportException;
import io.kbsserver.wordpress.report.ImportLog;
import io.kbsserver.wordpress.report.ImportProgress;
import io.kbsserver.wordpress.report.ImportReport;
import io.kbsserver.wordpress.report.Kind;
import io.kbsserver.wordpress.source.ImportSource;
import io.kbsserver.wordpress.source.OpenUploads;
import io.kbsserver.wordpress.source.PluginVersion;
import io.kbsserver.wordpress.source.SiteClock;
import io.kbsserver.wordpress.source.SiteKeys;
import io.kbsserver.wordpress.source.SiteUsers;
import io.kbsserver.wordpress.source.UploadsFolder;
import io.kbsserver.wordpress.source.WordPressDatabase;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the help desk of a WordPress site over: settings, users, terms, companies, customers,
 * tickets, replies, notes and attachments, under the ids that they have there.
 *
 * <p>It may run again at any time, and after it was interrupted: it brings what is new or has
 * changed in WordPress, and leaves alone what has been changed here.
 */
@Singleton
public class WordPressImport {

  private static final Logger LOG = LoggerFactory.getLogger(WordPressImport.class);

  private final DataSource dataSource;
  private final Clock clock;

  /** Into the database that the server uses. */
  public WordPressImport(DataSource dataSource, Clock clock) {
    // Transactions are handled here, a batch each, and not by the framework.
    this.dataSource = DelegatingDataSource.unwrapDataSource(dataSource);
    this.clock = clock;
  }

  /** Runs an import, as {@link #run(ImportSource, ImportOptions, ImportProgress)} does. */
  public ImportReport run(ImportSource source, ImportProgress progress) {
    return run(source, ImportOptions.DEFAULT, progress);
  }

  /**
   * Runs an import.
   *
   * @param source the WordPress database, of which nothing is changed
   * @param options what the operator decides
   * @param progress is told how it gets on
   * @return what was done
   * @throws ImportException if it cannot start or go on
   */
  public ImportReport run(ImportSource source, ImportOptions options, ImportProgress progress) {
    ImportLog log = new ImportLog(progress, options.strict());
    try (WordPressDatabase wordPress = WordPressDatabase.open(source);
        Connection connection = dataSource.getConnection()) {
      boolean autoCommit = connection.getAutoCommit();
      connection.setAutoCommit(false);
      // The database itself sees to it that a dry run writes nothing.
      connection.setReadOnly(options.dryRun());
      try {
        run(wordPress, new TargetDatabase(connection, options.dryRun(), clock), log, options);
      } finally {
        if (connection.isValid(1)) {
          connection.rollback();
          connection.setReadOnly(false);
          connection.setAutoCommit(autoCommit);
        }
      }
    } catch (SQLException e) {
      LOG.debug("The import failed", e);
      throw new ImportException(
          "The import stopped, since the database of KBS Server answered: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("an error")
              + "; run it again to go on.",
          e);
    }
    return log.report();
  }

  private void run(
      WordPressDatabase wordPress, TargetDatabase target, ImportLog log, ImportOptions options)
      throws SQLException {
    // First what may stop it, before anything is written.
    SiteKeys keys = SiteKeys.find(wordPress);
    SiteUsers users = SiteUsers.find(wordPress, keys, log);
    users.include(usersBrought(target));
    tellOfTheSource(wordPress, log);
    if (!options.acceptDeletions()) {
      SameSite.require(wordPress, target);
    }
    Ids ids = new Ids(target, wordPress, ImportedTables.BY_KIND);
    Deletions deletions = new Deletions(wordPress, target, ids, log, options);
    deletions.find();
    SiteClock siteClock = new SiteClock(new SettingsImport(wordPress, target, log, clock).run());
    ImportRun run = new ImportRun(wordPress, target, ids, log, siteClock);
    Continuation continuation = new Continuation(run);
    continuation.reserveIds();
    deletions.apply();
    new UserImport(run, keys, users).run();
    TermLinks terms = new TermImport(run).run();
    new CompanyImport(run).run();
    new CustomerImport(run).run();
    new TicketImport(run, terms).run();
    new ReplyImport(run, terms).run();
    new NoteImport(run).run();
    new LogEntryImport(run).run();
    List<FileCopy.Wanted> files = new AttachmentImport(run).run();
    new FormImport(run).run();
    new FormFieldImport(run).run();
    new ArticleImport(run, terms).run();
    deletions.finish();
    new TermRecount(target).run();
    continuation.finish();
    target.renewStatistics();
    // Last, since it may take hours: nothing more is asked of the source.
    copy(files, run, options.files());
    if (options.asksOldSite()) {
      OpenUploads.among(files.stream().map(file -> file.place().address()).toList())
          .ifPresent(
              address ->
                  log.information(
                      Kind.FILE,
                      0,
                      "the old site gives files to anybody, without a login (CVE-2024-13604), such"
                          + " as "
                          + address
                          + "; close that folder when all are copied"));
    }
  }

  private static void copy(List<FileCopy.Wanted> files, ImportRun run, @Nullable FileSource source)
      throws SQLException {
    if (source == null) {
      if (!files.isEmpty()) {
        run.log()
            .information(
                Kind.FILE,
                0,
                files.size() + " were not copied; --uploads names the folder that has them");
      }
      return;
    }
    try {
      UploadsFolder uploads = new UploadsFolder(source.uploads(), run.source().site());
      new FileCopy(run, uploads, source.store()).run(files);
    } catch (IOException e) {
      throw new ImportException(
          "Files cannot be copied: " + StartupFailure.oneLine(e) + "; run it again, it goes on.",
          e);
    }
  }

  private static List<Long> usersBrought(TargetDatabase target) throws SQLException {
    return target.query(
        "SELECT COALESCE(a.source_id, i.id) FROM imported i LEFT JOIN imported_as a"
            + " ON a.kind = i.kind AND a.id = i.id WHERE i.kind = 'user'",
        List.of(),
        row -> row.getLong(1));
  }

  private static void tellOfTheSource(WordPressDatabase wordPress, ImportLog log) {
    PluginVersion.remark(wordPress.option("kbs_version"))
        .ifPresent(remark -> log.information(Kind.SETTING, 0, remark));
    for (String column : wordPress.tables().absentColumns()) {
      log.information(Kind.SETTING, 0, "this site's tables have no " + column + "; taken as empty");
    }
    wordPress.doubtfulTexts().forEach(text -> log.problem(Kind.SETTING, 0, text));
  }
}
