package io.kbsserver.posts;

import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import org.jspecify.annotations.Nullable;

/** What has an id of WordPress's posts; null until the database has chosen one. */
@MappedEntity
record Post(@Id @GeneratedValue @Nullable Long id, String type) {}
