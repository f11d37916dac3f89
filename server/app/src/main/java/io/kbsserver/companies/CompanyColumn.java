package io.kbsserver.companies;

import io.kbsserver.list.Sort;

/** What a list of companies can be sorted by. */
enum CompanyColumn implements Sort.Key.Column {
  ID("co.id"),
  NAME("co.name_key"),
  CONTACT("co.contact_customer_id");

  private final String sql;

  CompanyColumn(String sql) {
    this.sql = sql;
  }

  @Override
  public String sql() {
    return sql;
  }
}
