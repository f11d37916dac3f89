package io.kbsserver.cli;

import io.kbsserver.storage.Database;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process in order: on SIGTERM, SIGINT and SIGHUP the running command is interrupted, and
 * unwinds as it would on an error: server, then pool, then database. There is one shutdown hook
 * that waits for this, since hooks run side by side and would pull the database away from under
 * requests that are still being answered.
 */
final class Termination {
  /** What a command makes of it when it is asked to end before it is done. */
  enum Interrupted {
    /** It has failed, and says so. */
    FAILS,
    /** Going on until it is asked to end is all that it is for: it ends well. */
    ENDS_WELL,
    /** It has the exit code of the signal: 130 for SIGINT, 143 for SIGTERM. */
    ENDS_AS_SIGNALLED
  }

  private static final Logger LOG = LoggerFactory.getLogger(Termination.class);

  /** Enough for requests in flight and for a database that has much to write. */
  private static final long UNWIND_SECONDS = 180;

  /** A command that does not notice the interrupt is waiting for the database. */
  private static final long NOTICE_SECONDS = 3;

  private final Thread command = Thread.currentThread();
  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);
  private final AtomicReference<Database> database = new AtomicReference<>();
  private volatile boolean unwindsByItself;
  private volatile Interrupted interrupted = Interrupted.FAILS;
  private volatile int exitCode = 1;

  /** One that nobody triggers, for commands run inside another program. */
  static Termination unwatched() {
    return new Termination();
  }

  /** One that the signals of the process trigger; the calling thread is the one to interrupt. */
  static Termination watched() {
    Termination termination = new Termination();
    Runtime.getRuntime().addShutdownHook(new Thread(termination::stop, "stop"));
    return termination;
  }

  /** True when the process has been asked to end. */
  boolean isRequested() {
    return requested.getCount() == 0;
  }

  /** Waits until the process is asked to end; from then on nothing interrupts the command. */
  void await() {
    synchronized (this) {
      unwindsByItself = true;
    }
    try {
      requested.await();
    } catch (InterruptedException e) {
      // The request came before the wait began. Catching it has cleared the interrupt.
    }
  }

  /** Decides how the command ends from now on if it is asked to before it is done. */
  void whenInterrupted(Interrupted ends) {
    interrupted = ends;
  }

  /** True when a command that did not come to its end has done what it was asked for. */
  boolean endsWell() {
    return isRequested() && interrupted == Interrupted.ENDS_WELL;
  }

  /** The database to close if the command hangs. */
  Database owns(Database opened) {
    database.set(opened);
    return opened;
  }

  /** Ends the process; does not return. */
  void exit(int code) {
    exitCode = code;
    finished.countDown();
    System.exit(code);
  }

  private void stop() {
    if (finished.getCount() == 0) {
      return;
    }
    synchronized (this) {
      requested.countDown();
      // A command that waits for the request is about to finish what is under way.
      if (!unwindsByItself) {
        command.interrupt();
      }
    }
    LOG.info("Stopping");
    try {
      if (!finished.await(unwindsByItself ? UNWIND_SECONDS : NOTICE_SECONDS, TimeUnit.SECONDS)) {
        Database opened = database.get();
        if (opened != null) {
          opened.close();
        }
        finished.await(NOTICE_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // Otherwise the JVM reports the signal as its exit code.
    if (interrupted != Interrupted.ENDS_AS_SIGNALLED) {
      Runtime.getRuntime().halt(exitCode);
    }
  }
}
