package io.kbsserver.tickets;

import io.kbsserver.change.ChangeLog;
import io.kbsserver.change.Subject;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;

/** Adds the statuses of a site, and takes them away. */
@Singleton
public class StatusRegister {

  private final StatusRepository statuses;
  private final ChangeLog changes;

  StatusRegister(StatusRepository statuses, ChangeLog changes) {
    this.statuses = statuses;
    this.changes = changes;
  }

  /** From now on lists show this status, filters know it, and updates may set it. */
  @Transactional
  public void register(String slug, String label) {
    changes.changes(Subject.STATUS, slug);
    statuses.register(slug, label);
  }

  /** From now on this status is neither listed nor set; tickets in it stay in it. */
  @Transactional
  public boolean unregister(String slug) {
    changes.changes(Subject.STATUS, slug);
    return statuses.setUnregistered(slug) > 0;
  }
}
