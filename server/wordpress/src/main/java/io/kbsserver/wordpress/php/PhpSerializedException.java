package io.kbsserver.wordpress.php;

/** A text is not what PHP's {@code serialize} makes of plain data. */
public class PhpSerializedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int offset;

  PhpSerializedException(String message, int offset) {
    super(message + " at byte " + offset);
    this.offset = offset;
  }

  /** The byte at which the text stops making sense. */
  public int offset() {
    return offset;
  }
}
