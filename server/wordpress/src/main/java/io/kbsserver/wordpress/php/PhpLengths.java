package io.kbsserver.wordpress.php;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts the lengths of the strings in a serialised text anew. A search-and-replace over a dump
 * changes texts and leaves their lengths as they were.
 *
 * <p>Where a string ends cannot be told from its quotes, which may stand in the text as well. So
 * all ends that are possible are tried, the likely ones first, until everything makes sense to the
 * last byte, the numbers of elements included.
 */
final class PhpLengths {

  /** How far the text is walked in search of an answer, as a multiple of its length. */
  private static final long EFFORT = 64;

  private static final int MAX_NUMBER_BYTES = 64;

  /** What is open: how many elements it still wants, and whether a key is due or a value. */
  private record Frame(@Nullable Frame outer, int depth, int remaining, boolean keyIsDue) {

    Frame afterKey() {
      return new Frame(outer, depth, remaining - 1, false);
    }

    Frame afterValue() {
      return new Frame(outer, depth, remaining, true);
    }

    Frame inner(int size) {
      return new Frame(this, depth + 1, size, true);
    }
  }

  /** A string: where its length, its first byte and the byte after its last one are. */
  private record Text(int lengthAt, int from, int to, @Nullable Text before) {}

  /** Where an end was taken, and what is due behind it: all that decides how it goes on. */
  private record Place(int position, Frame frame) {}

  /** A string, what was known when it began, and the next of the ends that it may have. */
  private final class Choice implements Comparable<Choice> {
    private final Frame frame;
    private final @Nullable Text before;
    private final int costBefore;
    private final int lengthAt;
    private final int from;
    private final int declaredEnd;
    private final boolean declaredEndIsPossible;
    private int end;
    private int quotes;
    private int cost;

    private Choice(int lengthAt, int length) {
      this.frame = PhpLengths.this.frame;
      this.before = PhpLengths.this.texts;
      this.costBefore = PhpLengths.this.cost;
      this.lengthAt = lengthAt;
      this.from = position;
      this.declaredEnd = position + length;
      this.declaredEndIsPossible = endsAt(declaredEnd, frame);
      this.end = from - 1;
      if (declaredEndIsPossible) {
        cost = costBefore;
      } else {
        next();
      }
    }

    /** Goes to the next end; false if there is none. */
    private boolean next() {
      while (++end < bytes.length - 1 && effort-- > 0) {
        if (bytes[end] == '"' && bytes[end + 1] == ';') {
          quotes++;
          if (end != declaredEnd && endsAt(end, frame)) {
            cost =
                costBefore
                    + (declaredEndIsPossible ? LENGTH_COULD_BE_RIGHT : LENGTH_IS_WRONG)
                    + QUOTES_IN_THE_TEXT * (quotes - 1);
            return true;
          }
        }
      }
      end = bytes.length;
      return false;
    }

    @Override
    public int compareTo(Choice other) {
      // Of equals the one that has come farther.
      return cost != other.cost
          ? Integer.compare(cost, other.cost)
          : Integer.compare(other.from, from);
    }
  }

  private static final int LENGTH_IS_WRONG = 1;
  private static final int QUOTES_IN_THE_TEXT = 2;
  private static final int LENGTH_COULD_BE_RIGHT = 4;

  private final byte[] bytes;
  private final PriorityQueue<Choice> choices = new PriorityQueue<>();
  private final Set<Place> seen = new HashSet<>();
  private @Nullable Text texts;
  private int cost;
  private Frame frame = new Frame(null, 0, 0, false);
  private int position;
  private long effort;

  private PhpLengths(byte[] bytes) {
    this.bytes = bytes;
    this.effort = 100_000 + EFFORT * bytes.length;
  }

  /** The text with the lengths that its strings have; nothing where no lengths make sense of it. */
  static Optional<byte[]> recounted(byte[] bytes) {
    PhpLengths lengths = new PhpLengths(bytes);
    return lengths.found() ? Optional.of(lengths.written()) : Optional.empty();
  }

  private boolean found() {
    while (effort-- > 0) {
      if (frame.outer() == null && frame.keyIsDue() && position == bytes.length) {
        return true;
      }
      if (!step() && !anotherEnd()) {
        return false;
      }
    }
    return false;
  }

