package io.kbsserver.rest.idempotency;

import io.kbsserver.refusal.Fault;
import io.kbsserver.refusal.InvalidParameters;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the header: a string of RFC 8941, in quotes, or, as most clients send it, without. What
 * parameters the string has is of no matter.
 */
final class IdempotencyKey {

  static final String HEADER = "Idempotency-Key";

  private static final int LONGEST = 255;
  private static final Pattern QUOTED =
      Pattern.compile("\"((?:[ !#-\\[\\]-~]|\\\\[\"\\\\])*)\"(?: *;[ -~]*)?");
  private static final Pattern BARE = Pattern.compile("[!#-~][ -~]*|");

  private IdempotencyKey() {}

  /** The key, without quotes. */
  static String of(List<String> headers) {
    if (headers.size() != 1) {
      throw refused("is given more than once.");
    }
    String header = headers.get(0).strip();
    Matcher quoted = QUOTED.matcher(header);
    String key = quoted.matches() ? quoted.group(1).replaceAll("\\\\(.)", "$1") : header;
    if (!quoted.matches() && !BARE.matcher(header).matches()) {
      throw refused("must be printable ASCII characters, in quotes or not.");
    }
    if (key.isEmpty() || key.length() > LONGEST) {
      throw refused("must be 1 to " + LONGEST + " characters long.");
    }
    return key;
  }

  private static InvalidParameters refused(String why) {
    return new InvalidParameters(HEADER, new Fault("rest_invalid_param", HEADER + " " + why));
  }
}
