package io.kbsserver.files;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** Which file. */
@MappedEntity("attachment")
record FileKey(@Id long id) {}
