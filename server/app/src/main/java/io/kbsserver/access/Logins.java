package io.kbsserver.access;

import java.util.Optional;

/** Knows who logs in. */
public interface Logins {

  /** The caller, or nothing where the login or the password is wrong. */
  Optional<Caller> authenticate(String loginOrEmail, String password);
}
