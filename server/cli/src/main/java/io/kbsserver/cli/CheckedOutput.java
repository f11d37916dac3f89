package io.kbsserver.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.PrintStream;

/** A print stream that says when nobody takes any more, which Java's keeps to itself. */
final class CheckedOutput extends FilterOutputStream {
  private static final String LOST = "it was closed, or there is no room left";

  private final PrintStream printed;

  CheckedOutput(PrintStream printed) {
    super(printed);
    this.printed = printed;
  }

  /** What is said where something printed was lost. */
  static String lost() {
    return "Cannot write to standard output: " + LOST;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    if (printed.checkError()) {
      throw new IOException(LOST);
    }
  }
}
