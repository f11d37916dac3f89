package io.kbsserver.site;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/** The settings as they are kept. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface SiteSettingRepository extends GenericRepository<SiteSetting, String> {

  List<SiteSetting> findAll();

  @Query(
      """
      INSERT INTO site_setting (name, value) VALUES (:name, :value)
      ON DUPLICATE KEY UPDATE value = VALUES(value)
      """)
  void put(String name, String value);

  void deleteById(String name);
}
