package io.kbsserver.agents;

import io.kbsserver.access.Role;
import io.kbsserver.site.BuiltInStatus;
import io.kbsserver.site.Site;
import io.kbsserver.storage.Jdbc;
import io.kbsserver.storage.SqlCondition;
import io.kbsserver.text.SameText;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The logins that work on tickets. */
@Singleton
public class AgentRepository {

  private static final String AGENTS =
      " FROM app_user u WHERE u.missing = FALSE AND EXISTS"
          + " (SELECT 1 FROM user_role r WHERE r.user_id = u.id AND ";

  private final Jdbc jdbc;

  AgentRepository(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  /** The agent with this user id. */
  public Optional<Long> findById(long userId, Site site) {
    return find("u.id = ?", userId, site).stream().map(Agent::id).findFirst();
  }

  /** The agent with this e-mail address, in whatever case. */
  public Optional<Long> findByEmail(String email, Site site) {
    return find("u.email = ?", email, site).stream()
        .filter(agent -> SameText.exceptCase(agent.email(), email))
        .map(Agent::id)
        .findFirst();
  }

  /** The agent with the fewest tickets that are not closed; the lowest id among equals. */
  public Optional<Long> findLeastLoaded(Site site) {
    SqlCondition role = isAgent(site);
    SqlCondition unresolved = SqlCondition.in("t.status", BuiltInStatus.UNRESOLVED);
    return jdbc.first(
        "SELECT u.id"
            + AGENTS
            + role.sql()
            + ") ORDER BY (SELECT COUNT(*) FROM ticket t WHERE t.agent_id = u.id"
            + " AND "
            + unresolved.sql()
            + "), u.id LIMIT 1",
        Stream.of(role, unresolved).flatMap(condition -> condition.args().stream()).toList(),
        row -> row.getLong("id"));
  }

  /** All agents, by id. */
  public List<Agent> all(Site site) {
    SqlCondition role = isAgent(site);
    return jdbc.query(
        "SELECT u.id, u.email" + AGENTS + role.sql() + ") ORDER BY u.id",
        role.args(),
        AgentRepository::agent);
  }

  private List<Agent> find(String condition, Object value, Site site) {
    SqlCondition role = isAgent(site);
    List<Object> args = new ArrayList<>(role.args());
    args.add(value);
    return jdbc.query(
        "SELECT u.id, u.email" + AGENTS + role.sql() + ") AND " + condition + " ORDER BY u.id",
        args,
        AgentRepository::agent);
  }

  private static Agent agent(ResultSet row) throws SQLException {
    return new Agent(row.getLong("id"), row.getString("email"));
  }

  private static SqlCondition isAgent(Site site) {
    List<String> roles = new ArrayList<>(List.of(Role.SUPPORT_AGENT, Role.SUPPORT_MANAGER));
    if (site.adminAgents()) {
      roles.add(Role.ADMINISTRATOR);
    }
    return SqlCondition.in("r.role", roles);
  }
}
