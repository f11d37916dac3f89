package io.kbsserver.storage;

import com.zaxxer.hikari.HikariDataSource;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.core.order.Ordered;
import jakarta.inject.Singleton;
import javax.sql.DataSource;

/** Puts the watch before the pool. */
@Singleton
final class DataSourceGuard implements BeanCreatedEventListener<DataSource>, Ordered {
  private final DatabaseWatch watch;

  DataSourceGuard(DatabaseWatch watch) {
    this.watch = watch;
  }

  /** Before Micronaut makes its own of it. */
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @Override
  public DataSource onCreated(BeanCreatedEvent<DataSource> event) {
    if (event.getBean() instanceof HikariDataSource pool) {
      GuardedDataSource guarded = new GuardedDataSource(pool, watch);
      watch.guards(guarded);
      return guarded;
    }
    return event.getBean();
  }
}
