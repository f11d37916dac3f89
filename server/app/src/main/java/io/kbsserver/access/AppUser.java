package io.kbsserver.access;

import io.kbsserver.storage.StandIn;
import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Where;
import org.jspecify.annotations.Nullable;

/** A user of the site; the id is null until the database has chosen one. */
@MappedEntity
@Where("@." + StandIn.LEFT_OUT)
record AppUser(
    @Id @GeneratedValue @Nullable Long id, String login, String email, String displayName) {}
