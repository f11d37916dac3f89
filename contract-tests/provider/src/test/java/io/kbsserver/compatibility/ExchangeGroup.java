package io.kbsserver.compatibility;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Exchanges that were recorded one after the other on one site.
 *
 * @param name its name, {@code create/minimal new customer}
 * @param writes whether it is one of the chains that write
 * @param exchanges in the order in which they were recorded
 */
record ExchangeGroup(String name, boolean writes, List<RecordedExchange> exchanges) {

  private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

  /** The settings in force, the same for the whole group. */
  Map<String, String> settings() {
    return exchanges.get(0).settings();
  }

  /** What is changed in the WordPress database, the same for the whole group. */
  List<String> sql() {
    return exchanges.get(0).sql();
  }

  /** What wrote up to an exchange, with itself, since the site was restored. */
  List<String> sentUpTo(int index) {
    List<String> sent = new ArrayList<>();
    for (RecordedExchange exchange : exchanges.subList(0, index + 1)) {
      if (exchange.reset()) {
        sent.clear();
      }
      if (exchange.request().body() != null || !READS.contains(exchange.request().method())) {
        sent.add(exchange.request().text());
      }
    }
    return sent;
  }
}
