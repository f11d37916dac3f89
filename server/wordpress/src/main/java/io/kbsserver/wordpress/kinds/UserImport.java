package io.kbsserver.wordpress.kinds;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.kbsserver.access.Role;
import io.kbsserver.text.PlainText;
import io.kbsserver.wordpress.destination.BatchWriter;
import io.kbsserver.wordpress.destination.TargetRow;
import io.kbsserver.wordpress.destination.TargetTable;
import io.kbsserver.wordpress.php.PhpValues;
import io.kbsserver.wordpress.report.Kind;
import io.kbsserver.wordpress.source.Meta;
import io.kbsserver.wordpress.source.RowReader;
import io.kbsserver.wordpress.source.SiteClock;
import io.kbsserver.wordpress.source.SiteKeys;
import io.kbsserver.wordpress.source.SiteUsers;
import io.kbsserver.wordpress.source.SourceTables;
import io.kbsserver.wordpress.source.WordPressDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Brings over the users with their roles and application passwords. */
public final class UserImport {

  static final TargetTable TABLE =
      new TargetTable(
          Kind.USER,
          "app_user",
          null,
          true,
          List.of(
              "login",
              "email",
              "display_name",
              "first_name",
              "last_name",
              "missing",
              "slug",
              "url",
              "description",
              "nickname",
              "locale",
              "registered_at",
              "published"),
          List.of(),
          List.of(
              new TargetTable.Child("user_role", "user_id", List.of("role")),
              new TargetTable.Child(
                  "application_password",
                  "user_id",
                  List.of("uuid", "name", "hash", "created_at", "app_id"))));

  private static final int BATCH = 500;
  private static final int MAX_LOGIN = 60;

  private record User(
      long id,
      String login,
      String email,
      String displayName,
      String slug,
      String url,
      @Nullable String registered) {}

  private static final String DEFAULT_LOCALE = "en_US";

  /** What WordPress shows whose author to everybody, as far as it is published. */
  private static final List<String> SHOWN_TYPES =
      List.of(
          "post", "page", "article", "kbs_company", "kbs_form", "kbs_ticket", "kbs_ticket_reply");

  /** What follows from these is known. */
  private static final Set<String> STANDARD_ROLES =
      Set.of(
          Role.ADMINISTRATOR,
          Role.SUPPORT_MANAGER,
          Role.SUPPORT_AGENT,
          Role.SUPPORT_CUSTOMER,
          Role.EDITOR);

  private final ImportRun run;
  private final SiteUsers siteUsers;
  private final String rolesKey;
  private final Map<String, List<String>> rightsOfRoles = new HashMap<>();
  // Of those whose HTML is stored as it comes, the ones whose HTML this site filters.
  private final Set<String> filteredRoles = new HashSet<>();
  private final Set<Long> authors;

  /** When and from where passwords of a batch were used last. */
  private final List<List<String>> uses = new ArrayList<>();

  private final String siteLocale;

  public UserImport(ImportRun run, SiteKeys keys, SiteUsers siteUsers) {
    this.run = run;
    this.siteUsers = siteUsers;
    this.rolesKey = keys.capabilities();
    readRoles(keys.userRoles());
    this.authors = authors(run.source());
    this.siteLocale = requireNonNullElse(run.source().option("WPLANG"), "");
  }

  /** Those who have published something. */
  private static Set<Long> authors(WordPressDatabase source) {
    return new HashSet<>(
        source.query(
            "SELECT DISTINCT post_author FROM %s WHERE post_status = 'publish' AND post_type IN (%s)"
                .formatted(
                    source.table("posts"), WordPressDatabase.placeholders(SHOWN_TYPES.size())),
            SHOWN_TYPES,
            row -> row.getLong(1)));
  }

  /** What the site's own roles give that matters here, and what it has taken from others. */
  private void readRoles(String option) {
    Object stored =
        new RowReader(Kind.USER, 0, run.log())
            .serialized("the option " + option, run.source().option(option));
    if (stored instanceof Map<?, ?> roles) {
      roles.forEach(
          (name, role) -> {
            if (role instanceof Map<?, ?> definition
                && definition.get("capabilities") instanceof Map<?, ?> given) {
              readRole(name.toString(), given);
            }
          });
    }
  }

