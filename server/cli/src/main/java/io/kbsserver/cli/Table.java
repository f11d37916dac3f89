package io.kbsserver.cli;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;

/** Columns of text, as wide as they need to be, or as a terminal has room for. */
final class Table {
  private static final String GAP = "  ";

  /** No column of a terminal is made narrower. */
  private static final int NARROWEST = 8;

  private final List<List<String>> rows;
  private final int columns;
  private final int[] widths;
  private final boolean[] numeric;

  private Table(List<List<String>> rows) {
    this.rows = rows.stream().map(row -> row.stream().map(Table::shown).toList()).toList();
    this.columns = rows.get(0).size();
    this.widths = new int[columns];
    this.numeric = new boolean[columns];
    for (int column = 0; column < columns; column++) {
      numeric[column] = true;
      for (int row = 0; row < rows.size(); row++) {
        String cell = this.rows.get(row).get(column);
        widths[column] = Math.max(widths[column], length(cell));
        if (row > 0 && !cell.matches("[0-9,]+")) {
          numeric[column] = false;
        }
      }
    }
  }

  /** Prints rows of equal length whole; columns that hold only numbers are right-aligned. */
  static void print(List<List<String>> rows, PrintStream out) {
    new Table(rows).print(out);
  }

  /** The same in lines of at most so many characters; what is cut ends in an ellipsis. */
  static void print(List<List<String>> rows, PrintStream out, int width) {
    Table table = new Table(rows);
    table.fit(width);
    table.print(out);
  }

  /** Takes from the widest column until the line fits, or nothing is left to be taken. */
  private void fit(int width) {
    int excess = Arrays.stream(widths).sum() + GAP.length() * columns - width;
    while (excess > 0) {
      int widest = 0;
      for (int column = 1; column < columns; column++) {
        if (widths[column] >= widths[widest]) {
          widest = column;
        }
      }
      if (widths[widest] <= NARROWEST) {
        return;
      }
      widths[widest]--;
      excess--;
    }
  }

  private void print(PrintStream out) {
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < columns; column++) {
        String cell = cut(row.get(column), widths[column]);
        String space = " ".repeat(widths[column] - length(cell));
        line.append(GAP).append(numeric[column] ? space + cell : cell + space);
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private static String cut(String cell, int width) {
    return length(cell) <= width
        ? cell
        : cell.substring(0, cell.offsetByCodePoints(0, width - 1)) + "…";
  }

  /** What somebody has for a name may be meant to move the cursor. */
  private static String shown(String cell) {
    return cell.replaceAll("\\p{Cntrl}|[\\u202A-\\u202E\\u2066-\\u2069]", "\uFFFD");
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
