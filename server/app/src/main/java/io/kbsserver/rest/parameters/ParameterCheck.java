package io.kbsserver.rest.parameters;

import io.kbsserver.contract.Operation;
import io.kbsserver.contract.Parameter;
import io.kbsserver.contract.Schema;
import io.kbsserver.refusal.Fault;
import io.kbsserver.refusal.InvalidParameters;
import io.kbsserver.rest.body.Scalars;
import io.kbsserver.site.NamedValues;
import io.kbsserver.site.Site;
import io.kbsserver.text.WrittenId;
import io.kbsserver.text.WrittenNumber;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks query parameters against the contract, with the rules and the words of WordPress. */
@Singleton
class ParameterCheck {

  /** WordPress checks these first and looks at the others only when they are right. */
  private static final Set<String> FIRST = Set.of("context", "page", "per_page", "search");

  private static final String KEY_FORMAT = "wordpress-key";

  /** Of a list for which the contract has no limit. */
  private static final int MOST_ITEMS = 10_000;

  private static final String INVALID_TYPE = "rest_invalid_type";

  private final Map<String, NamedValues> namedValues = new LinkedHashMap<>();

  ParameterCheck(List<NamedValues> namedValues) {
    namedValues.forEach(values -> this.namedValues.put(values.format(), values));
  }

  /**
   * The values of the operation's parameters, defaults included.
   *
   * @param given what the request says
   * @param site the settings in force; parameters of what is switched off do not exist
   * @param lenient whether an id may be what PHP would make of it
   * @param found what is wrong already
   */
  Map<String, Object> check(
      Operation operation,
      Map<String, Object> given,
      Site site,
      boolean lenient,
      Map<String, Fault> found) {
    Map<Boolean, List<Parameter>> parameters =
        operation.parameters().stream()
            .filter(parameter -> site.isOn(parameter.setting()))
            .collect(Collectors.partitioningBy(parameter -> FIRST.contains(parameter.name())));
    Map<String, Object> values = new LinkedHashMap<>();
    for (boolean first : List.of(true, false)) {
      Map<String, Fault> faults =
          faults(parameters.getOrDefault(first, List.of()), given, lenient, values);
      if (!faults.isEmpty() || (!first && !found.isEmpty())) {
        found.forEach(faults::putIfAbsent);
        throw new InvalidParameters(faults);
      }
    }
    return values;
  }

  private Map<String, Fault> faults(
      List<Parameter> parameters,
      Map<String, Object> given,
      boolean lenient,
      Map<String, Object> values) {
    Map<String, Fault> faults = new LinkedHashMap<>();
    parameters.forEach(
        parameter -> {
          Object value = given.get(parameter.name());
          if (value == null) {
            values.put(parameter.name(), parameter.defaultValue());
            return;
          }
          try {
            values.put(
                parameter.name(), checked(parameter.name(), value, parameter.schema(), lenient));
          } catch (FaultException e) {
            faults.put(parameter.name(), e.fault);
          }
        });
    return faults;
  }

  /** A value of a body whose schema says more than what it is; what is wrong with it is a fault. */
  void checkBody(
      String name,
      Object value,
      Schema schema,
      boolean lenient,
      Map<String, Object> values,
      Map<String, Fault> faults) {
    try {
      values.put(name, checked(name, value, schema, lenient));
    } catch (FaultException e) {
      faults.put(name, e.fault);
    }
  }

  private Object checked(String name, Object value, Schema schema, boolean lenient) {
    return switch (schema.type()) {
      case INTEGER -> schema.id() && !lenient ? id(name, value) : integer(name, value, schema);
      case STRING -> string(name, value, schema);
      case BOOLEAN -> truth(name, value);
      case ARRAY -> list(name, value, schema, lenient);
      case OBJECT -> object(name, value, schema, lenient);
      case ANY -> value;
    };
  }

  /** PHP has one empty list for both, and writes it as a list. */
  private Map<?, ?> object(String name, Object value, Schema schema, boolean lenient) {
    if (Scalars.isEmpty(value)) {
      value = Map.of();
    }
    if (!(value instanceof Map<?, ?> given)) {
      throw new FaultException(INVALID_TYPE, name + " is not of type object.");
    }
    if (schema.object() == null) {
      return given;
    }
    Map<String, Schema> known = schema.object().properties();
    schema.object().required().stream()
        .filter(field -> given.get(field) == null)
        .findFirst()
        .ifPresent(
            field -> {
              throw new FaultException(
                  "rest_property_required", "%s[%s] is required.".formatted(name, field));
            });
    Map<String, Object> values = new LinkedHashMap<>();
    given.forEach(
        (key, field) -> {
          String inner = "%s[%s]".formatted(name, key);
          Schema described = known.get(key);
          if (described == null && !lenient && !Scalars.isEmpty(field)) {
            throw new FaultException(
                "rest_invalid_param", inner + " is no parameter of this operation.");
          }
          if (described != null && field != null) {
            values.put(key.toString(), checked(inner, field, described, lenient));
          } else if (described != null && !described.nullable()) {
            throw new FaultException(otherThan(described, inner));
          }
        });
    return values;
  }

