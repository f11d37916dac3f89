package io.kbsserver.files;

import org.jspecify.annotations.Nullable;

/**
 * A file that comes with a ticket or a reply, for whoever may have it by that.
 *
 * @param name what to call it
 * @param content null where its bytes are not here
 */
public record AttachedFile(String name, @Nullable StoredFile content) {}
