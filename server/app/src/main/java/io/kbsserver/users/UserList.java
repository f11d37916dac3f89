package io.kbsserver.users;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNullElse;

import io.kbsserver.access.Role;
import io.kbsserver.list.ListReader;
import io.kbsserver.list.ListRequest;
import io.kbsserver.list.Listing;
import io.kbsserver.list.Page;
import io.kbsserver.list.SearchTerms;
import io.kbsserver.storage.SqlCondition;
import io.kbsserver.storage.StandIn;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The statements on users that are built. */
@Singleton
class UserList {

  /** What WordPress knows of, and what has been published here. */
  private static final String PUBLISHED =
      """
      (u.published = TRUE OR EXISTS (SELECT 1 FROM reply r
        WHERE r.author_id = u.id AND r.status = 'publish'))\
      """;

  private static final Listing<UserView> USERS =
      new Listing<>(
          "app_user u",
          "u.id",
          """
          SELECT u.id, u.login, u.email, u.display_name, u.first_name, u.last_name, u.slug, u.url,
            u.description, u.nickname, u.locale, u.registered_at, %s AS seen_by_all,
            (SELECT GROUP_CONCAT(r.role ORDER BY r.number) FROM user_role r
              WHERE r.user_id = u.id) AS roles
          FROM :page JOIN app_user u ON u.id = page.id
          """
              .formatted(PUBLISHED),
          UserList::row,
          Page.BehindTheEnd.NOTHING);

  private static final SqlCondition EXISTS = SqlCondition.of("u." + StandIn.LEFT_OUT);

  private static final List<String> AUTHORS =
      List.of(Role.ADMINISTRATOR, Role.EDITOR, "author", "contributor");

  private static final List<String> SEARCHED_BY_ALL = List.of("u.display_name", "u.slug");

  private static final List<String> SEARCHED_BY_FEW =
      List.of("u.display_name", "u.slug", "u.login", "u.email", "u.url");

  private static final String ID = "[1-9]\\d{0,17}";

  private final ListReader reader;

  UserList(ListReader reader) {
    this.reader = reader;
  }

  /** A page of the users that are wanted: of all, or of those whom anybody may see. */
  Page<UserView> page(UserFilter filter, boolean all, ListRequest request) {
    List<SqlCondition> wanted = new ArrayList<>();
    wanted.add(EXISTS);
    wanted.add(withOneOfSlugs(filter.slugs()));
    wanted.add(withOneOf(filter.roles()));
    wanted.add(withOneOf(filter.authors() ? AUTHORS : null));
    if (!all) {
      wanted.add(SqlCondition.of(PUBLISHED));
    }
    SqlCondition search =
        SearchTerms.contains(all ? SEARCHED_BY_FEW : SEARCHED_BY_ALL, bare(filter.search()));
    return reader.page(USERS, SqlCondition.all(wanted), search, request);
  }

  /** The users with these ids, as far as there are any. */
  List<UserView> find(Collection<Long> ids) {
    return reader.byIds(USERS, EXISTS, ids);
  }

  private static SqlCondition withOneOf(@Nullable List<String> roles) {
    if (roles == null || roles.isEmpty()) {
      return SqlCondition.ALWAYS;
    }
    SqlCondition role =
        SqlCondition.in("r.role", roles.stream().filter(UserList::isAscii).toList());
    return new SqlCondition(
        "EXISTS (SELECT 1 FROM user_role r WHERE r.user_id = u.id AND " + role.sql() + ")",
        role.args());
  }

  /** The database cannot compare other text with its column, and no role is called so. */
  private static boolean isAscii(String role) {
    return US_ASCII.newEncoder().canEncode(role);
  }

  /** Who has no slug is shown with the id in its place, and found by it. */
  private static SqlCondition withOneOfSlugs(@Nullable List<String> slugs) {
    if (slugs == null || slugs.isEmpty()) {
      return SqlCondition.ALWAYS;
    }
    List<Long> ids = slugs.stream().filter(slug -> slug.matches(ID)).map(Long::valueOf).toList();
    return SqlCondition.any(
        List.of(
            SqlCondition.in("u.slug", slugs.stream().filter(slug -> !slug.isEmpty()).toList()),
            SqlCondition.of("u.slug = ''").and(SqlCondition.in("u.id", ids))));
  }

  /** As in WordPress, stars say that there may be more, which there may be anyway. */
  private static @Nullable String bare(@Nullable String search) {
    return search == null ? null : search.replaceAll("^\\*+|\\*+$", "").strip();
  }

  private static UserView row(ResultSet row) throws SQLException {
    String roles = row.getString("roles");
    return new UserView(
        row.getLong("id"),
        row.getString("login"),
        row.getString("email"),
        row.getString("display_name"),
        row.getString("first_name"),
        row.getString("last_name"),
        row.getString("slug"),
        row.getString("url"),
        requireNonNullElse(row.getString("description"), ""),
        row.getString("nickname"),
        row.getString("locale"),
        row.getObject("registered_at", LocalDateTime.class),
        row.getBoolean("seen_by_all"),
        roles == null ? Set.of() : new LinkedHashSet<>(List.of(roles.split(","))));
  }
}