  private void readRole(String name, Map<?, ?> given) {
    if (!STANDARD_ROLES.contains(name)) {
      rightsOfRoles.put(
          name, Role.RIGHTS.stream().filter(right -> PhpValues.truthy(given.get(right))).toList());
    } else if (!PhpValues.truthy(given.get(Role.UNFILTERED_HTML))) {
      filteredRoles.add(name);
    }
  }

  public void run() throws SQLException {
    WordPressDatabase source = run.source();
    String users = source.table("users");
    run.log().start(Kind.USER, siteUsers.count());
    reportSharedEmails(users);
    long last = 0;
    while (true) {
      List<User> batch = next(users, last);
      if (batch.isEmpty()) {
        break;
      }
      last = batch.get(batch.size() - 1).id();
      List<Long> ids = batch.stream().map(User::id).toList();
      Map<Long, Meta> meta =
          source.meta(
              "usermeta",
              "user_id",
              "umeta_id",
              ids,
              List.of(
                  "first_name",
                  "last_name",
                  "description",
                  "nickname",
                  "locale",
                  rolesKey,
                  "_application_passwords"));
      run.log().read(Kind.USER, batch.size());
      List<TargetRow> rows = new ArrayList<>();
      for (User user : batch) {
        rows.add(row(user, meta.getOrDefault(user.id(), Meta.NONE)));
      }
      run.writer().write(TABLE, rows, this::withLoginOfItsOwn);
      writeUses();
      run.log().advanced(Kind.USER);
    }
    forgetUses();
  }

  private List<User> next(String users, long last) {
    SourceTables source = run.source().tables();
    List<Long> wanted = siteUsers.after(last, BATCH);
    if (wanted.isEmpty() && !siteUsers.all()) {
      return List.of();
    }
    List<User> batch =
        run.source()
            .query(
                "SELECT ID, user_login, user_email, display_name, "
                    + source.column("users", "user_nicename")
                    + ", "
                    + source.column("users", "user_url")
                    + ", CAST("
                    + source.column("users", "user_registered")
                    + " AS CHAR) FROM "
                    + users
                    + " WHERE ID > ?"
                    + (wanted.isEmpty()
                        ? ""
                        : " AND ID IN (" + WordPressDatabase.placeholders(wanted.size()) + ")")
                    + " ORDER BY ID LIMIT "
                    + BATCH,
                Stream.concat(Stream.of(last), wanted.stream()).toList(),
                row ->
                    new User(
                        row.getLong(1),
                        row.text(2),
                        row.text(3),
                        row.text(4),
                        row.text(5),
                        row.text(6),
                        row.getString(7)));
    // Those that an earlier import brought may all be gone.
    return batch.isEmpty() && !wanted.isEmpty()
        ? next(users, wanted.get(wanted.size() - 1))
        : batch;
  }

  private TargetRow row(User user, Meta meta) {
    RowReader reader = new RowReader(Kind.USER, user.id(), run.log());
    String login = reader.text("its login", user.login(), MAX_LOGIN);
    if (login.isEmpty()) {
      login = "user-" + user.id();
      reader.problem("it has no login; it is called " + login);
    }
    String email = reader.email("its e-mail address", user.email());
    List<String> values = new ArrayList<>(TABLE.columns().size());
    values.add(login);
    values.add(email == null ? "" : email);
    values.add(reader.text("its display name", user.displayName(), 250));
    values.add(name(reader, "its first name", meta.first("first_name")));
    values.add(name(reader, "its last name", meta.first("last_name")));
    values.add(RowReader.flag(false));
    values.add(reader.text("its slug", user.slug(), 50));
    values.add(reader.text("its website", user.url(), 255));
    values.add(
        reader.longText("its description", requireNonNullElse(meta.first("description"), "")));
    values.add(reader.textOrNull("its nickname", meta.first("nickname"), 255));
    values.add(locale(reader, meta.first("locale")));
    values.add(SiteClock.format(SiteClock.parse(user.registered())));
    values.add(RowReader.flag(authors.contains(user.id())));
    return new TargetRow(
        user.id(), values, List.of(roles(reader, user, meta), passwords(reader, meta, user.id())));
  }

