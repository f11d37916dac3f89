package io.kbsserver.demo;

import io.kbsserver.logging.Secrets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A login of the demo that whoever starts it has chosen, so that a script knows it beforehand. The
 * password is never shown.
 */
public record GivenLogin(String login, String password) {

  /** Letters and digits are what counts of an application password. */
  private static final Pattern FORM =
      Pattern.compile("([A-Za-z0-9](?:[\\w.-]{0,58}[A-Za-z0-9])?):([A-Za-z0-9 ]+)");

  private static final int SHORTEST = 8;
  private static final int LONGEST = 72;

  /**
   * Reads LOGIN:PASSWORD.
   *
   * @throws IllegalArgumentException with what is expected, and nothing of what was given
   */
  public static GivenLogin parse(String text) {
    Matcher matcher = FORM.matcher(text);
    String password = matcher.matches() ? matcher.group(2).replace(" ", "") : "";
    if (password.length() < SHORTEST || password.length() > LONGEST) {
      throw new IllegalArgumentException(
          "is not LOGIN:PASSWORD, with a password of %d to %d letters and digits"
              .formatted(SHORTEST, LONGEST));
    }
    Secrets.keep(password);
    Secrets.keep(matcher.group(2));
    return new GivenLogin(matcher.group(1), password);
  }

  /** Leaves the password out. */
  @Override
  public String toString() {
    return login;
  }
}
