package io.kbsserver.rest.connection;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.convert.format.ReadableBytes;
import java.time.Duration;

/**
 * What a client may cost by being slow, or by being many.
 *
 * @param most how many connections there may be
 * @param headTime how long the head of a request may take, whatever the pace
 * @param bodyTime how long the server may wait for a body without files, all in all
 * @param idleTime how long a connection stays open after an answer
 * @param lowestRate how many bytes must come or go in a second, where files or answers take longer
 *     than a body may
 */
@ConfigurationProperties("kbs.connections")
public record ConnectionLimits(
    int most,
    Duration headTime,
    Duration bodyTime,
    Duration idleTime,
    @ReadableBytes long lowestRate) {

  private static final int PRECISION = 4;

  /** How often it is looked whether a client is too slow. */
  Duration interval() {
    Duration shortest = headTime.compareTo(bodyTime) < 0 ? headTime : bodyTime;
    Duration often = shortest.dividedBy(PRECISION);
    Duration second = Duration.ofSeconds(1);
    return often.compareTo(second) < 0 ? often : second;
  }
}
