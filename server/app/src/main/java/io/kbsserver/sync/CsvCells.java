package io.kbsserver.sync;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Lines of CSV as RFC 4180 has them. What a spreadsheet would take for a formula gets an apostrophe
 * before it, so that it is the text that somebody has written.
 */
final class CsvCells {

  private static final String FORMULA = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

  /** Of RFC 4180, and those by which some spreadsheets split all the same. */
  private static final String DELIMITERS = "\",;\t\r\n";

  private CsvCells() {}

  /** A line of these cells. */
  static String line(List<String> cells) {
    return cells.stream().map(CsvCells::quoted).collect(Collectors.joining(",", "", "\r\n"));
  }

  /** A text that anybody may have written. */
  static String text(String text) {
    return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }

  private static String quoted(String cell) {
    boolean plain = cell.chars().noneMatch(c -> DELIMITERS.indexOf(c) >= 0);
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
