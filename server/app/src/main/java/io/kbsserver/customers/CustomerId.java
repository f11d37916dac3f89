package io.kbsserver.customers;

import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import org.jspecify.annotations.Nullable;

/** An id for a new customer; null until the database has given it out. */
@MappedEntity
record CustomerId(@Id @GeneratedValue @Nullable Long id) {}
