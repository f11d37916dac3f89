package io.kbsserver.rest.body;

import io.kbsserver.contract.Schema;
import io.kbsserver.refusal.UnknownValues;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a query or a body gives.
 *
 * @param values the value of each name; where a name came again, the last one, as in PHP
 * @param repeated all values of each name that came again; none where they cannot be a list
 * @param files the names of the files in a form
 */
public record Parameters(
    Map<String, Object> values, Map<String, List<Object>> repeated, Set<String> files) {

  public static final Parameters NONE = of(Map.of());

  /** Names that came once. */
  public static Parameters of(Map<String, Object> values) {
    return new Parameters(values, Map.of(), Set.of());
  }

  /**
   * The same with each name once. Handled strictly, a name that came again means a list, where a
   * list is taken; handled leniently, the last one counts.
   *
   * @param schemas what is taken under a name
   */
  public Parameters settled(Function<String, Optional<Schema>> schemas, UnknownValues unknown) {
    if (repeated.isEmpty()) {
      return this;
    }
    Map<String, Object> once = new LinkedHashMap<>(values);
    repeated.forEach(
        (name, all) ->
            schemas
                .apply(name)
                .filter(schema -> !unknown.lenient())
                .flatMap(schema -> together(schema, all))
                .ifPresentOrElse(
                    list -> once.put(name, list),
                    () -> unknown.add(name, name + " is given more than once.")));
    return new Parameters(once, Map.of(), files);
  }

  /** Several values as one; nothing where there is room for one only. */
  private static Optional<Object> together(Schema schema, List<Object> values) {
    if (schema.several() == null || values.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (schema.several()) {
          case LIST ->
              values.stream().flatMap(value -> Scalars.items(value).stream()).distinct().toList();
          case COMMA -> values.stream().map(Scalars::text).collect(Collectors.joining(","));
        });
  }
}
