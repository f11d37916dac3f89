package io.kbsserver.rest.bulkhead;

import io.kbsserver.contract.Operation;
import io.kbsserver.contract.Parameter;
import io.kbsserver.rest.body.Scalars;
import io.kbsserver.text.WrittenNumber;
import io.micronaut.http.HttpMethod;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What work does to the database. */
enum WorkKind {
  /** Reads by an index. */
  READ,

  /** Looks at much of what there is: for a text, to skip it, or to sort it without an index. */
  SEARCH,

  /** Locks, and waits for locks. */
  WRITE;

  /** More rows than an index skips in passing. */
  private static final long DEEP = 10_000;

  /** The parameters with a text that may stand anywhere in another. */
  static final Set<String> SEARCHED = Set.of("search", "name");

  private static final int LARGEST_PAGE = 100;

  static WorkKind of(Operation operation, Map<String, Object> given) {
    if (operation.method() != HttpMethod.GET && operation.method() != HttpMethod.OPTIONS) {
      return WRITE;
    }
    boolean searched = SEARCHED.stream().anyMatch(name -> isGiven(given.get(name)));
    return searched || skipped(given) > DEEP || isDear(operation, given) ? SEARCH : READ;
  }

  private static boolean isDear(Operation operation, Map<String, Object> given) {
    return operation.parameters().stream()
        .anyMatch(parameter -> isDear(parameter, given.get(parameter.name())));
  }

  private static boolean isDear(Parameter parameter, @Nullable Object value) {
    return value != null && parameter.isDear(value);
  }

  private static boolean isGiven(@Nullable Object value) {
    return value != null && !Scalars.isEmpty(value);
  }

  private static double skipped(Map<String, Object> given) {
    double pages = number(given, "page", 1) - 1;
    double rows = pages * number(given, "per_page", LARGEST_PAGE);
    return Math.max(rows, Math.abs(number(given, "offset", 0)));
  }

  /** What is no number is refused before anything is read. */
  private static double number(Map<String, Object> given, String name, long otherwise) {
    Object value = given.get(name);
    return value == null ? otherwise : WrittenNumber.integer(value).orElse(otherwise);
  }
}
