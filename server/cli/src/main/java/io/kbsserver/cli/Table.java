package io.kbsserver.cli;

import java.io.PrintStream;
import java.util.List;

/** Columns of text, as wide as they need to be. */
final class Table {
  private Table() {}

  /** Prints rows of equal length; columns that hold only numbers are right-aligned. */
  static void print(List<List<String>> rows, PrintStream out) {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    boolean[] numeric = new boolean[columns];
    for (int column = 0; column < columns; column++) {
      numeric[column] = true;
      for (int row = 0; row < rows.size(); row++) {
        String cell = rows.get(row).get(column);
        widths[column] = Math.max(widths[column], cell.codePointCount(0, cell.length()));
        if (row > 0 && !cell.matches("[0-9,]+")) {
          numeric[column] = false;
        }
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < columns; column++) {
        String cell = row.get(column);
        String space = " ".repeat(widths[column] - cell.codePointCount(0, cell.length()));
        line.append("  ").append(numeric[column] ? space + cell : cell + space);
      }
      out.println(line.toString().stripTrailing());
    }
  }
}
