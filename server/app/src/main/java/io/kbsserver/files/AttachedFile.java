package io.kbsserver.files;

import org.jspecify.annotations.Nullable;

/**
 * A file that comes with a ticket or a reply, for whoever may have it by that.
 *
 * @param id of the file, as in the API
 * @param name what to call it
 * @param content null where its bytes are not here
 */
public record AttachedFile(long id, String name, @Nullable StoredFile content) {}
