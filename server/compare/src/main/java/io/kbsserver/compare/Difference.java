package io.kbsserver.compare;

/**
 * One way in which an answer differs from the plugin's.
 *
 * @param where the part of the answer, {@code body[3].ticket_data.agent}
 * @param wanted what the plugin sent there
 * @param got what the server sends
 */
public record Difference(String where, String wanted, String got) {

  /** In the form that the rows of the list of deviations match. */
  @Override
  public String toString() {
    return where + ": " + wanted + " -> " + got;
  }

  /**
   * The same with no more than this many characters of each text, of the values those around the
   * first place where they differ.
   */
  public Difference excerpt(int length) {
    if (Math.max(where.length(), Math.max(wanted.length(), got.length())) <= length) {
      return this;
    }
    int shorter = Math.min(wanted.length(), got.length());
    int same = 0;
    while (same < shorter && wanted.charAt(same) == got.charAt(same)) {
      same++;
    }
    int from = same < length / 2 ? 0 : same - length / 4;
    return new Difference(
        part(where, 0, length), part(wanted, from, length), part(got, from, length));
  }

  private static String part(String text, int from, int length) {
    int to = Math.min(text.length(), from + length);
    return (from > 0 ? "…" : "") + text.substring(from, to) + (to < text.length() ? "…" : "");
  }
}
