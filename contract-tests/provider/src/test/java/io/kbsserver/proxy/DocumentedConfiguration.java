package io.kbsserver.proxy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A configuration of nginx as {@code docs/operating.md} prints it. */
final class DocumentedConfiguration {

  private static final Path FILE = Path.of("..", "..", "docs", "operating.md");

  private String text;

  private DocumentedConfiguration(String text) {
    this.text = text;
  }

  /** The first one under a heading. */
  static DocumentedConfiguration under(String heading) throws IOException {
    Matcher block =
        Pattern.compile(
                "^### %s$(?:(?!^#).)*?^```nginx$(.*?)^```$".formatted(Pattern.quote(heading)),
                Pattern.MULTILINE | Pattern.DOTALL)
            .matcher(Files.readString(FILE));
    if (!block.find()) {
      throw new AssertionError("No configuration under " + heading);
    }
    return new DocumentedConfiguration(block.group(1));
  }

  /** The same with one thing as it is here in the place of what it is called there. */
  DocumentedConfiguration with(String there, Object here) {
    if (!text.contains(there)) {
      throw new AssertionError("Not in the configuration: " + there + "\n" + text);
    }
    text = text.replace(there, here.toString());
    return this;
  }

  @Override
  public String toString() {
    return text;
  }
}
