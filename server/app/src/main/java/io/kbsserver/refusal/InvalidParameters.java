package io.kbsserver.refusal;

import java.util.Map;

/** Parameters are missing or have values that cannot be used. */
public final class InvalidParameters extends Refusal {

  private static final long serialVersionUID = 1L;

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

  /** The usual refusal, for one parameter. */
  public InvalidParameters(String parameter, Fault fault) {
    this(Map.of(parameter, fault));
  }
}
