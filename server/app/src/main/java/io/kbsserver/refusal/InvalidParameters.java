package io.kbsserver.refusal;

import java.util.Map;

/** Parameters are missing or have values that cannot be used. */
public final class InvalidParameters extends Refusal {

  private static final long serialVersionUID = 1L;

  private transient Map<String, Object> data = Map.of();

  /** A refusal with a code and a message of its own. */
  public InvalidParameters(String code, String message, Map<String, Fault> faults) {
    super(code, message, faults);
  }

  /** The usual refusal, which lists the parameters at fault. */
  public InvalidParameters(Map<String, Fault> faults) {
    this(
        "rest_invalid_param",
        "Invalid parameter(s): " + String.join(", ", faults.keySet()),
        faults);
  }

  /** A refusal with a code and a message of its own, for one parameter. */
  public static InvalidParameters of(String code, String parameter, String message) {
    return new InvalidParameters(code, message, Map.of(parameter, new Fault(code, message)));
  }

  /** There is a term of this name already. */
  public static InvalidParameters termExists(long id, String message) {
    InvalidParameters refusal = of("term_exists", "name", message);
    refusal.data = Map.of("term_id", id);
    return refusal;
  }

  @Override
  public Map<String, Object> data() {
    return data;
  }

  /** The usual refusal, for one parameter. */
  public InvalidParameters(String parameter, Fault fault) {
    this(Map.of(parameter, fault));
  }
}
