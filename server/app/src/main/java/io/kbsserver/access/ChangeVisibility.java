package io.kbsserver.access;

import io.kbsserver.site.BuiltInStatus;
import io.kbsserver.site.Setting;
import io.kbsserver.site.Site;
import io.kbsserver.storage.JsonText;
import io.kbsserver.storage.SqlCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What of the log of changes a caller sees, as conditions of the statement that reads it. Whether
 * something is seen is a matter of what it is like now, whether it was seen before a change of what
 * stands with the change.
 */
public final class ChangeVisibility {

  /**
   * What the conditions are about: rows of the log, each with what hangs on a ticket, as far as
   * that is there still. {@code :rows} stands for the rows that are looked at.
   */
  public static final String TABLES =
      """
      :rows l
      LEFT JOIN ticket_note n ON l.kind = 'note' AND n.id = CAST(l.subject_id AS SIGNED)
      LEFT JOIN attachment x ON l.kind = 'file' AND x.id = CAST(l.subject_id AS SIGNED)
      LEFT JOIN reply r ON r.id = CASE l.kind
        WHEN 'reply' THEN CAST(l.subject_id AS SIGNED) WHEN 'file' THEN x.reply_id END
      """;

  /** What all answers depend on. */
  private static final List<Setting<?>> SHOWN =
      List.of(
          Setting.TIME_ZONE,
          Setting.ENABLE_SEQUENTIAL,
          Setting.ENABLE_DEPARTMENTS,
          Setting.MULTIPLE_AGENTS);

  private ChangeVisibility() {}

  /** That what was changed is there, and the caller sees it. */
  public static SqlCondition seen(Caller caller, Site site) {
    return ofVisibleTicket(
        caller,
        site,
        SqlCondition.any(
            List.of(
                SqlCondition.of("l.kind = 'ticket'"),
                SqlCondition.of("l.kind = 'reply' AND r.id IS NOT NULL")
                    .and(publicEnough("r.status", caller, site)),
                SqlCondition.of("l.kind = 'file' AND x.id IS NOT NULL")
                    .and(FileVisibility.of(caller, site)),
                caller.isAgent(site)
                    ? SqlCondition.of("l.kind = 'note' AND n.id IS NOT NULL")
                    : SqlCondition.NEVER)));
  }

  /**
   * That this holds, and the caller sees the ticket that it belongs to. Tickets are not joined,
   * since MySQL 8.0 crashes where it has to tell, beside the rows, whether a null is in what a
   * statement finds.
   */
  private static SqlCondition ofVisibleTicket(Caller caller, Site site, SqlCondition condition) {
    SqlCondition ticket =
        SqlCondition.of("t.id = l.ticket_id")
            .and(Visibility.of(caller, site).on("t"))
            .and(condition);
    return new SqlCondition(
        "EXISTS (SELECT 1 FROM ticket t WHERE " + ticket.sql() + ")", ticket.args());
  }

  /**
   * That the caller saw it before the change, which matters where they do not see it any more. What
   * hangs on a ticket that is out of sight is gone with that, and what came with a reply with the
   * reply.
   */
  public static SqlCondition wasSeen(Caller caller, Site site) {
    SqlCondition onTheTicket =
        SqlCondition.any(
            List.of(
                SqlCondition.of("l.kind = 'reply' AND l.action <> 'created'")
                    .and(publicEnough("COALESCE(" + from("status") + ", r.status)", caller, site)),
                SqlCondition.of("l.kind = 'file' AND l.action = 'deleted' AND x.id IS NULL")
                    .and(ofReplyInSight(caller, site)),
                caller.isAgent(site)
                    ? SqlCondition.of("l.kind = 'note' AND l.action = 'deleted' AND n.id IS NULL")
                    : SqlCondition.NEVER));
    return SqlCondition.any(
        List.of(ticketWasSeen(caller, site), ofVisibleTicket(caller, site, onTheTicket)));
  }

  /** That it is a ticket, and the caller saw it before the change. */
  private static SqlCondition ticketWasSeen(Caller caller, Site site) {
    return SqlCondition.of("l.kind = 'ticket' AND l.sight IS NOT NULL")
        .and(Visibility.before(caller, site).on("l"));
  }

