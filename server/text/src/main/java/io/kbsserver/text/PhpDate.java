package io.kbsserver.text;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** Dates in formats of PHP, as WordPress keeps them, with names in a language. */
public final class PhpDate {

  private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");

  private PhpDate() {}

  /** A moment in a format: letters that mean nothing, and those behind a backslash, stay. */
  public static String of(ZonedDateTime moment, String format, Locale language) {
    StringBuilder written = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char letter = format.charAt(i);
      if (letter != '\\') {
        written.append(part(moment, letter, language));
      } else if (i + 1 < format.length()) {
        i++;
        written.append(format.charAt(i));
      }
    }
    return written.toString();
  }

  private static String part(ZonedDateTime moment, char letter, Locale language) {
    int day = moment.getDayOfMonth();
    int hour = moment.getHour();
    return switch (letter) {
      case 'd' -> two(day);
      case 'j' -> Integer.toString(day);
      case 'S' -> ordinal(day);
      case 'D' -> moment.getDayOfWeek().getDisplayName(TextStyle.SHORT, language);
      case 'l' -> moment.getDayOfWeek().getDisplayName(TextStyle.FULL, language);
      case 'N' -> Integer.toString(moment.getDayOfWeek().getValue());
      case 'w' -> Integer.toString(moment.getDayOfWeek().getValue() % 7);
      case 'z' -> Integer.toString(moment.getDayOfYear() - 1);
      case 'W' -> two(moment.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
      case 'o' -> Integer.toString(moment.get(IsoFields.WEEK_BASED_YEAR));
      case 'F' -> moment.getMonth().getDisplayName(TextStyle.FULL, language);
      case 'M' -> moment.getMonth().getDisplayName(TextStyle.SHORT, language);
      case 'm' -> two(moment.getMonthValue());
      case 'n' -> Integer.toString(moment.getMonthValue());
      case 't' -> Integer.toString(moment.toLocalDate().lengthOfMonth());
      case 'L' -> moment.toLocalDate().isLeapYear() ? "1" : "0";
      case 'Y' -> Integer.toString(moment.getYear());
      case 'y' -> two(moment.getYear() % 100);
      case 'a' -> hour < 12 ? "am" : "pm";
      case 'A' -> hour < 12 ? "AM" : "PM";
      case 'g' -> Integer.toString(moment.get(ChronoField.CLOCK_HOUR_OF_AMPM));
      case 'h' -> two(moment.get(ChronoField.CLOCK_HOUR_OF_AMPM));
      case 'G' -> Integer.toString(hour);
      case 'H' -> two(hour);
      case 'i' -> two(moment.getMinute());
      case 's' -> two(moment.getSecond());
      case 'O' -> DateTimeFormatter.ofPattern("xx").format(moment);
      case 'P' -> DateTimeFormatter.ofPattern("xxx").format(moment);
      case 'T' -> DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH).format(moment);
      case 'e' -> moment.getZone().getId();
      case 'Z' -> Integer.toString(moment.getOffset().getTotalSeconds());
      case 'U' -> Long.toString(moment.toEpochSecond());
      case 'c' -> ISO.format(moment) + part(moment, 'P', language);
      case 'r' -> of(moment, "D, d M Y H:i:s O", Locale.ENGLISH);
      default -> Character.toString(letter);
    };
  }

  private static String two(int number) {
    return number < 10 ? "0" + number : Integer.toString(number);
  }

  /** In English, as PHP has it, whatever the language is. */
  private static String ordinal(int day) {
    return day / 10 == 1
        ? "th"
        : switch (day % 10) {
          case 1 -> "st";
          case 2 -> "nd";
          case 3 -> "rd";
          default -> "th";
        };
  }
}
