package io.kbsserver.link;

import static java.util.Objects.requireNonNull;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.kbsserver.api.OperationId;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The path of an operation with an id in it, or with none.
 *
 * @param start what stands before the id
 * @param end what stands behind it; null where there is no id
 */
record LinkPath(String start, @Nullable String end) {

  /** Ids that Java can count. */
  private static final String ID = "\\d{1,18}";

  private static final Map<OperationId, LinkPath> PATHS =
      Arrays.stream(OperationId.values())
          .collect(
              toMap(
                  identity(),
                  operation -> of(operation.path()),
                  (one, other) -> one,
                  () -> new EnumMap<>(OperationId.class)));

  static LinkPath of(OperationId operation) {
    return requireNonNull(PATHS.get(operation));
  }

  static LinkPath of(String path) {
    int open = path.indexOf('{');
    return open < 0
        ? new LinkPath(path, null)
        : new LinkPath(path.substring(0, open), path.substring(path.indexOf('}') + 1));
  }

  /** The path as it stands. */
  String fixed() {
    if (end != null) {
      throw new IllegalArgumentException("An id is missing in " + start + "…" + end);
    }
    return start;
  }

  /** The path of one object. */
  String of(long id) {
    if (end == null || end.contains("{")) {
      throw new IllegalArgumentException("There is no place for one id in " + start);
    }
    return start + id + end;
  }

  /** The path of a part of one object. */
  String of(long id, long part) {
    int open = end == null ? -1 : end.indexOf('{');
    if (end == null || open < 0 || end.indexOf('{', open + 1) >= 0) {
      throw new IllegalArgumentException("There are no places for two ids in " + start);
    }
    return start + id + end.substring(0, open) + part + end.substring(end.indexOf('}') + 1);
  }

  /** The id in such a path; nothing where it is another one. */
  Optional<Long> idIn(String path) {
    if (end == null || !path.startsWith(start) || !path.endsWith(end)) {
      return Optional.empty();
    }
    return Optional.of(
            path.substring(start.length(), Math.max(start.length(), path.length() - end.length())))
        .filter(id -> id.matches(ID))
        .map(Long::valueOf);
  }
}
