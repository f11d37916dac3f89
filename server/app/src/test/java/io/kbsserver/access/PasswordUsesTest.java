package io.kbsserver.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kbsserver.access.PasswordUses.Use;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When application passwords were used is written once in a while. */
class PasswordUsesTest {

  private static final String UUID = "0b7d1f5e-9c6a-5f0e-8a56-3c9f1d2b7e40";
  private static final LocalDateTime NOW = LocalDateTime.parse("2026-01-02T03:04:05");

  private final Rows rows = new Rows();
  private final PasswordUses uses =
      new PasswordUses(
          rows, Clock.fixed(Instant.parse("2026-01-02T03:04:05.678Z"), ZoneOffset.UTC));

  @Test
  void manyUsesAreWrittenOnceWhenItIsTime() {
    for (int i = 0; i < 3; i++) {
      uses.note(UUID, "192.0.2." + i);
    }
    assertEquals(List.of(), rows.noted);
    assertEquals(Map.of(UUID, new Use(NOW, "192.0.2.2")), uses.of(List.of(UUID)));
    uses.write();
    assertEquals(List.of(new PasswordUse(UUID, NOW, "192.0.2.2")), rows.noted);
    uses.write();
    assertEquals(1, rows.noted.size());
  }

  @Test
  void theLaterOfWhatSeveralServersKnowIsShown() {
    uses.note(UUID, "192.0.2.1");
    Use elsewhere = new Use(NOW.plusSeconds(10), "192.0.2.2");
    rows.noted.add(new PasswordUse(UUID, elsewhere.at(), elsewhere.address()));
    assertEquals(Map.of(UUID, elsewhere), uses.of(List.of(UUID)));
    rows.noted.set(0, new PasswordUse(UUID, NOW.minusSeconds(10), "192.0.2.2"));
    assertEquals(Map.of(UUID, new Use(NOW, "192.0.2.1")), uses.of(List.of(UUID)));
  }

  /** What was written, every time. */
  private static final class Rows implements PasswordUseRepository {

    final List<PasswordUse> noted = new ArrayList<>();

    @Override
    public List<PasswordUse> findByUuidIn(List<String> uuids) {
      return noted.stream().filter(use -> uuids.contains(use.uuid())).toList();
    }

    @Override
    public void note(String uuid, LocalDateTime usedAt, String address) {
      noted.add(new PasswordUse(uuid, usedAt, address));
    }
  }
}
