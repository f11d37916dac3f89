package io.kbsserver.agents;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** A login that works on tickets. */
@MappedEntity("app_user")
public record Agent(@Id long id, String email) {}
