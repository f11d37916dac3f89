package io.kbsserver.access;

import io.kbsserver.storage.WallClockTime;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.LocalDateTime;

/** A password for programs; createdAt is UTC. */
@MappedEntity
record ApplicationPassword(
    @Id String uuid,
    long userId,
    String name,
    String hash,
    @WallClockTime LocalDateTime createdAt) {}
