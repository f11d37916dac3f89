package io.kbsserver.agents;

import io.kbsserver.list.ListReader;
import io.kbsserver.list.ListRequest;
import io.kbsserver.list.Listing;
import io.kbsserver.list.Page;
import io.kbsserver.list.SearchTerms;
import io.kbsserver.site.Site;
import io.kbsserver.storage.SqlCondition;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The statements on agents that are built. */
@Singleton
class AgentList {

  private static final Listing<AgentView> AGENTS =
      new Listing<>(
          "app_user u",
          "u.id",
          """
          SELECT u.id, u.display_name, u.first_name, u.last_name, u.email
          FROM :page JOIN app_user u ON u.id = page.id
          """,
          AgentList::row,
          Page.BehindTheEnd.NOTHING);

  private static final List<String> SEARCHED =
      List.of("u.login", "u.url", "u.email", "u.slug", "u.display_name");

  private static final String ID = "\\d{1,18}";
  private static final Pattern STARS = Pattern.compile("^\\*+|\\*+$");

  private final ListReader reader;

  AgentList(ListReader reader) {
    this.reader = reader;
  }

  /**
   * A page of the agents.
   *
   * @param search what they are searched for; null for all of them
   */
  Page<AgentView> page(@Nullable String search, ListRequest request, Site site) {
    return reader.page(AGENTS, agents(site), searched(search), request);
  }

  /** The agent with this id. */
  Optional<AgentView> find(long id, Site site) {
    return reader.byIds(AGENTS, agents(site), List.of(id)).stream().findFirst();
  }

  private static SqlCondition agents(Site site) {
    List<String> roles = AgentRepository.roles(site);
    return new SqlCondition(
        AgentRepository.ARE_AGENTS.replace(":roles", SqlCondition.placeholders(roles.size())),
        List.copyOf(roles));
  }

  /**
   * As WordPress searches users: what a text looks like decides what it can be, and stars at its
   * ends say that there may be more, which there may be anyway.
   */
  private static SqlCondition searched(@Nullable String search) {
    String text = search == null ? "" : STARS.matcher(search.strip()).replaceAll("").strip();
    if (text.isEmpty()) {
      return SqlCondition.ALWAYS;
    }
    if (text.contains("@")) {
      return SearchTerms.contains(List.of("u.email"), text);
    }
    if (text.matches(ID)) {
      SqlCondition inLogin = SearchTerms.contains(List.of("u.login"), text);
      return SqlCondition.any(List.of(inLogin, SqlCondition.of("u.id = ?", Long.valueOf(text))));
    }
    if (text.matches("https?://.*")) {
      return SearchTerms.contains(List.of("u.url"), text);
    }
    return SearchTerms.contains(SEARCHED, text);
  }

  private static AgentView row(ResultSet row) throws SQLException {
    return new AgentView(
        row.getLong("id"),
        row.getString("display_name"),
        row.getString("first_name"),
        row.getString("last_name"),
        row.getString("email"));
  }
}
