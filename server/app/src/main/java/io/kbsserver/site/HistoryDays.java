package io.kbsserver.site;

import io.kbsserver.change.KeptHistory;
import jakarta.inject.Singleton;

/** The site says for how long its changes are kept. */
@Singleton
class HistoryDays implements KeptHistory {

  private final CurrentSite settings;

  HistoryDays(CurrentSite settings) {
    this.settings = settings;
  }

  @Override
  public long days() {
    return settings.current().get(Setting.HISTORY_DAYS);
  }
}
