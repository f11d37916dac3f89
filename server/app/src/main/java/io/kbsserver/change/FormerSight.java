package io.kbsserver.change;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a ticket was like before a change, as far as anyone's sight of it depends on it. It stands
 * with the change, so that whoever saw the ticket until then can be told that it is gone, and
 * nobody else.
 */
final class FormerSight {

  private static final String PARTICIPANTS = "participants";

  /** What {@code access.Visibility} asks of a ticket. */
  private static final Set<String> FIELDS =
      Set.of(
          "status",
          "protected",
          "agent_id",
          "customer_id",
          "company_id",
          "terms",
          "agents",
          PARTICIPANTS);

  private FormerSight() {}

  /**
   * As it stands in the log; null where sight does not depend on the change.
   *
   * @param before what it was
   * @param changed the names of the fields that were changed
   */
  static @Nullable String of(
      Subject subject, Map<String, @Nullable Object> before, Set<String> changed) {
    if (subject != Subject.TICKET
        || before.isEmpty()
        || changed.stream().noneMatch(FIELDS::contains)) {
      return null;
    }
    Map<String, Object> sight = new LinkedHashMap<>();
    before.forEach(
        (name, value) -> {
          if (FIELDS.contains(name) && value != null) {
            sight.put(name, name.equals(PARTICIPANTS) ? inLowerCase((List<?>) value) : value);
          }
        });
    return Differences.json(sight);
  }

  /** Addresses are the same in upper and lower case; JSON would tell them apart. */
  private static List<String> inLowerCase(List<?> emails) {
    return emails.stream().map(email -> email.toString().toLowerCase(Locale.ROOT)).toList();
  }
}
