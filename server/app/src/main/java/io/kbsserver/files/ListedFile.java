package io.kbsserver.files;

/**
 * A file as what it hangs on names it.
 *
 * @param name what it is called
 */
public record ListedFile(long id, String name) {}
