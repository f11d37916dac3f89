package io.kbsserver.rest.bulkhead;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.time.Duration;

/**
 * How many may wait for a place.
 *
 * @param waiting how many for each place, where the line does not end
 * @param waitingInBurst how many for each place, where it has just begun
 * @param shortest how many in any line, for kinds of work with few places
 * @param burst how long a line has just begun
 * @param calm how long there must have been no line that stays until a long one is taken again
 * @param longestWait after which who waits is refused, and who would have to wait so long at once
 */
@ConfigurationProperties("kbs.bulkhead")
record BulkheadLimits(
    int waiting,
    int waitingInBurst,
    int shortest,
    Duration burst,
    Duration calm,
    Duration longestWait) {}
