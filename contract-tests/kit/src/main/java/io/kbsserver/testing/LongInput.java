package io.kbsserver.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Long inputs for parsers, made of short ones: a beginning, a middle that comes again and again,
 * and an end. Whatever takes more than its share of time takes minutes with them.
 */
public final class LongInput {
  private static final int LENGTH = 128 * 1024;

  /** A longer one would not come often enough. */
  private static final int LONGEST_SEED = 96;

  /** Of the processor: a thousand times what is needed where time grows with length. */
  private static final long MOST_SECONDS = 10;

  /** Of what else the machine does, it knows nothing. */
  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

  private LongInput() {}

  /** Fails where a parser is slow; what it throws it may throw. */
  public static void takesItsTime(byte[] seed, Consumer<byte[]> parser) {
    if (seed.length < 3 || seed.length > LONGEST_SEED) {
      return;
    }
    byte[] input = of(seed);
    long began = CLOCK.getCurrentThreadCpuTime();
    try {
      parser.accept(input);
    } catch (RuntimeException e) {
      // Of what is refused, another test speaks.
    }
    long seconds = TimeUnit.NANOSECONDS.toSeconds(CLOCK.getCurrentThreadCpuTime() - began);
    assertTrue(seconds < MOST_SECONDS, () -> seconds + " s for " + input.length + " bytes");
  }

  private static byte[] of(byte[] seed) {
    int third = seed.length / 3;
    ByteArrayOutputStream input = new ByteArrayOutputStream(LENGTH + seed.length);
    input.write(seed, 0, third);
    while (input.size() < LENGTH) {
      input.write(seed, third, third);
    }
    input.write(seed, 2 * third, seed.length - 2 * third);
    return input.toByteArray();
  }
}
