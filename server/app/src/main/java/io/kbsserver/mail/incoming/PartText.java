package io.kbsserver.mail.incoming;

import io.kbsserver.text.LinkedText;
import jakarta.mail.internet.MimeUtility;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** The texts of mails, from bytes in whatever charset they are said to be in. */
final class PartText {

  private static final Charset WESTERN = Charset.forName("windows-1252");
  private static final int DEEPEST_HTML = 2000;
  private static final String ARMOUR = "-----BEGIN PGP SIGNED MESSAGE-----";
  private static final String SIGNATURE = "-----BEGIN PGP SIGNATURE-----";

  private PartText() {}

  /** What the bytes mean; where the charset is unknown or wrong, UTF-8 or else windows-1252. */
  static String decoded(byte[] bytes, String charset) {
    String text;
    try {
      Charset said = Charset.forName(MimeUtility.javaCharset(charset));
      // Who says ASCII and writes other letters says nothing.
      text = strict(bytes, said);
    } catch (IllegalArgumentException | CharacterCodingException e) {
      text = guessed(bytes);
    }
    return harmless(text);
  }

  private static String guessed(byte[] bytes) {
    try {
      return strict(bytes, StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      return new String(bytes, WESTERN);
    }
  }

  private static String strict(byte[] bytes, Charset charset) throws CharacterCodingException {
    return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  /** Without what is no text: control characters, and halves of others. */
  static String harmless(String text) {
    StringBuilder out = new StringBuilder(text.length());
    String lines = text.replace("\r\n", "\n").replace('\r', '\n');
    lines
        .codePoints()
        .filter(
            point ->
                point == '\n'
                    || point == '\t'
                    || !Character.isISOControl(point)
                        && point != '\uFEFF'
                        && Character.getType(point) != Character.SURROGATE)
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  /** A plain text without the armour of a signature inside. */
  static String unarmoured(String text) {
    int begin = text.indexOf(ARMOUR);
    int end = text.indexOf(SIGNATURE);
    if (begin < 0 || end < begin) {
      return text;
    }
    int content = text.indexOf("\n\n", begin);
    if (content < 0 || content > end) {
      return text;
    }
    return (text.substring(0, begin) + text.substring(content + 2, end).replaceAll("(?m)^- ", ""))
        .strip();
  }

  /** HTML as it is read. */
  static String ofHtml(String html) {
    if (HtmlDepth.of(html) > DEEPEST_HTML) {
      throw new PutAside("Its HTML is nested too deep.");
    }
    return LinkedText.of(html).replace('\u00A0', ' ');
  }
}
