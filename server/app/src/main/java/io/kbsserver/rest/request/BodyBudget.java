package io.kbsserver.rest.request;

import io.kbsserver.rest.errors.RestException;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that all bodies together may take. A body that finds none left is refused for now; one
 * that is alone finds enough, however small the server is.
 */
@Singleton
public final class BodyBudget {

  private static final int PART_OF_MEMORY = 4;

  /** How much memory a byte takes until its request is answered: raw, as a text, as a value. */
  private static final int COST = 4;

  private final long most = Runtime.getRuntime().maxMemory() / PART_OF_MEMORY / COST;
  private final AtomicLong taken = new AtomicLong();

  /** A share of it for one request. */
  public Share share() {
    return new Share();
  }

  /** What one request has of it, until it gives it back. */
  public final class Share implements AutoCloseable {

    private long bytes;
    private boolean closed;

    private Share() {}

    /** Takes as much as a body has by now. */
    public synchronized void growTo(long size) {
      long more = size - bytes;
      if (closed || more <= 0) {
        return;
      }
      bytes = size;
      long all = taken.addAndGet(more);
      if (all > most && all > bytes) {
        close();
        throw RestException.noRoomForBody();
      }
    }

    @Override
    public synchronized void close() {
      closed = true;
      taken.addAndGet(-bytes);
      bytes = 0;
    }
  }
}
