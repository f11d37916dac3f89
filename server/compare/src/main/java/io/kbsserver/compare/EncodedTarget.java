package io.kbsserver.compare;

import java.nio.charset.StandardCharsets;

/** The path and the query of a request as they are sent: in ASCII, whatever a person wrote. */
public final class EncodedTarget {

  private static final String UNTOUCHED = "/?&=%[]:,+@;'()*!$~#-_.";

  private EncodedTarget() {}

  /** Encodes what must not stand in a request line, and leaves alone what is encoded already. */
  public static String of(String path) {
    StringBuilder target = new StringBuilder();
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || UNTOUCHED.indexOf(c) >= 0);
      target.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
    }
    return target.toString();
  }
}
