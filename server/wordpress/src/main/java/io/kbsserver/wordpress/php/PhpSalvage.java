package io.kbsserver.wordpress.php;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Saves what can be saved of a serialised array that is damaged: all elements that can be read, in
 * it and in the arrays within it, before the damage and behind it.
 *
 * <p>Where the next element begins behind a damage, and to which of the open arrays it belongs, is
 * told by what follows: all the rest, where it can be read to its end, and else a row of elements,
 * and how many the arrays still want.
 */
final class PhpSalvage {

  /** How much is read in search of the next element, twice, as a multiple of the text's length. */
  private static final long EFFORT = 64;

  /** An array or object that is open, and how many elements it still wants. */
  private static final class Frame {
    private final String key;
    private final PhpSerialized.Opening elements;
    private int remaining;

    private Frame(String key, PhpSerialized.Opening elements) {
      this.key = key;
      this.elements = elements;
      this.remaining = elements.size();
    }
  }

  /** Elements that follow each other: how many, and whether their array ends behind them. */
  private record Run(int elements, boolean closed) {}

  private final byte[] bytes;
  private final Deque<Frame> open = new ArrayDeque<>();
  private final List<String> lost = new ArrayList<>();
  private final @Nullable Map<Object, Object> root;
  private int position;
  private long effortForTheRest;
  private long effortForARun;

  PhpSalvage(byte[] bytes) {
    this.bytes = bytes;
    this.effortForTheRest = 100_000 + EFFORT * bytes.length;
    this.effortForARun = effortForTheRest;
    this.root = opened("");
    while (!open.isEmpty()) {
      if (position < bytes.length && bytes[position] == '}') {
        Frame ended = open.peek().remaining > 0 ? withTheRest(position, true) : null;
        goOn(ended == null ? open.peek() : ended, position);
      } else if (!element() && !resumeWithTheRest(false) && !resume() && !resumeWithTheRest(true)) {
        position = bytes.length;
        close();
      }
    }
  }

  /** What was saved; null where there is nothing. */
  @Nullable Object value() {
    return root == null || root.isEmpty() ? null : root;
  }

  /** The paths of what was not. */
  List<String> lost() {
    return lost;
  }

  /** Reads an element, or opens it where it is an array that cannot be read as a whole. */
  private boolean element() {
    Frame frame = open.peek();
    frame.remaining--;
    PhpSerialized reader = PhpSerialized.at(bytes, position);
    Object key = null;
    try {
      key = reader.key();
      position = reader.position();
      frame.elements.add(key, reader.value(open.size()));
      position = reader.position();
      return true;
    } catch (PhpSerializedException e) {
      if (key != null) {
        Map<Object, Object> inner = opened(key.toString());
        if (inner != null) {
          frame.elements.add(key, inner);
          return true;
        }
      }
      position++;
      lost.add(path(key == null ? "?" : key.toString()));
      return false;
    }
  }

  /** Opens the array at this position; null where there is none. */
  private @Nullable Map<Object, Object> opened(String key) {
    PhpSerialized reader = PhpSerialized.at(bytes, position);
    try {
      PhpSerialized.Opening opening = reader.opening();
      if (open.size() >= PhpSerialized.MAX_DEPTH) {
        return null;
      }
      open.push(new Frame(key, opening));
      position = reader.position();
      return opening.collection();
    } catch (PhpSerializedException e) {
      return null;
    }
  }

  private void close() {
    int remaining = open.peek().remaining;
    if (remaining > 0) {
      lost.add(path(remaining == 1 ? "?" : "? (" + remaining + " elements)"));
    }
    open.pop();
  }

  /** Goes to where all the rest can be read, to the last brace. */
  private boolean resumeWithTheRest(boolean someAreGone) {
    for (int at = position; at < bytes.length && effortForTheRest > 0; at++) {
      Frame frame = "si}".indexOf(bytes[at]) >= 0 ? withTheRest(at, someAreGone) : null;
      if (frame != null) {
        goOn(frame, at);
        return true;
      }
    }
    return false;
  }

