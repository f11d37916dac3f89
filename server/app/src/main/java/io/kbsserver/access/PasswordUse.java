package io.kbsserver.access;

import io.kbsserver.storage.WallClockTime;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.LocalDateTime;

/** When and from where an application password was used last; usedAt is UTC. */
@MappedEntity("application_password_use")
record PasswordUse(@Id String uuid, @WallClockTime LocalDateTime usedAt, String address) {}
