package io.kbsserver.access;

import io.kbsserver.refusal.NotAllowed;
import io.kbsserver.refusal.NotFound;
import io.kbsserver.site.BuiltInStatus;
import io.kbsserver.site.CurrentSite;
import io.kbsserver.site.Site;
import io.kbsserver.storage.Jdbc;
import io.kbsserver.storage.SqlCondition;
import io.kbsserver.storage.TableCondition;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** Which tickets somebody sees, for all that hangs on tickets. */
@Singleton
public class VisibleTicketList {

  private final Jdbc jdbc;
  private final CurrentSite settings;

  VisibleTicketList(Jdbc jdbc, CurrentSite settings) {
    this.jdbc = jdbc;
    this.settings = settings;
  }

  /** Those of these tickets that the caller sees. */
  public List<Long> among(Collection<Long> ids, Caller caller) {
    return among(ids, Visibility.of(caller, settings.current()));
  }

  /** Whether the caller may reply to this ticket, if they see it. */
  public boolean mayReply(long id, Caller caller) {
    Site site = settings.current();
    return caller.isAgent(site) || !among(List.of(id), Visibility.toReply(caller, site)).isEmpty();
  }

  private List<Long> among(Collection<Long> ids, TableCondition these) {
    SqlCondition seen = SqlCondition.in("t.id", List.copyOf(ids)).and(these.onNamed("t"));
    return jdbc.query(
        "SELECT t.id FROM ticket t WHERE " + seen.sql(), seen.args(), row -> row.getLong("id"));
  }

  /** Whether the caller may reply to this ticket, and so add files to it. */
  public boolean isToReply(long id, Caller caller) {
    SqlCondition open =
        SqlCondition.of("t.id = ?", id)
            .and(Visibility.toReply(caller, settings.current()).onNamed("t"));
    return jdbc.number("SELECT COUNT(*) FROM ticket t WHERE " + open.sql(), open.args()) > 0;
  }

  /** Refuses whoever does not see this ticket, and tells whether there is one. */
  public void require(long id, Caller caller) {
    require(id, caller, NotAllowed::toSeeTicket);
  }

  /**
   * The same in the words of what hangs on it.
   *
   * @param hidden the refusal where there is a ticket, and the caller does not see it
   */
  public void require(long id, Caller caller, Supplier<NotAllowed> hidden) {
    SqlCondition visible = Visibility.of(caller, settings.current()).onNamed("t");
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
      throw hidden.get();
    }
  }
}
