package io.kbsserver.health;

import io.kbsserver.storage.DatabaseWatch;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.core.util.StringUtils;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.inject.Singleton;

/** The database is watched where requests are served; a command does without. */
@Singleton
@Requires(property = "kbs.database.watched", notEquals = StringUtils.FALSE)
class WatchStart implements ApplicationEventListener<ServerStartupEvent> {

  private final DatabaseWatch watch;

  WatchStart(DatabaseWatch watch) {
    this.watch = watch;
  }

  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    watch.start();
  }
}