  private static Boolean truth(String name, Object value) {
    String text = Scalars.isCompound(value) ? "" : value.toString().toLowerCase(Locale.ROOT);
    return switch (text) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw new FaultException(INVALID_TYPE, name + " is not of type boolean.");
    };
  }

  private static Long id(String name, Object value) {
    return WrittenId.exact(value)
        .orElseThrow(() -> new FaultException(INVALID_TYPE, name + " is no id."));
  }

  private static Long integer(String name, Object value, Schema schema) {
    long number =
        WrittenNumber.integer(value)
            .orElseThrow(() -> new FaultException(INVALID_TYPE, name + " is not of type integer."));
    Long minimum = schema.minimum();
    Long maximum = schema.maximum();
    if (minimum != null && maximum != null && (number < minimum || number > maximum)) {
      throw outOfBounds(
          "%s must be between %d (inclusive) and %d (inclusive)".formatted(name, minimum, maximum));
    }
    if (minimum != null && number < minimum) {
      throw outOfBounds("%s must be greater than or equal to %d".formatted(name, minimum));
    }
    if (maximum != null && number > maximum) {
      throw outOfBounds("%s must be less than or equal to %d".formatted(name, maximum));
    }
    return number;
  }

  private String string(String name, Object value, Schema schema) {
    if (Scalars.isCompound(value)) {
      throw new FaultException(INVALID_TYPE, name + " is not of type string.");
    }
    String text = Scalars.text(value);
    List<String> allowed = allowed(schema);
    if (allowed != null && !allowed.contains(text)) {
      throw new FaultException(
          "rest_not_in_enum", "%s is not one of %s.".formatted(name, enumeration(allowed)));
    }
    if (schema.isTooLong(text)) {
      throw new FaultException(
          "rest_too_long",
          "%s must be at most %d characters long.".formatted(name, schema.maxLength()));
    }
    if (WordPressDateTime.FORMAT.equals(schema.format()) && !WordPressDateTime.isValid(text)) {
      throw new FaultException("rest_invalid_date", "Invalid date.");
    }
    return KEY_FORMAT.equals(schema.format()) ? key(text) : text;
  }

  /** What is left of a text that should be a key. */
  private static String key(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "");
  }

  private List<Object> list(String name, Object value, Schema schema, boolean lenient) {
    if (value instanceof Map) {
      throw new FaultException(INVALID_TYPE, name + " is not of type array.");
    }
    int most = schema.maxItems() == null ? MOST_ITEMS : schema.maxItems();
    List<?> given = Scalars.items(value, most);
    if (given.size() > most) {
      throw new FaultException(
          "rest_too_many_items", "%s must contain at most %d items.".formatted(name, most));
    }
    // Twice the same value is once enough, but what is to be done twice is.
    boolean things = schema.items() != null && schema.items().type() == Schema.Type.OBJECT;
    Collection<Object> items = things ? new ArrayList<>() : new LinkedHashSet<>();
    int index = 0;
    for (Object item : given) {
      items.add(checked(name + "[" + index++ + "]", item, schema.items(), lenient));
    }
    return new ArrayList<>(items);
  }

  private @Nullable List<String> allowed(Schema schema) {
    NamedValues named = schema.format() == null ? null : namedValues.get(schema.format());
    return named == null ? schema.values() : named.values();
  }

  private static String enumeration(List<String> values) {
    if (values.size() < 2) {
      return String.join("", values);
    }
    String last = values.get(values.size() - 1);
    String others = String.join(", ", values.subList(0, values.size() - 1));
    return values.size() == 2 ? others + " and " + last : others + ", and " + last;
  }

  /** What is wrong with a value of another type. */
  static Fault otherThan(Schema schema, String name) {
    return new Fault(
        INVALID_TYPE,
        "%s is not of type %s.".formatted(name, schema.type().name().toLowerCase(Locale.ROOT)));
  }

  private static FaultException outOfBounds(String message) {
    return new FaultException("rest_out_of_bounds", message);
  }

  /** Leaves the check of one value. */
  private static final class FaultException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Fault fault;

    FaultException(String code, String message) {
      this(new Fault(code, message));
    }

    FaultException(Fault fault) {
      super(fault.message(), null, false, false);
      this.fault = fault;
    }
  }
}
