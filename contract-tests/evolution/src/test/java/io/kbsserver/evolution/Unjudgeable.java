package io.kbsserver.evolution;

/** Why nothing can be said about a contract, as a clause for people: "… is no OpenAPI file". */
final class Unjudgeable extends RuntimeException {

  private static final long serialVersionUID = 1;

  Unjudgeable(String why) {
    super(why);
  }
}
