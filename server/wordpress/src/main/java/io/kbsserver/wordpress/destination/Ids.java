package io.kbsserver.wordpress.destination;

import io.kbsserver.wordpress.report.Kind;
import io.kbsserver.wordpress.source.SourceRows;
import io.kbsserver.wordpress.source.WordPressDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which id something of WordPress has here. Mostly its own. Where that belongs to something else
 * here, it is the id of what is the same by its e-mail address, login or slug, or a new one: an id
 * that means somebody else here is never referred to.
 */
public final class Ids {

  private record Alias(long id, boolean madeHere) {}

  private final TargetDatabase target;
  private final SourceRows rows;
  private final OwnRows own;
  private final Map<Kind, Map<Long, Alias>> aliases = new EnumMap<>(Kind.class);
  private final Map<Kind, Set<Long>> taken = new EnumMap<>(Kind.class);
  private long nextVirtual = -1;

  public Ids(TargetDatabase target, WordPressDatabase source, Map<Kind, TargetTable> tables)
      throws SQLException {
    this.target = target;
    this.rows = new SourceRows(source);
    this.own = new OwnRows(target, source, tables);
    for (Kind kind : Kind.values()) {
      target.query(
          "SELECT source_id, id, made_here FROM imported_as WHERE kind = ?",
          List.of(kind.singular()),
          row -> keep(kind, row.getLong(1), new Alias(row.getLong(2), row.getBoolean(3))));
    }
  }

  private Map<Long, Alias> aliases(Kind kind) {
    return aliases.computeIfAbsent(kind, any -> new HashMap<>());
  }

  private Set<Long> taken(Kind kind) {
    return taken.computeIfAbsent(kind, any -> new HashSet<>());
  }

  private @Nullable Alias keep(Kind kind, long sourceId, Alias alias) {
    taken(kind).add(alias.id());
    return aliases(kind).put(sourceId, alias);
  }

  /** The ids here, by the id in WordPress; for those that have none yet, one is found. Commits. */
  public Map<Long, Long> of(Kind kind, Collection<Long> sourceIds) throws SQLException {
    Map<Long, Long> found = new HashMap<>();
    List<Long> open = new ArrayList<>();
    for (Long id : new HashSet<>(sourceIds)) {
      Alias alias = aliases(kind).get(id);
      if (alias == null) {
        open.add(id);
      } else {
        found.put(id, alias.id());
      }
    }
    if (!open.isEmpty()) {
      Set<Long> imported = new HashSet<>(imported(kind, open, false));
      imported.removeAll(taken(kind));
      open.removeAll(imported);
      imported.forEach(id -> found.put(id, id));
      Map<Long, Long> same = own.same(kind, open, taken(kind));
      Set<Long> others = own.among(kind, open);
      for (Long id : open) {
        if (same.containsKey(id)) {
          alias(kind, id, new Alias(same.get(id), true));
        } else if (others.contains(id) || taken(kind).contains(id)) {
          alias(kind, id, new Alias(newId(kind), false));
        }
        Alias alias = aliases(kind).get(id);
        found.put(id, alias == null ? id : alias.id());
      }
      target.commit();
    }
    return found;
  }

  /** The ids here of those that are here, or would be by now in a dry run. */
  public Map<Long, Long> present(Kind kind, Collection<Long> sourceIds) throws SQLException {
    Map<Long, Long> found = brought(kind, sourceIds);
    if (target.isDryRun()) {
      List<Long> open = sourceIds.stream().filter(id -> !found.containsKey(id)).distinct().toList();
      for (Long sourceId : rows.of(kind, open).keySet()) {
        Alias alias = aliases(kind).get(sourceId);
        found.put(sourceId, alias == null ? sourceId : alias.id());
      }
    }
    return found;
  }

