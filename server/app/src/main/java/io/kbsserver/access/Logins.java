package io.kbsserver.access;

import java.util.concurrent.CompletableFuture;

/** Knows who logs in. */
public interface Logins {

  /**
   * Finds out who it is. The calling thread waits for the database, but for no hash.
   *
   * @param address where the request comes from
   */
  CompletableFuture<LoginOutcome> authenticate(
      String loginOrEmail, String password, String address);
}
