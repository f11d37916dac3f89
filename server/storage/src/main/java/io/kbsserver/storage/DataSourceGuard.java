package io.kbsserver.storage;

import com.zaxxer.hikari.HikariDataSource;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.core.order.Ordered;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Puts the watch and the timer before the pool. */
@Singleton
final class DataSourceGuard implements BeanCreatedEventListener<DataSource>, Ordered {
  private final DatabaseWatch watch;
  private final StatementTimer timer;

  DataSourceGuard(DatabaseWatch watch, StatementTimer timer) {
    this.watch = watch;
    this.timer = timer;
  }

  /** Before Micronaut makes its own of it. */
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @Override
  public DataSource onCreated(BeanCreatedEvent<DataSource> event) {
    if (event.getBean() instanceof HikariDataSource pool) {
      allowForSlowConnecting(pool);
      GuardedDataSource guarded = new GuardedDataSource(pool, watch, timer);
      watch.guards(guarded);
      return guarded;
    }
    return event.getBean();
  }

  /**
   * Who waits gives up long before: the connection is for those who come next. The pool would end
   * the connecting with the waiting, in the driver's manager and so for all that connect.
   */
  private static void allowForSlowConnecting(HikariDataSource pool) {
    try {
      int seconds = (int) DatabaseProbe.CALM_CONNECT_PATIENCE.toSeconds();
      pool.setLoginTimeout(Math.max(seconds, pool.getLoginTimeout()));
    } catch (SQLException e) {
      throw new IllegalStateException("The driver's manager takes no time-out", e);
    }
  }
}
