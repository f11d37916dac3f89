package io.kbsserver.rest.body;

import java.nio.charset.StandardCharsets;

/**
 * Takes a multipart form apart while it arrives. It keeps nothing but what may belong to the next
 * delimiter, and the headers of the part that begins, and looks at each byte once. A line may end
 * with a line feed alone, as in PHP.
 */
public final class MultipartParser {

  /** Where the parts go. */
  interface Parts {

    /** A part begins. */
    void begin(String headers);

    /** More of the part's content. */
    void content(byte[] bytes, int start, int length);

    /** The part has ended. */
    void end();
  }

  private enum State {
    /** In what may be a delimiter: at the start of a line, or after it. */
    DELIMITER,
    HEADERS,
    /** In a line that is no delimiter. What stands before the first part is content of none. */
    CONTENT,
    END
  }

  private static final int LONGEST_HEADERS = 16 * 1024;

  private final byte[] delimiter;
  private final Parts parts;
  private final StringBuilder headers = new StringBuilder();
  private State state = State.DELIMITER;
  private boolean inPart;

  /** A line break and what follows of a delimiter: content, if it turns out to be none. */
  private final byte[] held;

  private int heldLength;

  /** How much of a delimiter is held. */
  private int matched;

  MultipartParser(String boundary, Parts parts) {
    this.delimiter = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    this.held = new byte[delimiter.length + 4];
    this.parts = parts;
  }

  /** Goes on with the next bytes. */
  void parse(byte[] bytes) {
    int next = 0;
    while (next < bytes.length && state != State.END) {
      next =
          switch (state) {
            case DELIMITER -> delimiter(bytes, next);
            case HEADERS -> headers(bytes, next);
            case CONTENT -> content(bytes, next);
            case END -> bytes.length;
          };
    }
  }

  /** There are no more bytes. As in PHP, the two hyphens behind the last part may be missing. */
  void finish() {
    if (state == State.DELIMITER && matched >= delimiter.length) {
      endPart();
      state = State.END;
    }
    boolean behindPart = state == State.HEADERS && headers.toString().isBlank();
    if (state != State.END && !behindPart) {
      throw new BrokenFormException("The form ends too early");
    }
  }

  private int delimiter(byte[] bytes, int at) {
    byte next = bytes[at];
    boolean more = matched < delimiter.length ? next == delimiter[matched] : endsDelimiter(next);
    if (!more) {
      release();
      state = State.CONTENT;
      return at;
    }
    matched++;
    if (matched > delimiter.length && next == '\n') {
      endPart();
      headers.setLength(0);
      state = State.HEADERS;
    } else if (matched == delimiter.length + 2) {
      endPart();
      state = State.END;
    } else {
      held[heldLength++] = next;
    }
    return at + 1;
  }

  /** Whether this may follow: a line break, or the two hyphens at the end of the form. */
  private boolean endsDelimiter(byte next) {
    boolean first = matched == delimiter.length;
    byte before = first ? 0 : held[heldLength - 1];
    return switch (next) {
      case '\n' -> first || before == '\r';
      case '\r' -> first;
      case '-' -> first || before == '-';
      default -> false;
    };
  }

  private int headers(byte[] bytes, int at) {
    if (headers.length() == LONGEST_HEADERS) {
      throw new BrokenFormException("The headers of a part are too long");
    }
    headers.append((char) (bytes[at] & 0xFF));
    if (bytes[at] == '\n' && endsWithEmptyLine()) {
      parts.begin(headers.toString());
      inPart = true;
      startLine();
    }
    return at + 1;
  }

  private boolean endsWithEmptyLine() {
    int end = headers.length() - 1;
    int line = headers.lastIndexOf("\n", end - 1) + 1;
    return line == end || (line == end - 1 && headers.charAt(line) == '\r');
  }

  private int content(byte[] bytes, int start) {
    if (heldLength > 0) {
      // A carriage return, with which the bytes before these ended.
      if (bytes[start] == '\n') {
        held[heldLength++] = '\n';
        state = State.DELIMITER;
        matched = 0;
        return start + 1;
      }
      release();
    }
    int end = start;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    boolean lineEnds = end < bytes.length;
    int stop = end > start && bytes[end - 1] == '\r' ? end - 1 : end;
    pass(bytes, start, stop - start);
    if (lineEnds) {
      startLine();
    }
    if (stop < end) {
      held[heldLength++] = '\r';
    }
    if (lineEnds) {
      held[heldLength++] = '\n';
    }
    return lineEnds ? end + 1 : end;
  }

  private void startLine() {
    state = State.DELIMITER;
    matched = 0;
    heldLength = 0;
  }

  private void endPart() {
    if (inPart) {
      parts.end();
    }
    inPart = false;
    heldLength = 0;
  }

  private void release() {
    pass(held, 0, heldLength);
    heldLength = 0;
  }

  private void pass(byte[] bytes, int start, int length) {
    if (inPart && length > 0) {
      parts.content(bytes, start, length);
    }
  }

  /** Says that a form cannot be read. */
  public static final class BrokenFormException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BrokenFormException(String message) {
      super(message, null, false, false);
    }
  }
}
