package io.kbsserver.access;

import io.kbsserver.storage.WallClockTime;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.LocalDateTime;

/**
 * A password for programs.
 *
 * @param createdAt in UTC
 * @param appId which program it is for; empty where none has said
 */
@MappedEntity
record ApplicationPassword(
    @Id String uuid,
    long userId,
    String name,
    String hash,
    @WallClockTime LocalDateTime createdAt,
    String appId) {}
