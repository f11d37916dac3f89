package io.kbsserver.site;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What values a setting takes: how people write them, and how the database keeps them, which is how
 * WordPress keeps them.
 *
 * @param <T> what a value means to the program
 */
sealed interface SettingKind<T> {

  /** The values that people may give, in words. */
  String allowed();

  /** What a person has given; empty where it is not allowed. */
  Optional<T> given(String text);

  /** How people see a value; {@link #given} understands it. */
  String shown(T value);

  /** What a kept text means; empty where that is nothing. */
  Optional<T> read(String kept);

  /** How a value is kept. */
  String kept(T value);

  /** No line of text holds these, and neither does a terminal like them. */
  private static boolean isPlain(String text) {
    return text.codePoints().noneMatch(Character::isISOControl);
  }

  /** A switch; kept as 1 and nothing. */
  record OnOff() implements SettingKind<Boolean> {
    @Override
    public String allowed() {
      return "on or off";
    }

    @Override
    public Optional<Boolean> given(String text) {
      return switch (text) {
        case "on" -> Optional.of(true);
        case "off" -> Optional.of(false);
        default -> Optional.empty();
      };
    }

    @Override
    public String shown(Boolean value) {
      return value ? "on" : "off";
    }

    @Override
    public Optional<Boolean> read(String kept) {
      return Optional.of(!kept.isEmpty() && !kept.equals("0"));
    }

    @Override
    public String kept(Boolean value) {
      return value ? "1" : "";
    }
  }

  /** A line of text, possibly empty. */
  record Text(int longest) implements SettingKind<String> {
    @Override
    public String allowed() {
      return "a line of up to " + longest + " characters";
    }

    @Override
    public Optional<String> given(String text) {
      return Optional.of(text)
          .filter(line -> line.codePointCount(0, line.length()) <= longest && isPlain(line));
    }

    @Override
    public String shown(String value) {
      return value;
    }

    @Override
    public Optional<String> read(String kept) {
      return Optional.of(kept);
    }

    @Override
    public String kept(String value) {
      return value;
    }
  }

  /** A text of several lines, possibly none, as HTML has them. */
  record LongText() implements SettingKind<String> {
    /** In four bytes a character it still fits into the column. */
    private static final int LONGEST = 16_000;

    @Override
    public String allowed() {
      return "a text of up to " + LONGEST + " characters";
    }

    @Override
    public Optional<String> given(String text) {
      String lines = text.replaceAll("\\R", "\n");
      return Optional.of(lines)
          .filter(whole -> whole.codePointCount(0, whole.length()) <= LONGEST)
          .filter(whole -> isPlain(whole.replaceAll("[\n\t]", "")));
    }

    @Override
    public String shown(String value) {
      return value;
    }

    @Override
    public Optional<String> read(String kept) {
      return Optional.of(kept.replaceAll("\\R", "\n"));
    }

    @Override
    public String kept(String value) {
      return value;
    }
  }

  /** A line with a meaning, or nothing. */
  record Line(String meaning, Predicate<String> isOne) implements SettingKind<String> {
    @Override
    public String allowed() {
      return meaning + ", or nothing";
    }

    @Override
    public Optional<String> given(String text) {
      return Optional.of(text)
          .filter(line -> line.isEmpty() || (isPlain(line) && isOne.test(line)));
    }

    @Override
    public String shown(String value) {
      return value;
    }

    /** What is none, as WordPress may keep it, is as good as nothing. */
    @Override
    public Optional<String> read(String kept) {
      return given(kept.strip());
    }

    @Override
    public String kept(String value) {
      return value;
    }
  }

  /** A whole number above 0. */
  record Number() implements SettingKind<Long> {
    @Override
    public String allowed() {
      return "a whole number above 0, of up to 15 digits";
    }

    @Override
    public Optional<Long> given(String text) {
      return text.length() <= 15 ? read(text) : Optional.empty();
    }

    @Override
    public String shown(Long value) {
      return Long.toString(value);
    }

    @Override
    public Optional<Long> read(String kept) {
      return Optional.of(kept)
          .filter(text -> text.matches("[0-9]{1,18}"))
          .map(Long::valueOf)
          .filter(number -> number > 0);
    }

