package io.kbsserver.access;

import io.kbsserver.storage.StandIn;
import io.kbsserver.storage.WallClockTime;
import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Where;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A user of the site.
 *
 * @param id null until the database has chosen one
 * @param slug the login as it can stand in addresses
 * @param registeredAt since when there is this user, in UTC
 */
@MappedEntity
@Where("@." + StandIn.LEFT_OUT)
record AppUser(
    @Id @GeneratedValue @Nullable Long id,
    String login,
    String email,
    String displayName,
    String slug,
    @WallClockTime LocalDateTime registeredAt) {}
