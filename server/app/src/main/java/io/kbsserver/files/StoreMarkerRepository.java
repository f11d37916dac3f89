package io.kbsserver.files;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import java.util.Optional;

/** Remembers the store of this database. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface StoreMarkerRepository extends GenericRepository<StoreMarker, Integer> {

  Optional<StoreMarker> findByNumber(int number);

  /**
   * Makes a store that of this database, unless it has one; whatever comes of what the store is
   * wanted for.
   */
  @Transactional(propagation = Propagation.REQUIRES_NEW)
  @Query("INSERT IGNORE INTO file_store (number, id) VALUES (:number, :id)")
  void claim(int number, String id);
}