    @Override
    public String kept(Long value) {
      return Long.toString(value);
    }
  }

  /** A number of things, possibly none; kept as it is written, none as nothing. */
  record Count(long most) implements SettingKind<Long> {
    @Override
    public String allowed() {
      return "a whole number from 0 to " + most;
    }

    @Override
    public Optional<Long> given(String text) {
      return Optional.of(text)
          .filter(digits -> digits.matches("[0-9]{1,18}"))
          .map(Long::valueOf)
          .filter(number -> number <= most);
    }

    @Override
    public String shown(Long value) {
      return Long.toString(value);
    }

    @Override
    public Optional<Long> read(String kept) {
      return Optional.of(kept.matches("[0-9]{1,18}") ? Math.min(Long.parseLong(kept), most) : 0);
    }

    @Override
    public String kept(Long value) {
      return Long.toString(value);
    }
  }

  /** A list of texts; kept as JSON. */
  record Texts() implements SettingKind<List<String>> {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** As JSON and in four bytes a character it still fits into the column. */
    private static final int LONGEST = 16_000;

    @Override
    public String allowed() {
      return "texts with commas between them, together up to " + LONGEST + " characters";
    }

    @Override
    public Optional<List<String>> given(String text) {
      if (text.length() > LONGEST || !isPlain(text)) {
        return Optional.empty();
      }
      return Optional.of(
          Arrays.stream(text.split(","))
              .map(String::strip)
              .filter(part -> !part.isEmpty())
              .distinct()
              .toList());
    }

    @Override
    public String shown(List<String> value) {
      return String.join(",", value);
    }

    @Override
    public Optional<List<String>> read(String kept) {
      try {
        // PHP makes an object of a list that has gaps.
        JsonNode container = kept.isBlank() ? null : JSON.readTree(kept);
        List<String> texts = new ArrayList<>();
        if (container != null && container.isContainerNode()) {
          container.forEach(text -> texts.add(text.asText()));
        } else if (container != null) {
          texts.add(container.asText());
        }
        return Optional.of(texts.stream().filter(text -> !text.isBlank()).toList());
      } catch (JsonProcessingException e) {
        return given(kept.replaceAll("\\R", ","));
      }
    }

    @Override
    public String kept(List<String> value) {
      try {
        return JSON.writeValueAsString(value);
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException(e);
      }
    }
  }

  /** A time zone; one that the program does not know is not replaced by a guess. */
  record Zone() implements SettingKind<ZoneId> {
    @Override
    public String allowed() {
      return "a time zone: a name such as Europe/Berlin, an offset such as +05:30, or UTC";
    }

    @Override
    public Optional<ZoneId> given(String text) {
      try {
        return Optional.of(ZoneId.of(text));
      } catch (DateTimeException e) {
        return Optional.empty();
      }
    }

    @Override
    public String shown(ZoneId value) {
      return value.equals(ZoneOffset.UTC) ? "+00:00" : value.getId();
    }

    @Override
    public Optional<ZoneId> read(String kept) {
      return Optional.of(
          given(kept)
              .orElseThrow(() -> new IllegalStateException("Not a known time zone: " + kept)));
    }

    @Override
    public String kept(ZoneId value) {
      return shown(value);
    }
  }

  /**
   * One of a few words.
   *
   * @param words what each of them means
   */
  record Choice<T>(Map<String, T> words) implements SettingKind<T> {
    @Override
    public String allowed() {
      return "one of " + String.join(", ", words.keySet().stream().sorted().toList());
    }

    @Override
    public Optional<T> given(String text) {
      return Optional.ofNullable(words.get(text));
    }

    @Override
    public String shown(T value) {
      return words.entrySet().stream()
          .filter(word -> word.getValue().equals(value))
          .map(Map.Entry::getKey)
          .findFirst()
          .orElseThrow();
    }

    @Override
    public Optional<T> read(String kept) {
      return given(kept);
    }

    @Override
    public String kept(T value) {
      return shown(value);
    }
  }
}
