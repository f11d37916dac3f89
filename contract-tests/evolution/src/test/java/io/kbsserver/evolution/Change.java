package io.kbsserver.evolution;

/** A difference between two contracts, as those who use them see it. */
sealed interface Change {

  /** The operation that it is a change of. */
  String operation();

  /** What of the operation has changed; empty if it is the operation itself. */
  String place();

  /** What has happened to it. */
  String what();

  /** A client of the old contract may fail against a server of the new one. */
  record Incompatible(String operation, String place, String what) implements Change {}

  /** Clients of the old contract go on; those of the new one may need a server of the new one. */
  record Compatible(String operation, String place, String what) implements Change {}

  /** Nothing on the wire, but another name in the code that is generated. */
  record Renamed(String operation, String place, String what) implements Change {}

  /**
   * A response field is promised from now on. Clients of the old contract go on, but those of the
   * new one fail against a server of the old one, which does not always send it.
   */
  record Promise(String operation, String place, String field) implements Change {

    @Override
    public String what() {
      return "is always there from now on, and clients will rely on it";
    }
  }
}
