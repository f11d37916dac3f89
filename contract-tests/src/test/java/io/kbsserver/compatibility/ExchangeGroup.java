package io.kbsserver.compatibility;

import java.util.List;
import java.util.Map;

/**
 * Exchanges that were recorded one after the other on one site.
 *
 * @param name its name, {@code create/minimal new customer}
 * @param writes whether it is one of the chains that write
 * @param exchanges in the order in which they were recorded
 */
record ExchangeGroup(String name, boolean writes, List<Exchange> exchanges) {

  /** The settings in force, the same for the whole group. */
  Map<String, String> settings() {
    return exchanges.get(0).settings();
  }

  /** What is changed in the WordPress database, the same for the whole group. */
  List<String> sql() {
    return exchanges.get(0).sql();
  }
}
