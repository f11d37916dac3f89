package io.kbsserver.storage;

import io.micronaut.retry.annotation.Retryable;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs the method again where another writer came in between. Each pause is about twice as long as
 * the one before, all together take less than two seconds, and no connection is held meanwhile: the
 * transaction is within the method.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Retryable(
    predicate = WriteConflict.class,
    attempts = "6",
    delay = "20ms",
    multiplier = "2.0",
    jitter = "0.5",
    maxDelay = "2s")
public @interface RetriedOnConflict {}
