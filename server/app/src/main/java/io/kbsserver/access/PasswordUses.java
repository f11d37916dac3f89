package io.kbsserver.access;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows when application passwords were used last. A request is noted in memory; what was noted is
 * written once in a while, one row for each password, however many requests there were.
 */
@Singleton
public class PasswordUses implements UsedPasswords {

  /** A use; at is UTC. */
  public record Use(LocalDateTime at, String address) {}

  private static final String INTERVAL = "${kbs.logins.uses-written:60s}";

  private static final Logger LOG = LoggerFactory.getLogger(PasswordUses.class);

  private final PasswordUseRepository written;
  private final Clock clock;
  private final Map<String, Use> noted = new ConcurrentHashMap<>();

  PasswordUses(PasswordUseRepository written, Clock clock) {
    this.written = written;
    this.clock = clock;
  }

  @Override
  public void note(String uuid, String address) {
    LocalDateTime now =
        LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
    noted.put(uuid, new Use(now, address));
  }

  /** The last uses that are known, by uuid; those that this server has not written yet as well. */
  Map<String, Use> of(List<String> uuids) {
    Map<String, Use> uses = new HashMap<>();
    if (!uuids.isEmpty()) {
      written
          .findByUuidIn(uuids)
          .forEach(use -> uses.put(use.uuid(), new Use(use.usedAt(), use.address())));
    }
    for (String uuid : uuids) {
      Use use = noted.get(uuid);
      if (use != null) {
        uses.merge(uuid, use, PasswordUses::later);
      }
    }
    return uses;
  }

  /** Another server may have written one that is later than what this one has noted. */
  private static Use later(Use written, Use noted) {
    return written.at().isAfter(noted.at()) ? written : noted;
  }

  /** A database that does not answer is tried again later: nobody waits for this. */
  @PreDestroy
  @Scheduled(fixedDelay = INTERVAL, initialDelay = INTERVAL)
  public void write() {
    for (Map.Entry<String, Use> entry : Map.copyOf(noted).entrySet()) {
      Use use = entry.getValue();
      try {
        written.note(entry.getKey(), use.at(), use.address());
        noted.remove(entry.getKey(), use);
      } catch (RuntimeException e) {
        LOG.debug("When application passwords were used could not be written", e);
        return;
      }
    }
  }
}