  private byte[] written() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + 64);
    int copied = 0;
    Deque<Text> inOrder = new ArrayDeque<>();
    for (Text text = texts; text != null; text = text.before()) {
      inOrder.push(text);
    }
    for (Text text : inOrder) {
      out.write(bytes, copied, text.lengthAt() - copied);
      out.writeBytes(Integer.toString(text.to() - text.from()).getBytes(StandardCharsets.US_ASCII));
      // The colon and the quote before the text.
      copied = text.from() - 2;
    }
    out.write(bytes, copied, bytes.length - copied);
    return out.toByteArray();
  }

  private boolean step() {
    if (!frame.keyIsDue()) {
      return value();
    }
    if (frame.outer() == null) {
      return false;
    }
    if (frame.remaining() == 0) {
      frame = frame.outer().afterValue();
      return skip('}');
    }
    return at('s') ? string() : at('i') && number();
  }

  private boolean value() {
    if (position >= bytes.length) {
      return false;
    }
    switch (bytes[position]) {
      case 'N':
        position++;
        frame = frame.afterValue();
        return skip(';');
      case 'b', 'i', 'd', 'R', 'r':
        return number();
      case 's':
        return string();
      case 'a':
        position++;
        return skip(':') && open();
      case 'O':
        return name() && skip(':') && open();
      case 'E':
        frame = frame.afterValue();
        return name() && skip(';');
      default:
        // C keeps a format of its own, within which nothing can be told.
        return false;
    }
  }

  private boolean number() {
    position++;
    frame = frame.keyIsDue() ? frame.afterKey() : frame.afterValue();
    return skip(':') && until(';') > 0;
  }

  private boolean open() {
    int size = size();
    if (size < 0 || frame.depth() >= PhpSerialized.MAX_DEPTH) {
      return false;
    }
    frame = frame.inner(size);
    return skip('{');
  }

  /** The name of a class or a case, which holds no quotes. */
  private boolean name() {
    position++;
    int lengthAt = position + 1;
    if (!skip(':') || size() < 0 || !skip('"')) {
      return false;
    }
    int from = position;
    while (position < bytes.length && bytes[position] != '"') {
      position++;
    }
    texts = new Text(lengthAt, from, position, texts);
    return skip('"');
  }

  private boolean string() {
    position++;
    int lengthAt = position + 1;
    if (!skip(':')) {
      return false;
    }
    int length = size();
    if (length < 0 || !skip('"')) {
      return false;
    }
    if (frame.keyIsDue()) {
      return key(lengthAt, length);
    }
    Choice choice = new Choice(lengthAt, length);
    if (choice.declaredEndIsPossible) {
      take(choice, choice.declaredEnd);
      add(choice);
      return true;
    }
    choices.add(choice);
    return anotherEnd();
  }

  /** A key whose length is wrong is a name, which holds no quotes. */
  private boolean key(int lengthAt, int length) {
    int from = position;
    int end = from + length;
    if (!endsAt(end, frame)) {
      end = from;
      while (end < bytes.length && bytes[end] != '"') {
        end++;
      }
    }
    texts = new Text(lengthAt, from, end, texts);
    position = end + 2;
    frame = frame.afterKey();
    return end + 1 < bytes.length && bytes[end + 1] == ';';
  }

  /** Goes on behind the likeliest end that was not tried yet. */
  private boolean anotherEnd() {
    while (!choices.isEmpty() && effort > 0) {
      Choice choice = choices.poll();
      if (choice.end < bytes.length) {
        take(choice, choice.end);
        boolean isNew = seen.add(new Place(position, frame));
        add(choice);
        if (isNew) {
          return true;
        }
      }
    }
    return false;
  }

  private void add(Choice choice) {
    if (choice.next()) {
      choices.add(choice);
    }
  }

  private void take(Choice choice, int end) {
    cost = choice.cost;
    texts = new Text(choice.lengthAt, choice.from, end, choice.before);
    frame = choice.frame.afterValue();
    position = end + 2;
  }

  /** Whether a string can end there: what follows must be what is due after it. */
  private boolean endsAt(int end, Frame within) {
    if (end + 2 > bytes.length || bytes[end] != '"' || bytes[end + 1] != ';') {
      return false;
    }
    if (end + 2 == bytes.length) {
      return within.outer() == null;
    }
    char next = (char) bytes[end + 2];
    if (within.keyIsDue()) {
      return "NbidsaOCErR".indexOf(next) >= 0;
    }
    return within.outer() != null
        && (within.remaining() == 0 ? next == '}' : "is".indexOf(next) >= 0);
  }

  private int size() {
    int digits = until(':');
    if (digits < 1 || digits > 9) {
      return -1;
    }
    String text = new String(bytes, position - 1 - digits, digits, StandardCharsets.US_ASCII);
    return text.chars().allMatch(c -> c >= '0' && c <= '9') ? Integer.parseInt(text) : -1;
  }

  /** How many bytes stand before a delimiter, which is passed over; -1 where it is not near. */
  private int until(char delimiter) {
    int start = position;
    int end = Math.min(bytes.length, start + MAX_NUMBER_BYTES);
    while (position < end) {
      if (bytes[position++] == delimiter) {
        return position - 1 - start;
      }
    }
    return -1;
  }

  private boolean at(char wanted) {
    return position < bytes.length && bytes[position] == wanted;
  }

  private boolean skip(char wanted) {
    boolean there = at(wanted);
    position++;
    return there;
  }
}
