package io.kbsserver.wordpress.source;

import io.kbsserver.wordpress.php.PhpReading;
import io.kbsserver.wordpress.php.PhpValues;
import io.kbsserver.wordpress.report.ImportLog;
import io.kbsserver.wordpress.report.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The users that belong to a site. Tables of users that several sites share hold those of all: then
 * it is those who have a role here, those whom something here refers to, and those whom an earlier
 * import brought, so that it is noticed when they lose their role.
 */
public final class SiteUsers {

  private static final String NETWORK_ADMINS = "site_admins";

  private final WordPressDatabase source;
  private final boolean network;
  private final Set<String> superAdmins;
  // In the order of their ids; null for all.
  private final @Nullable TreeSet<Long> ids;

  private SiteUsers(
      WordPressDatabase source,
      boolean network,
      Set<String> superAdmins,
      @Nullable TreeSet<Long> ids) {
    this.source = source;
    this.network = network;
    this.superAdmins = superAdmins;
    this.ids = ids;
  }

  public static SiteUsers find(WordPressDatabase source, SiteKeys keys, ImportLog log) {
    SourceTables tables = source.tables();
    boolean network = tables.has("blogs") && tables.has("sitemeta");
    if (!network && tables.usersPrefix().equalsIgnoreCase(source.prefix())) {
      return new SiteUsers(source, false, Set.of(), null);
    }
    Set<String> superAdmins = network ? superAdmins(source, log) : Set.of();
    TreeSet<Long> found = new TreeSet<>();
    SiteUsers users = new SiteUsers(source, network, superAdmins, found);
    users.addThoseWithRoles(keys, found);
    users.addReferred(found);
    return users;
  }

  /** Counts these among them, those whom an earlier import brought. */
  public void include(List<Long> more) {
    if (ids != null) {
      ids.addAll(more);
    }
  }

  /** How many there are. */
  public long count() {
    return ids == null
        ? source.number("SELECT COUNT(*) FROM " + source.table("users"))
        : ids.size();
  }

  /** Whether a user belongs to the site. */
  public boolean includes(long id) {
    return ids == null || ids.contains(id);
  }

  /** The ids after one, if only some users belong to the site; empty for all there are. */
  public List<Long> after(long id, int limit) {
    return ids == null
        ? List.of()
        : ids.tailSet(id, false).stream().limit(limit).collect(Collectors.toList());
  }

  /** Whether all users are the site's. */
  public boolean all() {
    return ids == null;
  }

  /** Whether the site is one of a network. */
  public boolean ofNetwork() {
    return network;
  }

  /** Whether a user may do everything on every site of the network. */
  public boolean isSuperAdmin(String login) {
    return superAdmins.contains(login.toLowerCase(Locale.ROOT));
  }

  private void addThoseWithRoles(SiteKeys keys, Set<Long> found) {
    source.query(
        "SELECT user_id, meta_value FROM " + source.table("usermeta") + " WHERE meta_key = ?",
        List.of(keys.capabilities()),
        row -> {
          String stored = row.text(2);
          // What is damaged may have been a role: then it is reported with its user.
          if (SiteKeys.hasRole(stored) || !PhpReading.of(stored).isWhole()) {
            found.add(row.getLong(1));
          }
          return null;
        });
    for (List<String> some : parts(List.copyOf(superAdmins))) {
      source.query(
          "SELECT ID, user_login FROM %s WHERE user_login IN (%s)"
              .formatted(source.table("users"), WordPressDatabase.placeholders(some.size())),
          some,
          row -> isSuperAdmin(row.text(2)) && found.add(row.getLong(1)));
    }
  }

  private void addReferred(Set<Long> found) {
    Set<Long> referred = new HashSet<>();
    add(
        referred,
        "SELECT DISTINCT post_author FROM "
            + source.table("posts")
            + " WHERE post_type IN ('kbs_ticket', 'kbs_ticket_reply', 'article')");
    add(
        referred,
        "SELECT DISTINCT user_id FROM " + source.table("comments") + " WHERE " + NoteReader.KEPT);
    String user = source.tables().column("kbs_customers", "user_id");
    add(referred, "SELECT DISTINCT " + user + " FROM " + source.table("kbs_customers"));
    String meta =
        "SELECT DISTINCT m.meta_value FROM "
            + source.table("postmeta")
            + " m JOIN "
            + source.table("posts")
            + " p ON p.ID = m.post_id AND p.post_type IN ('kbs_ticket', 'kbs_ticket_reply')"
            + " WHERE m.meta_key IN ";
    add(referred, meta + "('_kbs_ticket_agent_id', '_kbs_ticket_user_id', '_kbs_reply_agent_id')");
    addListed(referred, meta + "('_kbs_ticket_agents')");
    addListed(
        referred,
        "SELECT meta_value FROM "
            + source.table("termmeta")
            + " WHERE meta_key = 'kbs_department_agents'");
    referred.remove(0L);
    for (List<Long> some : parts(List.copyOf(referred))) {
      add(
          found,
          "SELECT ID FROM %s WHERE ID IN (%s)"
              .formatted(
                  source.table("users"),
                  some.stream().map(String::valueOf).collect(Collectors.joining(","))));
    }
  }

  private void add(Set<Long> found, String sql) {
    source.query(
        sql,
        List.of(),
        row -> {
          PhpValues.id(row.text(1).strip()).ifPresent(found::add);
          return null;
        });
  }

  private void addListed(Set<Long> found, String sql) {
    source.query(
        sql,
        List.of(),
        row -> {
          String stored = row.text(1);
          PhpValues.id(stored.strip()).ifPresent(found::add);
          PhpValues.elements(PhpReading.of(stored).value())
              .forEach(element -> PhpValues.id(element).ifPresent(found::add));
          return null;
        });
  }

  private static Set<String> superAdmins(WordPressDatabase source, ImportLog log) {
    Set<String> logins = new HashSet<>();
    // A database may hold several networks; each site belongs to one.
    String site = source.prefix().replaceFirst("^.*?([0-9]*)_?$", "$1");
    List<String> stored =
        source.query(
            "SELECT meta_value FROM %s WHERE meta_key = ? AND site_id = (SELECT site_id FROM %s"
                    .formatted(source.table("sitemeta"), source.table("blogs"))
                + " WHERE blog_id = ?)",
            List.of(NETWORK_ADMINS, site.isEmpty() ? "1" : site),
            row -> row.text(1));
    for (String value : stored) {
      PhpReading reading = PhpReading.of(value);
      if (!reading.isWhole()) {
        log.problem(
            Kind.USER,
            0,
            "who the network's super admins are is not readable ("
                + reading.damage()
                + "); they have the roles of this site only");
        continue;
      }
      for (Object login : PhpValues.elements(reading.value())) {
        String text = PhpValues.text(login);
        if (text != null && !text.isBlank()) {
          logins.add(text.strip().toLowerCase(Locale.ROOT));
        }
      }
    }
    return logins;
  }

  private static <T> List<List<T>> parts(List<T> all) {
    List<List<T>> parts = new ArrayList<>();
    for (int from = 0; from < all.size(); from += 1000) {
      parts.add(all.subList(from, Math.min(all.size(), from + 1000)));
    }
    return parts;
  }
}
