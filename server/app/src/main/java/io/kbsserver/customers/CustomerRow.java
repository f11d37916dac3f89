package io.kbsserver.customers;

import io.kbsserver.storage.StandIn;
import io.kbsserver.storage.WallClockTime;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Where;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** What is kept of a customer who is made here; createdAt is UTC. */
@MappedEntity("customer")
@Where("@." + StandIn.LEFT_OUT)
record CustomerRow(
    @Id long id,
    @Nullable Long companyId,
    @Nullable Long userId,
    String email,
    String name,
    @Nullable String primaryPhone,
    @Nullable String additionalPhone,
    @Nullable String website,
    @WallClockTime LocalDateTime createdAt) {}
