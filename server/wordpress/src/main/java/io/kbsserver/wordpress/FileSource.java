package io.kbsserver.wordpress;

import io.kbsserver.files.FileStore;
import io.kbsserver.wordpress.source.Uploads;
import java.util.function.Supplier;

/**
 * Where the bytes of files come from, and where they go.
 *
 * @param uploads WordPress's, or a copy of them
 * @param store the store here, which is not needed where there are none
 */
public record FileSource(Uploads uploads, Supplier<FileStore> store) {}
