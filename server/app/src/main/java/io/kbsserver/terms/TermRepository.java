package io.kbsserver.terms;

import io.kbsserver.storage.Jdbc;
import io.kbsserver.storage.SqlCondition;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** Categories, tags, sources and departments. */
@Singleton
public class TermRepository {

  private final Jdbc jdbc;

  TermRepository(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  /** Those of the ids that are terms of this taxonomy. */
  public List<Long> existing(Taxonomy taxonomy, List<Long> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    SqlCondition condition =
        SqlCondition.in("id", ids).and(SqlCondition.of("taxonomy = ?", taxonomy.wireName()));
    return jdbc.query(
        "SELECT id FROM term WHERE " + condition.sql(), condition.args(), row -> row.getLong("id"));
  }

  /** The term with this slug; it is made where the site does not have it yet. */
  public long findOrInsert(Taxonomy taxonomy, String slug, String name) {
    List<Object> key = new ArrayList<>(List.of(taxonomy.wireName(), slug));
    return jdbc.first(
            "SELECT id FROM term WHERE taxonomy = ? AND slug = ?", key, row -> row.getLong("id"))
        .orElseGet(() -> insert(taxonomy, slug, name));
  }

  /** Adds a term and gives its id. */
  public long insert(Taxonomy taxonomy, String slug, String name) {
    return jdbc.insert(
        "INSERT INTO term (taxonomy, slug, name, description) VALUES (?, ?, ?, '')",
        taxonomy.wireName(),
        slug,
        name);
  }

  /** The agents of a department, from now on. */
  public void addDepartmentAgent(long departmentId, long userId) {
    jdbc.update(
        "INSERT INTO department_agent (department_id, user_id) VALUES (?, ?)",
        departmentId,
        userId);
  }
}
