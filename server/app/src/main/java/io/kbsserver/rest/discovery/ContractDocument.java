package io.kbsserver.rest.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kbsserver.contract.ContractFile;
import io.kbsserver.rest.body.Sha256;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An OpenAPI document as it is handed out: as it stands, but for the address of its only server,
 * which is the one that it was asked of.
 *
 * @param yaml the file
 * @param json what it says
 */
record ContractDocument(Template yaml, Template json) {

  /** Where the address stands, in YAML or JSON. */
  private static final Pattern SERVER =
      Pattern.compile(
          "(?:^servers:\\s*\\n\\s*-\\s+url:\\s+\"?"
              + "|\"servers\"\\s*:\\s*\\[\\s*\\{\\s*\"url\"\\s*:\\s*\")([^\\s\"]+)",
          Pattern.MULTILINE);

  static ContractDocument of(byte[] file) {
    return new ContractDocument(
        Template.of(new String(file, UTF_8)),
        Template.of(ContractFile.read(new String(file, UTF_8)).toPrettyString()));
  }

  /**
   * A text with an address in it.
   *
   * @param before what stands before the address
   * @param after what stands behind it
   * @param digest what tells it from other texts, whatever the address
   */
  record Template(String before, String after, String digest) {

    private static Template of(String text) {
      Matcher matcher = SERVER.matcher(text);
      if (!matcher.find()) {
        throw new IllegalStateException("The document names no server");
      }
      return new Template(
          text.substring(0, matcher.start(1)), text.substring(matcher.end(1)), Sha256.hex(text));
    }

    /** The text for a server; its address has nothing in it that would have to be escaped. */
    byte[] at(String server) {
      return (before + server + after).getBytes(UTF_8);
    }

    /** The tag of the text for a server, as content of this type, with its quotes. */
    String tag(String server, String type) {
      return '"' + Sha256.hex(String.join("\n", digest, server, type)) + '"';
    }
  }
}
