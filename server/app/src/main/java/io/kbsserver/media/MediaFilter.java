package io.kbsserver.media;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which media are wanted.
 *
 * @param parents the tickets or replies that they belong to; null for any
 * @param kind the first half of their type; null for any
 */
record MediaFilter(@Nullable String search, @Nullable List<Long> parents, @Nullable String kind) {}