  /** The user's own, else the site's; WordPress has no name for its first language. */
  private String locale(RowReader reader, @Nullable String own) {
    String stored = own == null || own.isEmpty() ? siteLocale : own;
    String locale = reader.ascii("its language", stored, 20);
    return locale == null || locale.isEmpty() ? DEFAULT_LOCALE : locale;
  }

  private static String name(RowReader reader, String what, @Nullable String value) {
    return value == null ? "" : reader.text(what, value, 255);
  }

  private List<List<String>> roles(RowReader reader, User user, Meta meta) {
    Set<String> roles = new LinkedHashSet<>();
    boolean superAdmin = siteUsers.isSuperAdmin(user.login());
    if (superAdmin) {
      run.log()
          .information(
              Kind.USER,
              user.id(),
              "a super admin of the network, who may do everything on this site: an administrator"
                  + " here");
      roles.add(Role.ADMINISTRATOR);
    }
    // Half of it could be the half that gives something.
    Object stored = reader.whole("the list of its roles", meta.first(rolesKey));
    if (stored instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        // Only true ones: WordPress keeps a role that was taken away as false.
        if (PhpValues.truthy(entry.getValue())) {
          String role = reader.ascii("one of its roles", entry.getKey().toString(), 64);
          if (role != null) {
            roles.add(role);
            rightsOfRoles.getOrDefault(role, List.of()).stream()
                .filter(right -> !map.containsKey(right) || PhpValues.truthy(map.get(right)))
                .forEach(roles::add);
          }
        }
      }
    } else if (stored != null) {
      reader.problem("the list of its roles is no list; left out");
    }
    if (!superAdmin && isFiltered(roles, stored instanceof Map<?, ?> map ? map : Map.of())) {
      roles.remove(Role.UNFILTERED_HTML);
      if (Role.OF_UNFILTERED_HTML.stream().anyMatch(roles::contains)) {
        roles.add(Role.NO_UNFILTERED_HTML);
      }
    }
    return roles.stream().map(List::of).toList();
  }

  /** Whether HTML is taken out of what they write: on a network, of all but its super admins. */
  private boolean isFiltered(Set<String> roles, Map<?, ?> own) {
    if (siteUsers.ofNetwork()) {
      return true;
    }
    if (own.containsKey(Role.UNFILTERED_HTML)) {
      return !PhpValues.truthy(own.get(Role.UNFILTERED_HTML));
    }
    return !roles.contains(Role.UNFILTERED_HTML)
        && roles.stream()
            .filter(Role.OF_UNFILTERED_HTML::contains)
            .allMatch(filteredRoles::contains);
  }

  private List<List<String>> passwords(RowReader reader, Meta meta, long userId) {
    List<List<String>> passwords = new ArrayList<>();
    Object stored =
        reader.serialized(
            "the list of its application passwords", meta.first("_application_passwords"));
    if (stored != null && !(stored instanceof Map)) {
      reader.problem("the list of its application passwords is no list; left out");
    }
    Set<String> uuids = new HashSet<>();
    for (Object element : PhpValues.elements(stored)) {
      String hash =
          element instanceof Map<?, ?> password
              ? reader.ascii(
                  "the hash of an application password",
                  PhpValues.text(password.get("password")),
                  255)
              : null;
      if (hash == null || hash.isEmpty()) {
        reader.problem("an application password has no usable hash; left out");
        continue;
      }
      Map<?, ?> password = (Map<?, ?>) element;
      String uuid = uuid(reader, PhpValues.text(password.get("uuid")), userId, hash);
      if (!uuids.add(uuid)) {
        reader.problem("an application password is there twice; one was left out");
        continue;
      }
      String name = PhpValues.text(password.get("name"));
      OptionalLong created = PhpValues.id(password.get("created"));
      if (created.isEmpty()) {
        reader.problem("an application password has no date of creation; taken as very old");
      }
      passwords.add(
          List.of(
              uuid,
              name == null ? "" : reader.text("the name of an application password", name, 255),
              hash,
              SiteClock.format(
                  SiteClock.ofUnixTime(Math.min(created.orElse(0), Integer.MAX_VALUE * 16L))),
              appId(reader, PhpValues.text(password.get("app_id")))));
      use(reader, uuid, password);
    }
    return passwords;
  }

  private void use(RowReader reader, String uuid, Map<?, ?> password) {
    OptionalLong used = PhpValues.id(password.get("last_used"));
    String from =
        reader.ascii(
            "the address that an application password was used from",
            PhpValues.text(password.get("last_ip")),
            64);
    if (used.isPresent() && used.getAsLong() <= Integer.MAX_VALUE * 16L) {
      uses.add(
          List.of(
              uuid,
              requireNonNull(SiteClock.format(SiteClock.ofUnixTime(used.getAsLong()))),
              requireNonNullElse(from, "")));
    }
  }

  /** Beside the users: to use a password here does not make it another one. */
  private void writeUses() throws SQLException {
    run.target()
        .insert(
            "INSERT INTO application_password_use (uuid, used_at, address)",
            "(?, ?, ?)",
            uses,
            " ON DUPLICATE KEY UPDATE address = IF(used_at < VALUES(used_at), VALUES(address),"
                + " address), used_at = GREATEST(used_at, VALUES(used_at))");
    run.target().commit();
    uses.clear();
  }

  /** Those of passwords that are gone, or that were revoked here; found without a lock on any. */
  private void forgetUses() throws SQLException {
    List<String> gone =
        run.target()
            .query(
                "SELECT u.uuid FROM application_password_use u LEFT JOIN application_password p"
                    + " ON p.uuid = u.uuid WHERE p.uuid IS NULL",
                List.of(),
                row -> row.getString(1));
    for (String uuid : gone) {
      run.target().update("DELETE FROM application_password_use WHERE uuid = ?", uuid);
    }
    run.target().commit();
  }

  /** Which program a password is for, as it has said itself; empty where it has not. */
  private static String appId(RowReader reader, @Nullable String stored) {
    String id = reader.ascii("the app_id of an application password", stored, 36);
    return id == null ? "" : id;
  }

  private static String uuid(RowReader reader, @Nullable String stored, long userId, String hash) {
    try {
      if (stored != null && stored.length() == 36) {
        return UUID.fromString(stored).toString().equalsIgnoreCase(stored)
            ? stored
            : ownUuid(reader, userId, hash);
      }
    } catch (IllegalArgumentException e) {
      return ownUuid(reader, userId, hash);
    }
    return ownUuid(reader, userId, hash);
  }

  private static String ownUuid(RowReader reader, long userId, String hash) {
    reader.problem("an application password has no uuid; it was given one");
    return namedUuid(userId + ":" + hash);
  }

  /** The same for the same name, so that another import gives the same. */
  private static String namedUuid(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** WordPress does not keep its logins unique, and MySQL has its own idea of what is the same. */
  private Optional<BatchWriter.Repaired> withLoginOfItsOwn(TargetRow row) {
    String suffix = "-" + row.id();
    String login = PlainText.start(row.values().get(0), MAX_LOGIN - suffix.length()) + suffix;
    List<String> values = new ArrayList<>(row.values());
    values.set(0, login);
    return Optional.of(
        new BatchWriter.Repaired(
            row.with(values, row.children()),
            "its login is taken by another user; it is called " + login));
  }

  private void reportSharedEmails(String users) {
    run.source()
        .query(
            "SELECT u.ID, d.first_id, u.user_email FROM "
                + users
                + " u JOIN (SELECT user_email, MIN(ID) AS first_id FROM "
                + users
                + " WHERE user_email <> '' GROUP BY user_email HAVING COUNT(*) > 1) d"
                + " ON d.user_email = u.user_email WHERE u.ID <> d.first_id",
            List.of(),
            row -> {
              if (!siteUsers.includes(row.getLong(1))) {
                return null;
              }
              run.log()
                  .information(
                      Kind.USER,
                      row.getLong(1),
                      "it has the same e-mail address as user "
                          + row.getLong(2)
                          + ", to whom a login by that address belongs: "
                          + row.getString(3));
              return null;
            });
  }
}
