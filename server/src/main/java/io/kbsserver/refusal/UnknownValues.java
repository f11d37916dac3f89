package io.kbsserver.refusal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Collects the values of one request that name nothing: an agent who does not exist, a status that
 * is not registered. Handled strictly they are refused, handled leniently ignored; never silently.
 */
public final class UnknownValues {

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
    found.putIfAbsent(parameter, new Fault("rest_invalid_param", message));
  }

  /** Ends the request if such values are refused and there are any. */
  public void refuseIfStrict() {
    if (!lenient && !found.isEmpty()) {
      throw new InvalidParameters(found);
    }
  }

  /** The parameters that were ignored. */
  public Set<String> ignored() {
    return found.keySet();
  }
}
