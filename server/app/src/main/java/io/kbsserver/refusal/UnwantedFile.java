package io.kbsserver.refusal;

import java.util.Map;

/** A file was sent that is not taken. */
public final class UnwantedFile extends Refusal {

  private static final long serialVersionUID = 1L;

  private UnwantedFile(String code, String message, String parameter) {
    super(code, message, Map.of(parameter, new Fault(code, message)));
  }

  /** The site takes files of some types only. */
  public static UnwantedFile ofType(String parameter, String message) {
    return new UnwantedFile("rest_unsupported_media_type", message, parameter);
  }
}
