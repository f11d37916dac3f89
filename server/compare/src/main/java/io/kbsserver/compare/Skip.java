package io.kbsserver.compare;

/** Why a request of a file is not sent. */
public enum Skip {
  /** Its method is another one. */
  NO_READ("that are no GET, HEAD or OPTIONS"),
  /** It asks to be taken for a request with another method. */
  OTHER_METHOD("that ask for another method (_method, X-HTTP-Method-Override)"),
  /** It cannot be sent, or leads elsewhere. */
  NO_ROUTE("whose path is no route's"),
  /** It has a body. */
  BODY("that have a body"),
  /** It was sent by somebody else. */
  STRANGER("of a login that the user file does not name");

  private final String words;

  Skip(String words) {
    this.words = words;
  }

  /** The reason, to be read after a number of requests. */
  public String words() {
    return words;
  }
}
