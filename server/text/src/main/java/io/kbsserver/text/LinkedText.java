package io.kbsserver.text;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/**
 * HTML as text that can be read as it is: paragraphs stay apart, and links keep their addresses.
 */
public final class LinkedText implements NodeVisitor {

  private static final Set<String> APART =
      Set.of(
          "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "pre");
  private static final Set<String> LINES = Set.of("div", "li", "tr", "dt", "dd", "section", "hr");

  /** What is quoted more often is nested to no end. */
  private static final int DEEPEST_QUOTE = 20;

  private static final Set<String> HIDDEN = Set.of("script", "style", "head", "title");

  private final StringBuilder out = new StringBuilder();
  private final Deque<Integer> links = new ArrayDeque<>();
  private int hidden;
  private int quoted;
  private int preformatted;

  private LinkedText() {}

  /** The text of a piece of HTML. */
  public static String of(String html) {
    LinkedText text = new LinkedText();
    Jsoup.parseBodyFragment(html).body().traverse(text);
    return text.out.toString().replaceAll("\n{3,}", "\n\n").strip();
  }

  /** The text of a piece of HTML in one line, without addresses. */
  public static String line(String html) {
    return Jsoup.parseBodyFragment(html).text().strip();
  }

  @Override
  public void head(Node node, int depth) {
    if (node instanceof TextNode text) {
      if (hidden == 0) {
        write(text.getWholeText(), preformatted > 0);
      }
      return;
    }
    String name = node.nodeName();
    if (name.equals("pre")) {
      preformatted++;
    }
    if (HIDDEN.contains(name)) {
      hidden++;
    } else if (name.equals("br")) {
      out.append('\n');
    } else if (name.equals("a")) {
      links.push(out.length());
    } else if (name.equals("blockquote")) {
      apart();
      quoted++;
    } else if (APART.contains(name)) {
      apart();
    } else if (LINES.contains(name)) {
      newLine();
    }
    if (name.equals("li")) {
      write("- ", false);
    } else if (name.equals("td") || name.equals("th")) {
      write(" ", false);
    }
  }

  @Override
  public void tail(Node node, int depth) {
    String name = node.nodeName();
    if (name.equals("pre")) {
      preformatted--;
    }
    if (HIDDEN.contains(name)) {
      hidden--;
    } else if (name.equals("a") && !links.isEmpty()) {
      address(((Element) node).attr("href").strip(), out.substring(links.pop()).strip());
    } else if (name.equals("img") && !((Element) node).attr("alt").isBlank()) {
      write("[" + ((Element) node).attr("alt") + "]", false);
    } else if (name.equals("blockquote")) {
      quoted--;
      apart();
    } else if (APART.contains(name)) {
      apart();
    } else if (LINES.contains(name)) {
      newLine();
    }
  }

  /** Behind what is clicked on, unless that is the address itself. */
  private void address(String href, String text) {
    String shown = href.startsWith("mailto:") ? href.substring("mailto:".length()) : href;
    if (!shown.isEmpty() && !shown.startsWith("#") && !shown.equals(text)) {
      write(text.isEmpty() ? shown : " (" + shown + ")", false);
    }
  }

  private void write(String text, boolean asItIs) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
      if (asItIs && c == '\n') {
        out.append('\n');
      } else if (!space || asItIs) {
        if (isAtLineStart()) {
          out.append("> ".repeat(Math.min(quoted, DEEPEST_QUOTE)));
        }
        out.append(c);
      } else if (!isAtLineStart() && out.charAt(out.length() - 1) != ' ') {
        out.append(' ');
      }
    }
  }

  private boolean isAtLineStart() {
    return out.isEmpty() || out.charAt(out.length() - 1) == '\n';
  }

  private void newLine() {
    trimLine();
    if (!isAtLineStart()) {
      out.append('\n');
    }
  }

  private void apart() {
    newLine();
    int length = out.length();
    if (length > 1 && !(out.charAt(length - 1) == '\n' && out.charAt(length - 2) == '\n')) {
      out.append('\n');
    }
  }

  private void trimLine() {
    while (!out.isEmpty() && out.charAt(out.length() - 1) == ' ') {
      out.setLength(out.length() - 1);
    }
  }
}