  /** The ids here of those that are served here, brought by this import or an earlier one. */
  public Map<Long, Long> brought(Kind kind, Collection<Long> sourceIds) throws SQLException {
    Map<Long, Long> here = new HashMap<>();
    Map<Long, Long> found = new HashMap<>();
    for (Long sourceId : new HashSet<>(sourceIds)) {
      Alias alias = aliases(kind).get(sourceId);
      if (alias != null && alias.madeHere()) {
        found.put(sourceId, alias.id());
      } else if (alias != null) {
        here.put(alias.id(), sourceId);
      } else if (!taken(kind).contains(sourceId)) {
        here.put(sourceId, sourceId);
      }
    }
    for (Long id : imported(kind, here.keySet(), true)) {
      found.put(here.get(id), id);
    }
    return found;
  }

  /** Whether this is, here, something that was made here. */
  boolean isMadeHere(Kind kind, long sourceId) {
    Alias alias = aliases(kind).get(sourceId);
    return alias != null && alias.madeHere();
  }

  /**
   * Gives something a new id here, since the one that it would have meant something else before;
   * nothing where an earlier import has given it one.
   */
  public void renew(Kind kind, long sourceId, long before) throws SQLException {
    Alias alias = aliases(kind).get(sourceId);
    if (alias == null || alias.id() == before) {
      alias(kind, sourceId, new Alias(newId(kind), false));
    }
  }

  private void alias(Kind kind, long sourceId, Alias alias) throws SQLException {
    Alias before = keep(kind, sourceId, alias);
    if (before != null) {
      // Still not to be given to anything else.
      taken(kind).add(before.id());
    }
    target.update(
        "REPLACE INTO imported_as (kind, source_id, id, made_here) VALUES (?, ?, ?, ?)",
        kind.singular(),
        sourceId,
        alias.id(),
        alias.madeHere());
  }

  private List<Long> imported(Kind kind, Collection<Long> ids, boolean served) throws SQLException {
    if (ids.isEmpty()) {
      return List.of();
    }
    List<Object> args = new ArrayList<>();
    args.add(kind.singular());
    args.addAll(ids);
    return target.query(
        "SELECT id FROM imported WHERE kind = ?"
            + (served ? " AND gone = FALSE" : "")
            + " AND id IN ("
            + WordPressDatabase.placeholders(ids.size())
            + ")",
        args,
        row -> row.getLong(1));
  }

  private long newId(Kind kind) throws SQLException {
    if (target.isDryRun()) {
      return nextVirtual--;
    }
    return switch (kind) {
      case USER -> {
        long id =
            target.insertOne(
                "INSERT INTO app_user (login, email) VALUES (?, '')", UUID.randomUUID().toString());
        target.update("DELETE FROM app_user WHERE id = ?", id);
        yield id;
      }
      case TERM -> {
        long id =
            target.insertOne(
                "INSERT INTO term (taxonomy, name, slug, description) VALUES ('', '', ?, '')",
                UUID.randomUUID().toString());
        target.update("DELETE FROM term WHERE id = ?", id);
        yield id;
      }
      case CUSTOMER -> {
        long id;
        do {
          id = target.insertOne("INSERT INTO customer_id () VALUES ()");
        } while (target.number("SELECT COUNT(*) FROM customer WHERE id = ?", id) > 0);
        yield id;
      }
      case COMPANY -> newPost("kbs_company");
      case TICKET -> newPost("kbs_ticket");
      case REPLY -> newPost("kbs_ticket_reply");
      case LOG_ENTRY -> newPost("kbs_log");
      case ATTACHMENT -> newPost("attachment");
      case NOTE -> {
        // It hangs on a ticket, which is there before its notes are.
        long id =
            target.insertOne(
                "INSERT INTO ticket_note (ticket_id, date_local, date_gmt, content_raw,"
                    + " content_rendered) SELECT MIN(id), NOW(), NOW(), '', '' FROM ticket");
        target.update("DELETE FROM ticket_note WHERE id = ?", id);
        yield id;
      }
      case FORM -> newPost("kbs_form");
      case FORM_FIELD -> newPost("kbs_form_field");
      case ARTICLE -> newPost("article");
      case SETTING, STATUS, FILE -> throw new IllegalArgumentException(kind + " has no ids");
    };
  }

  private long newPost(String type) throws SQLException {
    return target.insertOne("INSERT INTO post (type) VALUES (?)", type);
  }
}
