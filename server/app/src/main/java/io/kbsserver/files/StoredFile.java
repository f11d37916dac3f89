package io.kbsserver.files;

/**
 * A content.
 *
 * @param sha256 its digest in hexadecimal digits
 * @param size in bytes
 * @param type its media type, as its bytes tell it
 */
public record StoredFile(String sha256, long size, String type) {}
