package io.kbsserver.site;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** A setting as it is kept. */
@MappedEntity
record SiteSetting(@Id String name, String value) {}
