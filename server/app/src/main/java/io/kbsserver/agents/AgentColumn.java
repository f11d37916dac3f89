package io.kbsserver.agents;

import io.kbsserver.list.Sort;

/** What a list of agents is sorted by. */
enum AgentColumn implements Sort.Key.Column {
  NAME("u.display_name");

  private final String sql;

  AgentColumn(String sql) {
    this.sql = sql;
  }

  @Override
  public String sql() {
    return sql;
  }
}
