package io.kbsserver.list;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The texts of a page that are too long to be held all at once. In their place stand marks, which
 * nobody can guess, and so nobody can write into a text of theirs; while the answer is sent, each
 * mark is replaced by its text, and a few texts are read at a time.
 */
public final class LateTexts {

  /** So many bytes are read at a time, or the texts of one row. */
  private static final long AT_A_TIME = 512L * 1024;

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SECRET_BYTES = 16;

  private final Function<List<Long>, Map<Long, Map<String, String>>> reader;
  private final String secret;
  private final Map<Long, Long> lengths = new LinkedHashMap<>();
  private Map<Long, Map<String, String>> held = Map.of();

  /**
   * None so far.
   *
   * @param reader reads the texts of the rows with these ids, by id and name
   */
  public LateTexts(Function<List<Long>, Map<Long, Map<String, String>>> reader) {
    this.reader = reader;
    byte[] bytes = new byte[SECRET_BYTES];
    RANDOM.nextBytes(bytes);
    this.secret = HexFormat.of().formatHex(bytes);
  }

  /** The texts of this row come late; rows are added in the order in which they are sent. */
  public void add(long id, long length) {
    lengths.put(id, length);
  }

  /** What stands in the place of a text: as it is in JSON, too. */
  public String mark(long id, String name) {
    return secret + ":" + id + ":" + name + ";";
  }

  /** Whether none comes late. */
  public boolean isEmpty() {
    return lengths.isEmpty();
  }

  /** Finds the marks of several in an answer; {@link #at} says what belongs in their places. */
  public static Matcher marks(List<LateTexts> all, String answer) {
    String secrets = all.stream().map(late -> late.secret).collect(Collectors.joining("|"));
    return Pattern.compile("(" + secrets + "):(\\d+):(\\w+);").matcher(answer);
  }

  /** The text that belongs in the place of the mark that was found last. */
  public static String at(Matcher mark, List<LateTexts> all) {
    return all.stream()
        .filter(late -> late.secret.equals(mark.group(1)))
        .findFirst()
        .orElseThrow()
        .text(Long.parseLong(mark.group(2)), mark.group(3));
  }

  /**
   * The text that belongs in the place of a mark; asked for in the order of the marks. Those of a
   * row that was deleted since are empty.
   */
  String text(long id, String name) {
    if (!held.containsKey(id)) {
      held = Map.of();
      held = read(from(id));
    }
    Map<String, String> texts = requireNonNull(held.get(id));
    return texts.isEmpty() ? "" : requireNonNull(texts.get(name), "no text of this name");
  }

  private Map<Long, Map<String, String>> read(List<Long> ids) {
    Map<Long, Map<String, String>> read = new HashMap<>(reader.apply(ids));
    ids.forEach(id -> read.putIfAbsent(id, Map.of()));
    return read;
  }

  private List<Long> from(long id) {
    Iterator<Long> rows = lengths.keySet().iterator();
    long row = rows.next();
    while (row != id) {
      row = rows.next();
    }
    List<Long> ids = new ArrayList<>(List.of(id));
    long bytes = requireNonNull(lengths.get(id));
    while (rows.hasNext()) {
      row = rows.next();
      bytes += requireNonNull(lengths.get(row));
      if (bytes > AT_A_TIME) {
        break;
      }
      ids.add(row);
    }
    return ids;
  }
}
