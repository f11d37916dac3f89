package io.kbsserver.mail.incoming;

import java.util.ArrayList;
import java.util.List;

/** Text whose paragraphs were broken into lines for the way (RFC 3676), as it was written. */
final class FlowedText {

  private FlowedText() {}

  /**
   * The text with whole paragraphs.
   *
   * @param deleted whether the blank before a break belongs to the break
   */
  static String whole(String text, boolean deleted) {
    List<String> lines = new ArrayList<>();
    StringBuilder open = new StringBuilder();
    int depth = -1;
    for (String line : text.split("\r?\n", -1)) {
      int quoted = 0;
      while (quoted < line.length() && line.charAt(quoted) == '>') {
        quoted++;
      }
      String content = line.substring(quoted);
      if (content.startsWith(" ")) {
        content = content.substring(1);
      }
      boolean isSignature = content.equals("-- ");
      if (depth >= 0 && (depth != quoted || isSignature)) {
        lines.add(open.toString());
        open.setLength(0);
        depth = -1;
      }
      if (depth < 0) {
        open.append(quoted == 0 ? "" : ">".repeat(quoted) + " ");
      }
      if (content.endsWith(" ") && !isSignature) {
        open.append(deleted ? content.substring(0, content.length() - 1) : content);
        depth = quoted;
      } else {
        lines.add(open.append(content).toString());
        open.setLength(0);
        depth = -1;
      }
    }
    if (depth >= 0) {
      lines.add(open.toString());
    }
    return String.join("\n", lines);
  }
}
