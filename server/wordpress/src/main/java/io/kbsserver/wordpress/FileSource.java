package io.kbsserver.wordpress;

import io.kbsserver.files.FileStore;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Where the bytes of files come from, and where they go.
 *
 * @param uploads the folder of WordPress's uploads, or a copy of it
 * @param store the store here, which is not needed where there are none
 */
public record FileSource(Path uploads, Supplier<FileStore> store) {}
