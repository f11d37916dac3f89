package io.kbsserver.refusal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Collects the values of one request that name nothing: an agent who does not exist, a status that
 * is not registered. Handled strictly they are refused, handled leniently ignored; never silently.
 */
public final class UnknownValues {

  private static final int MOST_NAMED = 100;
  private static final int LONGEST_NAME = 200;

  private final boolean lenient;
  private final Map<String, Fault> found = new LinkedHashMap<>();

  /** Nothing found yet. */
  public UnknownValues(boolean lenient) {
    this.lenient = lenient;
  }

  /** Whether such values are ignored. */
  public boolean lenient() {
    return lenient;
  }

  /** The value of this parameter names nothing. */
  public void add(String parameter, String message) {
    found.putIfAbsent(parameter, new Fault("rest_invalid_param", shown(message)));
  }

  /** What is wrong with the request if such values are refused, as far as an answer can hold it. */
  public Map<String, Fault> faults() {
    Map<String, Fault> faults = new LinkedHashMap<>();
    if (!lenient) {
      found.entrySet().stream()
          .limit(MOST_NAMED)
          .forEach(fault -> faults.put(shown(fault.getKey()), fault.getValue()));
    }
    return faults;
  }

  /** Runs an action; what it adds is forgotten if it fails, since it may be tried again. */
  public <T> T during(Supplier<T> action) {
    Set<String> before = Set.copyOf(found.keySet());
    try {
      return action.get();
    } catch (RuntimeException e) {
      found.keySet().retainAll(before);
      throw e;
    }
  }

  private static String shown(String name) {
    return name.codePointCount(0, name.length()) <= LONGEST_NAME
        ? name
        : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME)) + "…";
  }

  /** Ends the request if such values are refused and there are any. */
  public void refuseIfStrict() {
    Map<String, Fault> faults = faults();
    if (!faults.isEmpty()) {
      throw new InvalidParameters(faults);
    }
  }

  /** The parameters that were ignored. */
  public Set<String> ignored() {
    return found.keySet();
  }
}
