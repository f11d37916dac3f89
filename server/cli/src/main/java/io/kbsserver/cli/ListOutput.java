package io.kbsserver.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a list shows: a table for people, JSON for programs. */
final class ListOutput {
  private final List<String> names;
  private final List<List<?>> rows = new ArrayList<>();

  /** A list of rows with these values; the names are those of JSON. */
  ListOutput(String... names) {
    this.names = List.of(names);
  }

  /** Adds texts, numbers, truth values, and lists of them. */
  void add(Object... values) {
    rows.add(List.of(values));
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Prints a table, cut to the terminal if it is one; row by row where that is too narrow. */
  void table(Terminal terminal) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(names.stream().map(ListOutput::heading).toList());
    rows.forEach(row -> cells.add(row.stream().map(ListOutput::text).toList()));
    if (terminal.columns() <= 0) {
      Table.print(cells, terminal.out());
    } else if (Table.fits(cells, terminal.columns())) {
      Table.print(cells, terminal.out(), terminal.columns());
    } else {
      rows.forEach(
          row -> {
            lines(row, terminal);
            terminal.out().println();
          });
    }
  }

  /** Prints one row, a value a line. */
  void lines(Terminal terminal) {
    lines(rows.get(0), terminal);
  }

  private void lines(List<?> row, Terminal terminal) {
    List<List<String>> cells = new ArrayList<>();
    for (int column = 0; column < names.size(); column++) {
      cells.add(List.of(heading(names.get(column)), text(row.get(column))));
    }
    Table.print(cells, terminal.out());
  }

  /** Prints an array of objects. */
  void json(Terminal terminal) {
    write(rows.stream().map(this::object).toList(), terminal);
  }

  /** Prints one row as an object. */
  void jsonObject(Terminal terminal) {
    write(object(rows.get(0)), terminal);
  }

  private Map<String, Object> object(List<?> row) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int column = 0; column < names.size(); column++) {
      object.put(names.get(column), row.get(column));
    }
    return object;
  }

  private static void write(Object value, Terminal terminal) {
    try {
      terminal
          .out()
          .println(
              new ObjectMapper()
                  .enable(SerializationFeature.INDENT_OUTPUT)
                  .writeValueAsString(value));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String heading(String name) {
    return name.replace('_', ' ').toUpperCase(Locale.ROOT);
  }

  private static String text(Object value) {
    if (value instanceof Collection<?> values) {
      return values.stream().map(ListOutput::text).collect(Collectors.joining(","));
    }
    if (value instanceof Boolean truth) {
      return truth ? "yes" : "no";
    }
    return String.valueOf(value);
  }
}
