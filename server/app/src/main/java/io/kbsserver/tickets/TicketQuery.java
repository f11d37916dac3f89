package io.kbsserver.tickets;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;

/**
 * What a list of tickets is asked for. Null means "not asked".
 *
 * @param limit how many tickets at most
 * @param offset how many to skip
 * @param exclude ids to leave out; without effect where {@code include} is given
 * @param include the only ids wanted
 * @param statuses the only statuses wanted; an empty list also brings private tickets to those who
 *     may read them
 * @param user WordPress user id of the customer
 * @param after on the site's clock, exclusive
 * @param before on the site's clock, exclusive
 * @param terms term ids wanted, by taxonomy
 * @param termsExcluded term ids not wanted, by taxonomy
 * @param anyTaxonomy whether one of the conditions on terms is enough
 */
record TicketQuery(
    long limit,
    long offset,
    Sort sort,
    boolean descending,
    List<Long> exclude,
    List<Long> include,
    List<String> statuses,
    Long user,
    Long customer,
    Long company,
    Long agent,
    String search,
    LocalDateTime after,
    LocalDateTime before,
    Map<String, List<Long>> terms,
    Map<String, List<Long>> termsExcluded,
    boolean anyTaxonomy) {

  /** What a list can be sorted by. */
  enum Sort {
    ID,
    DATE,
    AGENT,
    CUSTOMER,
    MODIFIED,
    INCLUDE,
    TITLE
  }
}
