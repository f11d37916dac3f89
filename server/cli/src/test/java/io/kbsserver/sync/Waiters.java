package io.kbsserver.sync;

import io.kbsserver.http.TestServer;

/** Those who wait for a change. */
public final class Waiters {

  private Waiters() {}

  /** Until a request of this user waits. */
  public static void await(TestServer server, long user) {
    ChangeWatch watch = server.bean(ChangeWatch.class);
    while (watch.waitingOf(user) == 0) {
      Thread.onSpinWait();
    }
  }
}
