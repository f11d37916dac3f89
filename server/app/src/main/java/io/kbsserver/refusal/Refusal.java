package io.kbsserver.refusal;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request cannot be fulfilled, and the one who asked can know why. What kind of refusal it is
 * decides the HTTP status, in one place.
 */
public abstract sealed class Refusal extends RuntimeException
    permits InvalidParameters,
        NotFound,
        NotThere,
        NotAllowed,
        Conflict,
        Outdated,
        Unprocessable,
        Unsupported,
        UnwantedFile,
        Unavailable {

  private static final long serialVersionUID = 1L;

  private final String code;
  private final transient Map<String, Fault> faults;

  Refusal(String code, String message, Map<String, Fault> faults) {
    super(message);
    this.code = code;
    this.faults = Collections.unmodifiableMap(new LinkedHashMap<>(faults));
  }

  /** The error, for a person. */
  @Override
  public String getMessage() {
    return requireNonNull(super.getMessage());
  }

  /** The kind of error, in WordPress's words. */
  public String code() {
    return code;
  }

  /** What else a program may want to know of it, by name; may be empty. */
  public Map<String, Object> data() {
    return Map.of();
  }

  /** What is wrong with which parameter; may be empty. */
  public Map<String, Fault> faults() {
    return faults;
  }
}
