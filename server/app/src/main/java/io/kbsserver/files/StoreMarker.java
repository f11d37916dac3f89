package io.kbsserver.files;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/**
 * Which store the files of this database are in.
 *
 * @param number there is one
 * @param id what the store's folder is called
 */
@MappedEntity("file_store")
record StoreMarker(@Id int number, String id) {}
