package io.kbsserver.access;

import io.kbsserver.refusal.NotAllowed;
import io.kbsserver.refusal.NotFound;
import io.kbsserver.site.BuiltInStatus;
import io.kbsserver.site.CurrentSite;
import io.kbsserver.storage.Jdbc;
import io.kbsserver.storage.SqlCondition;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** Why somebody does not see what hangs on a ticket: it is hidden, or there is none. */
@Singleton
public class VisibleTicketList {

  private final Jdbc jdbc;
  private final CurrentSite settings;

  VisibleTicketList(Jdbc jdbc, CurrentSite settings) {
    this.jdbc = jdbc;
    this.settings = settings;
  }

  /** Refuses whoever does not see this ticket. */
  public void require(long id, Caller caller) {
    SqlCondition visible = Visibility.of(caller, settings.current()).on("t");
    List<Object> args = new ArrayList<>(visible.args());
    args.add(id);
    args.add(BuiltInStatus.DELETED);
    boolean seen =
        jdbc.first(
                "SELECT (" + visible.sql() + ") FROM ticket t WHERE t.id = ? AND t.status <> ?",
                args,
                row -> row.getBoolean(1))
            .orElseThrow(NotFound::ticket);
    if (!seen) {
      throw NotAllowed.toSeeTicket();
    }
  }
}