  /**
   * The array to which the rest belongs that begins here; null where there is none.
   *
   * @param someAreGone whether it may want more elements than there are
   */
  private @Nullable Frame withTheRest(int at, boolean someAreGone) {
    List<Integer> sizes = new ArrayList<>();
    PhpSerialized reader = PhpSerialized.at(bytes, at);
    int elements = 0;
    try {
      while (reader.position() < bytes.length) {
        if (bytes[reader.position()] == '}') {
          reader = PhpSerialized.at(bytes, reader.position() + 1);
          sizes.add(elements);
          elements = 0;
        } else {
          reader.key();
          reader.value(open.size());
          elements++;
        }
      }
    } catch (PhpSerializedException e) {
      return null;
    } finally {
      effortForTheRest -= reader.position() - at;
    }
    // From the innermost to the root.
    List<Frame> frames = new ArrayList<>(open);
    int ended = frames.size() - sizes.size();
    if (elements > 0 || sizes.isEmpty() || ended < 0) {
      return null;
    }
    for (int i = 0; i < sizes.size(); i++) {
      int wanted = frames.get(ended + i).remaining;
      if (i == 0 && someAreGone ? sizes.get(i) > wanted : sizes.get(i) != wanted) {
        return null;
      }
    }
    return frames.get(ended);
  }

  /** Goes to the next row of elements, or to the end of the array. */
  private boolean resume() {
    for (int at = position; at < bytes.length && effortForARun > 0; at++) {
      Frame frame = bytes[at] == '}' ? closedBy(at) : resumedBy(at);
      if (frame != null) {
        goOn(frame, at);
        return true;
      }
    }
    return false;
  }

  private void goOn(Frame frame, int at) {
    while (open.peek() != frame) {
      close();
    }
    position = at;
    if (bytes[at] == '}') {
      position++;
      close();
    }
  }

  /** The array that ends at this brace: the innermost one, where it wants no more. */
  private @Nullable Frame closedBy(int at) {
    boolean behindAnElement = at > 0 && (bytes[at - 1] == ';' || bytes[at - 1] == '}');
    return behindAnElement && open.peek().remaining <= 0 ? open.peek() : null;
  }

  /** The array to which the elements from here on belong; null where there are none. */
  private @Nullable Frame resumedBy(int at) {
    Run run = bytes[at] == 's' || bytes[at] == 'i' ? run(at) : null;
    if (run == null || run.elements() == 0) {
      return null;
    }
    Frame enough = null;
    for (Frame frame : open) {
      if (run.closed() && frame.remaining == run.elements()) {
        return frame;
      }
      if (enough == null && frame.remaining >= run.elements()) {
        enough = frame;
      }
    }
    return enough;
  }

  /** The elements from here on; null where they are none, such as values taken for keys. */
  private @Nullable Run run(int at) {
    PhpSerialized reader = PhpSerialized.at(bytes, at);
    int elements = 0;
    int from = at;
    try {
      while (from < bytes.length && bytes[from] != '}') {
        reader.key();
        from = reader.position();
        reader.value(open.size());
        from = reader.position();
        elements++;
      }
      return new Run(elements, from < bytes.length);
    } catch (PhpSerializedException e) {
      // Another damage; or keys were taken for values, and what is here cannot be one or the other.
      boolean misread =
          e.offset() == from && from < bytes.length && "NbdaOCERr}".indexOf(bytes[from]) >= 0;
      // An array that is damaged can be opened at least.
      boolean array = e.offset() > from && (bytes[from] == 'a' || bytes[from] == 'O');
      return misread ? null : new Run(array ? elements + 1 : elements, false);
    } finally {
      effortForARun -= reader.position() - at;
    }
  }

  private String path(String key) {
    StringBuilder path = new StringBuilder();
    for (Iterator<Frame> frames = open.descendingIterator(); frames.hasNext(); ) {
      String name = frames.next().key;
      path.append(name).append(name.isEmpty() ? "" : ".");
    }
    return path.append(key).toString();
  }
}
