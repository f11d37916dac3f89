package io.kbsserver.cli;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Columns of text, as wide as they need to be, or as a terminal has room for. */
final class Table {
  private static final String GAP = "  ";

  private static final Pattern WIDE =
      Pattern.compile(
          "[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsHangul}\\p{IsBopomofo}"
              + "\\u3000-\\u303E\\uFF01-\\uFF60\\x{1F300}-\\x{1FAFF}]");

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
        widths[column] = Math.max(widths[column], width(cell));
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

  /** Whether lines can be made so short. */
  static boolean fits(List<List<String>> rows, int width) {
    Table table = new Table(rows);
    int narrowest = Arrays.stream(table.widths).map(one -> Math.min(one, NARROWEST)).sum();
    return narrowest + GAP.length() * table.columns <= width;
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
        String space = " ".repeat(widths[column] - width(cell));
        line.append(GAP).append(numeric[column] ? space + cell : cell + space);
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private static String cut(String cell, int width) {
    if (width(cell) <= width) {
      return cell;
    }
    int room = width - 1;
    int end = 0;
    while (room >= widthAt(cell, end)) {
      room -= widthAt(cell, end);
      end = cell.offsetByCodePoints(end, 1);
    }
    return cell.substring(0, end) + "…" + " ".repeat(room);
  }

  /** In one line; what somebody has for a name may be meant to move the cursor. */
  private static String shown(String cell) {
    return cell.replaceAll("\r?\n", " ")
        .replaceAll("[\\p{Cc}\\u2028-\\u202E\\u2066-\\u2069]", "\uFFFD");
  }

  /** How many columns of a terminal a text takes. */
  private static int width(String text) {
    int width = 0;
    for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
      width += widthAt(text, i);
    }
    return width;
  }

  /** Two for the letters of East Asia and for pictures, none for what is put on the one before. */
  private static int widthAt(String text, int index) {
    int character = text.codePointAt(index);
    return switch (Character.getType(character)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> WIDE.matcher(Character.toString(character)).matches() ? 2 : 1;
    };
  }
}