  /** That it is a ticket that the caller did not see before the change, though it was there. */
  public static SqlCondition wasHidden(Caller caller, Site site) {
    return SqlCondition.of("l.kind = 'ticket' AND l.action <> 'created' AND l.sight IS NOT NULL")
        .and(settled(ticketWasSeen(caller, site)).not());
  }

  /**
   * That the change made the caller see other things, or the same things otherwise, without any of
   * these being changed: whoever keeps a copy of them begins anew.
   */
  public static SqlCondition turnedSight(Caller caller, Site site) {
    List<SqlCondition> any = new ArrayList<>();
    any.add(
        SqlCondition.of(
            "l.kind = 'user' AND l.subject_id = ? AND l.action <> 'created' AND (l.fields IS NULL"
                + " OR JSON_EXTRACT(l.fields, '$.roles') IS NOT NULL"
                + " OR JSON_EXTRACT(l.fields, '$.email') IS NOT NULL)",
            String.valueOf(caller.userId())));
    List<Setting<?>> settings = new ArrayList<>(SHOWN);
    if (!caller.isTicketAdmin(site)) {
      settings.addAll(List.of(Setting.RESTRICT_AGENT_VIEW, Setting.ENABLE_PARTICIPANTS));
    }
    if (caller.roles().contains(Role.ADMINISTRATOR)) {
      settings.add(Setting.ADMIN_AGENTS);
    }
    any.add(
        SqlCondition.of("l.kind = 'setting'")
            .and(SqlCondition.in("l.subject_id", settings.stream().map(Setting::name).toList())));
    if (!caller.isAgent(site)) {
      any.addAll(ofCustomer(caller));
    } else if (!caller.isTicketAdmin(site)) {
      String agents = "JSON_CONTAINS(l.fields, ?, '$.agents.%s')";
      String user = String.valueOf(caller.userId());
      any.add(
          SqlCondition.of("l.kind = 'term'")
              .and(
                  SqlCondition.any(
                      Stream.of("from", "to")
                          .map(side -> SqlCondition.of(agents.formatted(side), user))
                          .toList())));
    }
    return SqlCondition.any(any);
  }

  /** What a login sees as a customer: by whom it is, by their company, by what is listed. */
  private static List<SqlCondition> ofCustomer(Caller caller) {
    String user = String.valueOf(caller.userId());
    return List.of(
        SqlCondition.of(
            "l.kind = 'status' AND (l.action <> 'updated'"
                + " OR JSON_EXTRACT(l.fields, '$.registered') IS NOT NULL)"),
        SqlCondition.of(
            "l.kind = 'customer' AND ("
                + from("user_id")
                + " = ? OR (l.action <> 'created' AND "
                + to("user_id")
                + " = ?))",
            user,
            user),
        SqlCondition.of(
                "l.kind = 'customer' AND (JSON_EXTRACT(l.fields, '$.company_id') IS NOT NULL OR"
                    + " l.fields IS NULL)")
            .and(
                SqlCondition.in(
                    "l.subject_id", caller.customerIds().stream().map(String::valueOf).toList())));
  }

  /** Replies that are not published, drafts or in WordPress's trash, are for agents. */
  private static SqlCondition publicEnough(String status, Caller caller, Site site) {
    return caller.isAgent(site)
        ? SqlCondition.of(status + " <> ?", BuiltInStatus.DELETED)
        : SqlCondition.of(status + " = ?", BuiltInStatus.PUBLISHED);
  }

  /** Of a file that is not there any more. */
  private static SqlCondition ofReplyInSight(Caller caller, Site site) {
    String reply = from("reply_id");
    SqlCondition status = publicEnough("fr.status", caller, site);
    return new SqlCondition(
        "(%1$s IS NULL OR EXISTS (SELECT 1 FROM reply fr WHERE fr.id = CAST(%1$s AS SIGNED) AND %2$s))"
            .formatted(reply, status.sql()),
        status.args());
  }

  private static String from(String field) {
    return JsonText.of("l.fields", "$." + field + ".from");
  }

  private static String to(String field) {
    return JsonText.of("l.fields", "$." + field + ".to");
  }

  /** The same, and no where it cannot be told. */
  public static SqlCondition settled(SqlCondition condition) {
    return new SqlCondition("COALESCE((" + condition.sql() + "), FALSE)", condition.args());
  }
}
