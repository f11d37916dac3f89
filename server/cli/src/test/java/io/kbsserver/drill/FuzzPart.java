package io.kbsserver.drill;

import java.util.List;

/**
 * A parameter, a field or a header of a request that was made up.
 *
 * @param pairs how it is written in a query or a form: names and values, not encoded
 * @param json how it is written in JSON
 * @param ruling what the contract says of it
 */
record FuzzPart(Place place, String name, List<Pair> pairs, Object json, Ruling ruling) {

  /** Where it stands. */
  enum Place {
    QUERY,
    BODY,
    HEADER
  }

  /** Whether it has to be taken. */
  enum Ruling {
    /** Nothing is wrong with it. */
    GOOD,
    /** It has to be refused, with its name. */
    BAD,
    /** The contract leaves it to the server, or to what else there is. */
    OPEN
  }

  /** A name with its value; there may be several of the same name. */
  record Pair(String name, String value) {}

  static FuzzPart of(Place place, String name, String value, Ruling ruling) {
    return new FuzzPart(place, name, List.of(new Pair(name, value)), value, ruling);
  }
}
