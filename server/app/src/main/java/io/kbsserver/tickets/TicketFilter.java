package io.kbsserver.tickets;

import io.kbsserver.terms.Taxonomy;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which tickets of a list are wanted. Null means "whichever".
 *
 * @param statuses the only statuses wanted; an empty list also brings private tickets to those who
 *     may read them
 * @param user WordPress user id of the customer
 * @param after on the site's clock, exclusive
 * @param before on the site's clock, exclusive
 * @param modifiedAfter likewise, when it was changed last
 * @param modifiedBefore likewise
 * @param terms term ids wanted, by taxonomy
 * @param termsExcluded term ids not wanted, by taxonomy
 * @param anyTaxonomy whether one of the conditions on terms is enough
 */
record TicketFilter(
    @Nullable List<String> statuses,
    @Nullable Long user,
    @Nullable Long customer,
    @Nullable Long company,
    @Nullable Long agent,
    @Nullable String search,
    @Nullable LocalDateTime after,
    @Nullable LocalDateTime before,
    @Nullable LocalDateTime modifiedAfter,
    @Nullable LocalDateTime modifiedBefore,
    Map<Taxonomy, List<Long>> terms,
    Map<Taxonomy, List<Long>> termsExcluded,
    boolean anyTaxonomy) {

  /** Whether they are wanted by what has an index of its own. */
  boolean isByOwnIndex() {
    return Stream.of(user, customer, company, agent, after, before, modifiedAfter, modifiedBefore)
        .anyMatch(Objects::nonNull);
  }
}
