package io.kbsserver.storage;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.jdbc.MySQL8JdbcCustomization;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.Task;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * Work that any of several servers does, each piece of it one at a time, by db-scheduler. A server
 * takes a job by changing the version of its row, which on a cluster of databases only one can; no
 * lock is held while it is done.
 */
@Singleton
public class Jobs {

  private static final String TABLE = "job";

  /** A server that has not been heard of for four of these is taken to be gone. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(3);

  private static final int MISSED_HEARTBEATS = 4;

  private final DataSource dataSource;
  private final Clock clock;

  Jobs(DataSource dataSource, Clock clock) {
    this.dataSource = DelegatingDataSource.unwrapDataSource(dataSource);
    this.clock = clock;
  }

  /** Does jobs, once it is started. */
  public Scheduler scheduler(Task<?> task, int threads, Duration polling, Duration patience) {
    return Scheduler.create(dataSource, task)
        .tableName(TABLE)
        .jdbcCustomization(new MySQL8JdbcCustomization(true))
        .threads(threads)
        .pollingInterval(polling)
        .heartbeatInterval(HEARTBEAT)
        .missedHeartbeatsLimit(MISSED_HEARTBEATS)
        .shutdownMaxWait(patience)
        .failureLogging(LogLevel.WARN, false)
        .clock(clock::instant)
        .build();
  }

  /** Says what is to be done, by whichever server. */
  public SchedulerClient client() {
    return SchedulerClient.Builder.create(dataSource)
        .tableName(TABLE)
        .jdbcCustomization(new MySQL8JdbcCustomization(true))
        .build();
  }
}
