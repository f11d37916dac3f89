package io.kbsserver.idempotency;

import io.kbsserver.storage.WallClockTime;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.LocalDateTime;

/**
 * The row of a request. Its status is 0 within the transaction that carries the request out, and
 * stays so for a batch, the answers to whose parts have rows of their own.
 *
 * @param body compressed; empty where it is not kept
 */
@MappedEntity("kept_answer")
record KeptAnswer(
    @Id String id,
    String request,
    @WallClockTime LocalDateTime at,
    int status,
    String head,
    byte[] body) {}
