package io.kbsserver.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.kbsserver.access.Role;
import io.kbsserver.access.UserAccounts.NewAccount;
import io.kbsserver.storage.StartupFailure;
import io.kbsserver.storage.WrittenFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** A CSV file with users. */
final class UserFile {
  private static final String SUBJECT = "The file of users";
  private static final String STANDARD_INPUT = "-";
  private static final List<String> NEEDED = List.of("login", "email", "role");
  private static final String NAME = "name";

  /** Of full width as well: some spreadsheets take them for the same. */
  private static final Pattern FORMULA = Pattern.compile("[=+@\\-\\t\\r\uFF1D\uFF0B\uFF20\uFF0D]");

  private UserFile() {}

  /** Reads all lines of a file, or of standard input, or tells those that are wrong. */
  static List<NewAccount> read(String file, InputStream in) {
    if (!file.equals(STANDARD_INPUT)) {
      return accounts(file, WrittenFile.text(SUBJECT, file));
    }
    String source = "standard input";
    try {
      return accounts(source, WrittenFile.text(SUBJECT, source, in.readAllBytes()));
    } catch (IOException e) {
      throw new StartupFailure("Standard input cannot be read: " + e.getMessage(), e);
    }
  }

  private static List<NewAccount> accounts(String file, String text) {
    String first = text.lines().findFirst().orElse("");
    char separator = first.contains(";") && !first.contains(",") ? ';' : ',';
    List<String> columns = new ArrayList<>();
    List<NewAccount> accounts = new ArrayList<>();
    List<String> mistakes = new ArrayList<>();
    try (MappingIterator<String[]> rows =
        new CsvMapper()
            .readerFor(String[].class)
            .withFeatures(CsvParser.Feature.WRAP_AS_ARRAY, CsvParser.Feature.TRIM_SPACES)
            .with(CsvSchema.emptySchema().withColumnSeparator(separator))
            .readValues(text)) {
      long line = 1;
      while (rows.hasNextValue()) {
        String[] row = rows.nextValue();
        if (columns.isEmpty()) {
          columns.addAll(columns(row, file));
        } else if (row.length != columns.size()) {
          if (!String.join("", row).isBlank()) {
            mistakes.add(
                "line " + line + ": " + columns.size() + " columns are named, not " + row.length);
          }
        } else {
          account(line, columns, row, accounts, mistakes);
        }
        line = rows.getCurrentLocation().getLineNr();
      }
    } catch (JsonProcessingException e) {
      mistakes.add("line " + e.getLocation().getLineNr() + ": " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new StartupFailure(SUBJECT + " cannot be read: " + file, e);
    }
    if (!mistakes.isEmpty()) {
      throw new StartupFailure(wrong(file, String.join("\n", mistakes)));
    }
    if (accounts.isEmpty()) {
      throw new StartupFailure(SUBJECT + " has none: " + file);
    }
    return accounts;
  }

  /** What is said of lines that are wrong. */
  static String wrong(String file, String mistakes) {
    return "Nobody was added, because of " + file + ":\n" + mistakes.indent(2).stripTrailing();
  }

  /** A value as a cell of CSV. */
  static String cell(String value) {
    return value.matches("[^\",;\\s]*") ? value : '"' + value.replace("\"", "\"\"") + '"';
  }

  /**
   * The same for whoever opens it in a spreadsheet, which would take such a value for a formula.
   */
  static String exported(String value) {
    return cell(FORMULA.matcher(value).lookingAt() ? "'" + value : value);
  }

  private static List<String> columns(String[] row, String file) {
    List<String> columns =
        Arrays.stream(row).map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
    Set<String> odd = new TreeSet<>(columns);
    odd.removeAll(NEEDED);
    odd.remove(NAME);
    if (!columns.containsAll(NEEDED) || !odd.isEmpty() || Set.copyOf(columns).size() < row.length) {
      throw new StartupFailure(
          wrong(
              file,
              "line 1: names the columns login, email, role, and name if you like, but here it is: "
                  + String.join(", ", row)));
    }
    return columns;
  }

  private static void account(
      long line,
      List<String> columns,
      String[] row,
      List<NewAccount> accounts,
      List<String> mistakes) {
    String login = row[columns.indexOf("login")];
    String role = row[columns.indexOf("role")];
    String name = columns.contains(NAME) ? row[columns.indexOf(NAME)] : "";
    if (!Role.OF_THE_HELP_DESK.contains(role)) {
      mistakes.add(
          "line "
              + line
              + ": expected one of "
              + String.join(", ", Role.OF_THE_HELP_DESK)
              + " but was '"
              + role
              + "'");
    }
    accounts.add(
        new NewAccount(
            line, login, row[columns.indexOf("email")], name.isBlank() ? login : name, role));
  }
}
