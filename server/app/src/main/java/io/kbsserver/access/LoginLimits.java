package io.kbsserver.access;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.time.Duration;

/**
 * What attempts to log in may cost.
 *
 * @param failuresOfPair wrong passwords for one login from one address
 * @param failuresOfAddress wrong passwords from one address
 * @param window the time that these are counted for, from the first of them
 * @param waitingHashes attempts that may wait for their slow hash
 */
@ConfigurationProperties("kbs.logins")
public record LoginLimits(
    int failuresOfPair, int failuresOfAddress, Duration window, int waitingHashes) {}
