package io.kbsserver.rest.wire;

import io.netty.buffer.ByteBuf;

/**
 * Follows the chunks of a body, and tells whether their sizes are written as RFC 9112 wants them:
 * hexadecimal digits, and then the end of the line or a semicolon. What else stands there some
 * programs pass over, Netty among them, and some do not. A blank may only stand before a semicolon,
 * where the standard wants it read.
 */
final class ChunkSizes {

  /** Of what the next byte is one. */
  private enum Part {
    START,
    DIGITS,
    BLANKS,
    EXTENSION,
    RETURN,
    DATA,
    TRAILER
  }

  /** Behind each chunk; whether it is a line's end, Netty sees to. */
  private static final int LINE_END = 2;

  /** Netty takes no longer ones; more digits would not fit. */
  private static final int MOST_DIGITS = 15;

  private Part part = Part.START;
  private int digits;
  private long left;

  /** Whether bytes that come next in the body are well-formed, as far as it is seen to here. */
  boolean take(ByteBuf bytes, int from, int to) {
    int at = from;
    while (at < to) {
      if (part == Part.TRAILER) {
        return true;
      }
      if (part == Part.DATA) {
        long passed = Math.min(left, to - at);
        at += (int) passed;
        left -= passed;
        part = left == 0 ? Part.START : part;
      } else if (!take((char) bytes.getUnsignedByte(at++))) {
        return false;
      }
    }
    return true;
  }

  /** A character of the line with the size. */
  private boolean take(char next) {
    if (next == '\n') {
      return endOfLine();
    }
    return switch (part) {
      case START, DIGITS -> digit(next) || (part == Part.DIGITS && afterDigits(next));
      case BLANKS -> next == ' ' || next == '\t' || extension(next);
      case RETURN -> false;
      default -> true;
    };
  }

  private boolean digit(char next) {
    int digit = next < 128 ? Character.digit(next, 16) : -1;
    if (digit < 0) {
      return false;
    }
    left = part == Part.START ? digit : left * 16 + digit;
    digits = part == Part.START ? 1 : digits + 1;
    part = Part.DIGITS;
    return digits <= MOST_DIGITS;
  }

  private boolean afterDigits(char next) {
    if (next == ' ' || next == '\t' || next == '\r') {
      part = next == '\r' ? Part.RETURN : Part.BLANKS;
      return true;
    }
    return extension(next);
  }

  private boolean extension(char next) {
    part = Part.EXTENSION;
    return next == ';';
  }

  private boolean endOfLine() {
    boolean ends = part == Part.RETURN || part == Part.EXTENSION;
    part = left == 0 ? Part.TRAILER : Part.DATA;
    left += LINE_END;
    return ends;
  }
}
