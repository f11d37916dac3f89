package io.kbsserver.rest.streaming;

import io.kbsserver.list.LateTexts;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;

/** JSON with marks of late texts, read with the texts in their places. */
public final class LateJson extends InputStream {

  /** So many characters of a text become bytes at a time. */
  private static final int SLICE = 16 * 1024;

  private final String answer;
  private final List<LateTexts> late;
  private final JsonMapper json;
  private final Matcher marks;

  /** What comes next in the answer, and in the text that is being sent. */
  private int inAnswer;

  private String text = "";
  private int inText;

  /** What is ready to be read. */
  private byte[] bytes = {};

  private int inBytes;

  /**
   * An answer with the texts in it.
   *
   * @param answer what is sent but for them
   * @param late those that there may be marks of
   */
  public LateJson(String answer, List<LateTexts> late, JsonMapper json) {
    this.answer = answer;
    this.late = late;
    this.json = json;
    this.marks = LateTexts.marks(late, answer);
  }

  @Override
  public int read() throws IOException {
    return isAtEnd() ? -1 : bytes[inBytes++] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (isAtEnd()) {
      return -1;
    }
    int count = Math.min(length, bytes.length - inBytes);
    System.arraycopy(bytes, inBytes, target, offset, count);
    inBytes += count;
    return count;
  }

  private boolean isAtEnd() throws IOException {
    while (inBytes == bytes.length) {
      if (inText < text.length()) {
        bytes = slice();
      } else if (inAnswer < answer.length()) {
        bytes = upToTheNextMark();
      } else {
        return true;
      }
      inBytes = 0;
    }
    return false;
  }

  private byte[] upToTheNextMark() throws IOException {
    int from = inAnswer;
    int to = answer.length();
    inAnswer = to;
    if (marks.find()) {
      to = marks.start();
      inAnswer = marks.end();
      text = foundText();
      inText = 0;
    }
    return answer.substring(from, to).getBytes(StandardCharsets.UTF_8);
  }

  /** Anything but this exception would leave the client waiting. */
  private String foundText() throws IOException {
    try {
      return LateTexts.at(marks, late);
    } catch (RuntimeException e) {
      throw new IOException("A text cannot be read while its page is sent", e);
    }
  }

  /** A part of the text as it is inside a string of JSON; no character is cut in two. */
  private byte[] slice() throws IOException {
    int end = Math.min(inText + SLICE, text.length());
    if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    byte[] quoted = json.writeValueAsBytes(text.substring(inText, end));
    inText = end;
    return Arrays.copyOfRange(quoted, 1, quoted.length - 1);
  }
}
