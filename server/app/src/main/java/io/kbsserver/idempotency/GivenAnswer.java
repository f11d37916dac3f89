package io.kbsserver.idempotency;

import org.jspecify.annotations.Nullable;

/**
 * What a request was answered.
 *
 * @param status of HTTP
 * @param head its headers, as they are kept
 * @param body null where it is not to be kept
 */
public record GivenAnswer(int status, String head, byte @Nullable [] body) {}
