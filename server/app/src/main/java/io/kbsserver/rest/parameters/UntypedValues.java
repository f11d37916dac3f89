package io.kbsserver.rest.parameters;

import io.kbsserver.refusal.Fault;
import io.kbsserver.refusal.InvalidParameters;
import io.kbsserver.refusal.UnknownValues;
import io.kbsserver.rest.body.Scalars;
import io.kbsserver.rest.request.RequestParameters;
import io.kbsserver.text.WrittenId;
import io.micronaut.http.context.ServerRequestContext;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads those values of a body for which the contract states no single type. */
@Singleton
public class UntypedValues {

  private static final int MOST_ITEMS = 100;

  /** The values of the current request that name nothing. */
  public UnknownValues unknown() {
    return RequestParameters.of(ServerRequestContext.currentRequest().orElseThrow()).unknown();
  }

  /**
   * An id or an e-mail address; nothing where neither is given. What is not exactly an id names
   * nothing, however lenient the handling.
   */
  public Optional<WrittenId> exactIdOrText(String name, @Nullable Object value) {
    return idOrText(name, value, false);
  }

  /** An id or an e-mail address; handled leniently, "3abc" and -3 mean 3, as PHP has it. */
  public Optional<WrittenId> idOrText(String name, @Nullable Object value) {
    return idOrText(name, value, unknown().lenient());
  }

  private Optional<WrittenId> idOrText(String name, @Nullable Object value, boolean lenient) {
    if (value == null || Scalars.isEmpty(value)) {
      return Optional.empty();
    }
    if (Scalars.isCompound(value)) {
      throw new InvalidParameters(
          name, new Fault("rest_invalid_type", name + " is not of type integer or string."));
    }
    if (value instanceof Boolean) {
      unknown().add(name, name + " is not of type integer or string.");
      return Optional.empty();
    }
    String text = Scalars.text(value).strip();
    Optional<Long> id =
        lenient && !text.contains("@") ? WrittenId.ofPhp(value) : WrittenId.exact(value);
    return Optional.of(new WrittenId(text, id));
  }

  /** Whether something is meant to be so; texts of forms say it, too. */
  public static boolean truth(String name, @Nullable Object value) {
    if (Scalars.isCompound(value)) {
      throw new InvalidParameters(
          name, new Fault("rest_invalid_type", name + " is not of type boolean."));
    }
    return !Scalars.isEmpty(value) && !"false".equalsIgnoreCase(String.valueOf(value));
  }

  /** Several of them, separated by commas. Empty parts are left out. */
  public List<WrittenId> idsOrTexts(String name, @Nullable Object value) {
    if (Scalars.isCompound(value)) {
      throw new InvalidParameters(
          name, new Fault("rest_invalid_type", name + " is not of type string."));
    }
    if (value instanceof Boolean) {
      unknown().add(name, name + " is not of type string.");
      return List.of();
    }
    if (value instanceof Number) {
      return idOrText(name, value).stream().toList();
    }
    List<WrittenId> result = new ArrayList<>();
    String[] parts = Scalars.text(value).split(",", MOST_ITEMS + 1);
    refuseTooMany(name, parts.length);
    for (String part : parts) {
      idOrText(name, part.strip()).ifPresent(result::add);
    }
    return result;
  }

  /** One id or a list of ids, whatever its keys; what is not an id names nothing. */
  public List<Long> ids(String name, @Nullable Object value) {
    List<Long> result = new ArrayList<>();
    List<?> items =
        value instanceof List<?> list
            ? list
            : value instanceof Map<?, ?> map
                ? new ArrayList<>(map.values())
                : Collections.singletonList(value);
    refuseTooMany(name, items.size());
    items.stream()
        .filter(item -> !Scalars.isEmpty(item))
        .forEach(item -> id(name, item).ifPresent(result::add));
    return result;
  }

  private static void refuseTooMany(String name, int count) {
    if (count > MOST_ITEMS) {
      throw new InvalidParameters(
          name,
          new Fault(
              "rest_too_many_items",
              "%s must contain at most %d items.".formatted(name, MOST_ITEMS)));
    }
  }

  private Optional<Long> id(String name, Object value) {
    Optional<Long> id = WrittenId.ofSomething(value, unknown().lenient());
    if (id.isEmpty()) {
      unknown().add(name, name + " is not of type integer.");
    }
    return id;
  }
}
