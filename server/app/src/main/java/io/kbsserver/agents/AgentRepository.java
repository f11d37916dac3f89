package io.kbsserver.agents;

import io.kbsserver.access.Role;
import io.kbsserver.site.BuiltInStatus;
import io.kbsserver.site.Setting;
import io.kbsserver.site.Site;
import io.kbsserver.storage.StandIn;
import io.kbsserver.text.SameText;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The logins that work on tickets: those with certain roles, which the site has a say in. */
@JdbcRepository(dialect = Dialect.MYSQL)
public interface AgentRepository extends GenericRepository<Agent, Long> {

  /** Where to find them, given their roles. */
  String AGENTS =
      """
       FROM app_user u
      WHERE EXISTS (SELECT 1 FROM user_role r WHERE r.user_id = u.id AND r.role IN (:roles))
        AND u."""
          + StandIn.LEFT_OUT;

  /** The agent with this user id. */
  default Optional<Long> findById(long userId, Site site) {
    return findById(userId, roles(site));
  }

  /** The agent with this e-mail address, in whatever case. */
  default Optional<Long> findByEmail(String email, Site site) {
    return findByEmail(email, roles(site)).stream()
        .filter(agent -> SameText.exceptCase(agent.email(), email))
        .map(Agent::id)
        .findFirst();
  }

  /** The agent with the fewest tickets that are not closed; the lowest id among equals. */
  default Optional<Long> findLeastLoaded(Site site) {
    return findLeastLoaded(roles(site), BuiltInStatus.UNRESOLVED);
  }

  /** All agents, by id. */
  default List<Agent> all(Site site) {
    return all(roles(site));
  }

  /** Whether an agent runs the help desk. */
  default boolean isTicketAdmin(long userId, Site site) {
    List<String> roles = roles(site);
    roles.remove(Role.SUPPORT_AGENT);
    return findById(userId, roles).isPresent();
  }

  /** As {@link #findById(long, Site)}. */
  @Query("SELECT u.id" + AGENTS + " AND u.id = :userId")
  Optional<Long> findById(long userId, List<String> roles);

  /** As {@link #findByEmail(String, Site)}, but with a few characters more that look alike. */
  @Query("SELECT u.id, u.email" + AGENTS + " AND u.email = :email ORDER BY u.id")
  List<Agent> findByEmail(String email, List<String> roles);

  /** As {@link #findLeastLoaded(Site)}. */
  @Query(
      "SELECT u.id"
          + AGENTS
          + """
           ORDER BY
            (SELECT COUNT(*) FROM ticket t
              WHERE t.agent_id = u.id AND t.status IN (:unresolved)),
            u.id
          LIMIT 1
          """)
  Optional<Long> findLeastLoaded(List<String> roles, List<String> unresolved);

  /** As {@link #all(Site)}. */
  @Query("SELECT u.id, u.email" + AGENTS + " ORDER BY u.id")
  List<Agent> all(List<String> roles);

  private static List<String> roles(Site site) {
    List<String> roles = new ArrayList<>(List.of(Role.SUPPORT_AGENT, Role.SUPPORT_MANAGER));
    if (site.get(Setting.ADMIN_AGENTS)) {
      roles.add(Role.ADMINISTRATOR);
    }
    return roles;
  }
}
