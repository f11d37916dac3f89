package io.kbsserver.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LateReaderTest {

  private final LateReader reader = new LateReader();

  @Test
  void twoReadAtATime() throws InterruptedException {
    CountDownLatch two = new CountDownLatch(2);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger reading = new AtomicInteger();
    Supplier<Integer> read =
        () -> {
          int now = reading.incrementAndGet();
          two.countDown();
          await(goOn);
          reading.decrementAndGet();
          return now;
        };
    List<CompletableFuture<Integer>> answers =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> reader.read(read), task -> new Thread(task).start()))
            .toList();
    two.await();
    goOn.countDown();
    assertEquals(2, answers.stream().mapToInt(CompletableFuture::join).max().orElseThrow());
  }

  @Test
  void whatFailsOtherwiseIsNotTriedAgain() {
    AtomicInteger tries = new AtomicInteger();
    Supplier<Integer> broken =
        () -> {
          throw new IllegalStateException("Try " + tries.incrementAndGet());
        };
    for (int i = 1; i <= 3; i++) {
      assertThrows(IllegalStateException.class, () -> reader.read(broken));
      assertEquals(i, tries.get());
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
