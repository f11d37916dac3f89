package io.kbsserver.customers;

import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;

/** Gives out the ids of new customers. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface CustomerIdRepository extends GenericRepository<CustomerId, Long> {

  CustomerId insert(CustomerId id);
}
