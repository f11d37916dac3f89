package io.kbsserver.access;

/** Is told which application passwords requests are sent with. */
@FunctionalInterface
public interface UsedPasswords {

  /** A request was sent with an application password, from an address. */
  void note(String uuid, String address);
}
