package io.kbsserver.drill;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * Clients that each keep a connection, ask, read the answer, and think for a while before they ask
 * again, whatever the answer was.
 */
final class LoadClients implements AutoCloseable {

  private final int port;
  private final long thinkNanos;
  private final IntFunction<byte[]> requests;
  private final List<Thread> threads = new ArrayList<>();
  private final List<List<Sample>> samples = new ArrayList<>();
  private volatile long began = System.nanoTime();
  private volatile boolean ended;
  private long endedAt;

  record Sample(int status, boolean saysWhen, long nanos, long sent) {}

  /**
   * What so many clients have seen.
   *
   * @param seconds how long
   * @param accepted the times of answers with 200, in nanoseconds, the shortest first
   * @param refused the times of answers with 503
   * @param withoutRetryAfter how many of these do not say when to come again
   * @param others how many answers there were of any other kind, or connections that broke
   */
  record Seen(
      int clients,
      double seconds,
      long[] accepted,
      long[] refused,
      long withoutRetryAfter,
      long others) {

    double perSecond() {
      return accepted.length / seconds;
    }

    double millis(double quantile) {
      return millis(accepted, quantile);
    }

    static double millis(long[] times, double quantile) {
      return times.length == 0
          ? 0
          : times[(int) Math.min(times.length - 1, Math.floor(times.length * quantile))] / 1e6;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%4d clients: %6.0f/s answered, p50 %6.1f ms, p99 %6.1f ms; %6.0f/s refused, p50 %5.1f ms,"
              + " p99 %6.1f ms; %d others",
          clients,
          perSecond(),
          millis(0.5),
          millis(0.99),
          refused.length / seconds,
          millis(refused, 0.5),
          millis(refused, 0.99),
          others);
    }
  }

  /**
   * Starts them.
   *
   * @param requests what each of them sends, head and body
   */
  static LoadClients start(int port, int clients, long thinkMillis, IntFunction<byte[]> requests) {
    LoadClients load = new LoadClients(port, TimeUnit.MILLISECONDS.toNanos(thinkMillis), requests);
    for (int i = 0; i < clients; i++) {
      int number = i;
      List<Sample> own = new ArrayList<>();
      load.samples.add(own);
      Thread thread = new Thread(null, () -> load.run(number, own), "client", 128 * 1024);
      thread.setDaemon(true);
      load.threads.add(thread);
    }
    load.threads.forEach(Thread::start);
    return load;
  }

  private LoadClients(int port, long thinkNanos, IntFunction<byte[]> requests) {
    this.port = port;
    this.thinkNanos = thinkNanos;
    this.requests = requests;
  }

  /** Lets them all arrive, and counts what they send from then on. */
  LoadClients settled(long seconds) throws InterruptedException {
    TimeUnit.SECONDS.sleep(seconds);
    began = System.nanoTime();
    return this;
  }

  /** What they saw in their first second, once they are stopped. */
  Seen onset() {
    long first = first();
    return seen(1, sample -> sample.sent - first < TimeUnit.SECONDS.toNanos(1));
  }

  private long first() {
    return samples.stream().flatMap(List::stream).mapToLong(Sample::sent).min().orElse(began);
  }

  /** Lets them go on for so long, then stops them, and tells what they have seen. */
  Seen during(long seconds) throws InterruptedException {
    TimeUnit.SECONDS.sleep(seconds);
    return stop();
  }

  private Seen stop() throws InterruptedException {
    close();
    for (Thread thread : threads) {
      thread.join();
    }
    return seen((endedAt - began) / 1e9, sample -> sample.sent - began >= 0);
  }

  private Seen seen(double seconds, Predicate<Sample> when) {
    List<Sample> all = samples.stream().flatMap(List::stream).filter(when).toList();
    return new Seen(
        threads.size(),
        seconds,
        times(all, 200),
        times(all, 503),
        all.stream().filter(it -> it.status == 503 && !it.saysWhen).count(),
        all.stream().filter(it -> it.status != 200 && it.status != 503).count());
  }

  private static long[] times(List<Sample> samples, int status) {
    LongStream times = samples.stream().filter(it -> it.status == status).mapToLong(Sample::nanos);
    return times.sorted().toArray();
  }

  @Override
  public void close() {
    if (!ended) {
      endedAt = System.nanoTime();
      ended = true;
    }
  }

  private void run(int number, List<Sample> own) {
    // Not all at the same moment.
    LockSupport.parkNanos(thinkNanos * number / Math.max(1, threads.size()));
    while (!ended) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(30_000);
        InputStream in = new BufferedInputStream(socket.getInputStream());
        while (!ended) {
          long start = System.nanoTime();
          socket.getOutputStream().write(requests.apply(number));
          Sample sample = read(in, start);
          if (!ended) {
            own.add(sample);
          }
          LockSupport.parkNanos(thinkNanos);
        }
      } catch (IOException e) {
        own.add(new Sample(0, false, 0, System.nanoTime()));
        LockSupport.parkNanos(thinkNanos);
      }
    }
  }

  /** Reads an answer to what was sent at a time. */
  static Sample read(InputStream in, long start) throws IOException {
    String head = head(in);
    String lower = head.toLowerCase(Locale.ROOT);
    int length = lower.indexOf("content-length:");
    if (length < 0) {
      throw new IOException("No length: " + head);
    }
    in.skipNBytes(
        Long.parseLong(lower.substring(length + 15, lower.indexOf('\r', length)).strip()));
    return new Sample(
        Integer.parseInt(head.substring(9, 12)),
        lower.contains("retry-after:"),
        System.nanoTime() - start,
        start);
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream(1024);
    byte[] end = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    byte[] last = new byte[4];
    while (!Arrays.equals(last, end)) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("The server hung up after " + head);
      }
      head.write(next);
      System.arraycopy(last, 1, last, 0, 3);
      last[3] = (byte) next;
    }
    return head.toString(StandardCharsets.US_ASCII);
  }
}
