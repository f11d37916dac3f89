package io.kbsserver.companies;

import io.kbsserver.storage.StandIn;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Where;

/** A company whose customers open tickets. */
@MappedEntity
@Where("@." + StandIn.LEFT_OUT)
record Company(@Id long id) {}
