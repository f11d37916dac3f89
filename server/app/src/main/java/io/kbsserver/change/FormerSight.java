package io.kbsserver.change;

import io.kbsserver.storage.SqlCondition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a ticket was like before a change, as far as anyone's sight of it depends on it. It stands
 * with the change, so that whoever saw the ticket until then can be told that it is gone, and
 * nobody else.
 */
final class FormerSight {

  private static final String PARTICIPANTS = "participants";

  /** What {@code access.Visibility} asks of the row of a ticket. */
  static final Set<String> COLUMNS =
      Set.of("status", "protected", "agent_id", "customer_id", "company_id");

  /** With what it asks of its parts. */
  private static final Set<String> FIELDS =
      Stream.concat(COLUMNS.stream(), Stream.of("terms", "agents", PARTICIPANTS))
          .collect(Collectors.toUnmodifiableSet());

  private static final String PART =
      "',\"%s\":', COALESCE((SELECT JSON_ARRAYAGG(%s) FROM %s WHERE %s = ?), '[]')";

  private FormerSight() {}

  /**
   * The value that stands in the log; NULL where sight does not depend on the change.
   *
   * @param before what it was; its parts are read as they are where they were not read before,
   *     since none of them was changed
   * @param changed the names of the fields that were changed
   */
  static SqlCondition of(
      Subject subject, String id, Map<String, @Nullable Object> before, Set<String> changed) {
    if (subject != Subject.TICKET
        || before.isEmpty()
        || changed.stream().noneMatch(FIELDS::contains)) {
      return SqlCondition.of("NULL");
    }
    String known = known(before);
    List<String> texts = new ArrayList<>(List.of("?"));
    List<Object> args = new ArrayList<>(List.of(known.substring(0, known.length() - 1)));
    for (Subject.Part part : subject.parts()) {
      if (!before.containsKey(part.field())) {
        String column = part.columns().get(0);
        texts.add(
            PART.formatted(
                part.field(),
                part.field().equals(PARTICIPANTS) ? "LOWER(" + column + ")" : column,
                part.table(),
                part.owner()));
        args.add(subject.key(id));
      }
    }
    return new SqlCondition("CONCAT(" + String.join(", ", texts) + ", '}')", args);
  }

  private static String known(Map<String, @Nullable Object> before) {
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
