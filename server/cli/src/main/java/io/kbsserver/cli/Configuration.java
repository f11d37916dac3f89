package io.kbsserver.cli;

import io.kbsserver.storage.StartupFailure;
import io.kbsserver.storage.WrittenFile;
import java.io.IOException;
import java.io.StringReader;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the environment says, and the configuration file where it names one; the environment goes
 * before the file.
 *
 * @param values the variables of both
 * @param warnings names that mean nothing here, each in one line
 * @param failure why the file cannot be read, null where it can; told by commands that need it
 */
record Configuration(
    Map<String, String> values, List<String> warnings, @Nullable StartupFailure failure) {

  /** Names that differ in more letters than this are not taken for a slip. */
  private static final int MOST_SLIPS = 3;

  /** Reads the environment and the file that it names. */
  static Configuration of(Map<String, String> environment) {
    String file = environment.getOrDefault(Variable.CONFIG.variable(), "").strip();
    Map<String, String> written;
    try {
      written = file.isEmpty() ? Map.of() : read(file);
    } catch (StartupFailure e) {
      return new Configuration(environment, List.of(), e);
    }
    Map<String, String> values = new HashMap<>(written);
    // A password in the environment goes before a file of it in the configuration file.
    makeWay(values, Variable.DATABASE_PASSWORD, Variable.DATABASE_PASSWORD_FILE, environment);
    makeWay(values, Variable.DATABASE_PASSWORD_FILE, Variable.DATABASE_PASSWORD, environment);
    environment.forEach(
        (name, value) -> {
          if (isSet(name, value)) {
            values.put(name, value);
          } else {
            values.putIfAbsent(name, value);
          }
        });
    return new Configuration(
        values,
        Stream.concat(warnings(environment, ""), warnings(written, " in " + file)).toList(),
        null);
  }

  /** The value of a variable, null where it is not set. */
  @Nullable String value(Variable variable) {
    return isSet(variable, values) ? values.get(variable.variable()) : null;
  }

  /** Checks variables, and gives Micronaut's properties for them. */
  Map<String, Object> properties(Predicate<Variable> which) {
    Map<String, Object> properties = new HashMap<>();
    for (Variable variable : Variable.values()) {
      String value = value(variable);
      if (which.test(variable) && value != null) {
        Object read = variable.read(value);
        String property = variable.property();
        if (property != null) {
          properties.put(property, read);
        }
      }
    }
    return properties;
  }

  /** What the log reads by itself, and from the environment only. */
  Map<String, String> ofTheLog() {
    Map<String, String> ofTheLog = new HashMap<>(values);
    ofTheLog.keySet().removeIf(name -> !name.matches("KBS_(LIBRARY_)?LOG_.*"));
    return ofTheLog;
  }

  /**
   * What is written in place of what is given goes; both in the file are a mistake all the same.
   */
  private static void makeWay(
      Map<String, String> written,
      Variable given,
      Variable other,
      Map<String, String> environment) {
    if (isSet(given, environment) && !isSet(given, written)) {
      written.remove(other.variable());
    }
  }

  private static boolean isSet(Variable variable, Map<String, String> values) {
    String value = values.get(variable.variable());
    return value != null && isSet(variable.variable(), value);
  }

  private static boolean isSet(String name, String value) {
    return !value.isBlank()
        || Arrays.stream(Variable.values())
            .anyMatch(known -> known.variable().equals(name) && known.countsWhenEmpty());
  }

  private static Map<String, String> read(String file) {
    String subject = "The configuration file of " + Variable.CONFIG.variable();
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(WrittenFile.text(subject, file)));
    } catch (IOException | IllegalArgumentException e) {
      throw new StartupFailure(
          subject + " is not one of lines such as KBS_PORT=8090: " + file + ": " + e.getMessage(),
          e);
    }
    Map<String, String> written = new HashMap<>();
    properties
        .stringPropertyNames()
        .forEach(name -> written.put(name, properties.getProperty(name)));
    return written;
  }

  private static Stream<String> warnings(Map<String, String> given, String where) {
    boolean inFile = !where.isEmpty();
    return new TreeMap<>(given)
        .keySet().stream()
            .filter(name -> inFile || name.startsWith(Variable.PREFIX))
            .map(name -> warning(name, inFile).map(text -> name + where + " " + text))
            .flatMap(Optional::stream);
  }

  private static Optional<String> warning(String name, boolean inFile) {
    boolean known =
        Arrays.stream(Variable.values()).anyMatch(variable -> variable.variable().equals(name));
    if (!known) {
      return Optional.of("means nothing here" + nearest(name));
    }
    boolean readBefore =
        name.equals(Variable.JAVA_OPTS.variable()) || name.equals(Variable.CONFIG.variable());
    return inFile && readBefore
        ? Optional.of("is read from the environment only")
        : Optional.empty();
  }

  private static String nearest(String name) {
    return Arrays.stream(Variable.values())
        .map(Variable::variable)
        .min(Comparator.comparingInt(known -> distance(known, name)))
        .filter(known -> distance(known, name) <= MOST_SLIPS)
        .map(known -> "; did you mean " + known + "?")
        .orElse("");
  }

  /**
   * How many letters have to be put in, taken out or changed (Levenshtein). Picocli's suggestions
   * compare parts of words, so that every name with our prefix is like another; commons-text has
   * this, but would be two more libraries to keep for these lines.
   */
  private static int distance(String left, String right) {
    int[] row = new int[right.length() + 1];
    Arrays.setAll(row, column -> column);
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int changed = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[right.length()];
  }
}
