package io.kbsserver.idempotency;

/**
 * A request that may come again.
 *
 * @param id a digest of who sends it and of the key that they gave it
 * @param digest of all that it asks for
 */
public record RepeatableRequest(String id, String digest) {}
