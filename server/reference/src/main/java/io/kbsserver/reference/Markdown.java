package io.kbsserver.reference;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** Turns Markdown into HTML, with anchors of one page and links between them. */
final class Markdown {

  /** A part of a guide that has an anchor. */
  record Part(String id, String title) {}

  /**
   * A guide.
   *
   * @param id the anchor of the whole
   * @param title its name
   * @param parts its headings
   * @param html what stands below its title
   */
  record Guide(String id, String title, List<Part> parts, String html) {}

  private static final List<TablesExtension> TABLES =
      List.of((TablesExtension) TablesExtension.create());
  private static final Parser PARSER = Parser.builder().extensions(TABLES).build();

  /** How a guide names the page that it is on, for those who read it elsewhere. */
  private static final String PAGE = ReferencePage.SERVER + "/docs";

  private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}\\p{N} _-]");
  private static final Pattern ELSEWHERE = Pattern.compile("https?:.*");
  private static final Pattern OTHER_GUIDE =
      Pattern.compile("(?:\\.\\./)?(?:guides/)?([a-z-]+)\\.md(?:#(.*))?");

  private final Set<String> guides;

  /**
   * Markdown that may lead to these guides.
   *
   * @param guides their ids
   */
  Markdown(Set<String> guides) {
    this.guides = guides;
  }

  /** A description, without headings. */
  String html(String text) {
    Node document = PARSER.parse(text);
    retarget(document, "");
    return render(document, Map.of());
  }

  /** A file of Markdown that begins with its title. */
  Guide guide(String id, String text) {
    Node document = PARSER.parse(text);
    Heading title = (Heading) document.getFirstChild();
    List<Part> parts = new ArrayList<>();
    Map<Node, String> ids = new IdentityHashMap<>();
    for (Node node = title.getNext(); node != null; node = node.getNext()) {
      if (node instanceof Heading heading) {
        String words = text(heading);
        ids.put(heading, id + "-" + slug(words));
        parts.add(new Part(id + "-" + slug(words), words));
        heading.setLevel(heading.getLevel() + 1);
      }
    }
    String name = text(title);
    title.unlink();
    retarget(document, id);
    nameCodes(document, ids);
    return new Guide(id, name, parts, render(document, ids));
  }

  private static String render(Node document, Map<Node, String> ids) {
    HtmlRenderer renderer =
        HtmlRenderer.builder()
            .extensions(TABLES)
            .attributeProviderFactory(
                context ->
                    (node, tag, attributes) -> {
                      if (ids.containsKey(node) && !tag.equals("code")) {
                        attributes.put("id", ids.get(node));
                      }
                      if (tag.equals("pre") || tag.equals("table")) {
                        // What scrolls can be reached with the keyboard.
                        attributes.put("tabindex", "0");
                      }
                    })
            .build();
    return renderer.render(document);
  }

  /** A row of a table that explains a code can be linked to by the code. */
  private static void nameCodes(Node document, Map<Node, String> ids) {
    Set<String> named = new HashSet<>();
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Code code) {
            Node cell = code.getParent();
            String word = code.getLiteral();
            if (cell instanceof TableCell
                && cell.getPrevious() == null
                && cell.getFirstChild() == cell.getLastChild()
                && word.matches("[a-z]+(_[a-z]+)+")
                && isOfCodes(cell)
                && named.add(word)) {
              ids.put(cell.getParent(), word);
            }
          }
        });
  }

  private static boolean isOfCodes(Node cell) {
    Node table = cell.getParent();
    while (!(table instanceof TableBlock)) {
      table = table.getParent();
    }
    Node head = table.getFirstChild();
    Node row = head instanceof TableHead ? head.getFirstChild() : head;
    return row instanceof TableRow && text(row.getFirstChild()).equals("code");
  }

  /** What is not on the page is named, and not linked to. */
  private void retarget(Node document, String guide) {
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Link link) {
            visitChildren(link);
            String target = link.getDestination();
            if (target.startsWith(PAGE)) {
              link.setDestination(target.substring(PAGE.length()));
              return;
            }
            if (ELSEWHERE.matcher(target).matches()) {
              return;
            }
            var other = OTHER_GUIDE.matcher(target);
            if (target.startsWith("#")) {
              link.setDestination("#" + guide + "-" + target.substring(1));
            } else if (other.matches() && guides.contains(other.group(1))) {
              link.setDestination(
                  other.group(2) == null
                      ? "#" + other.group(1)
                      : "#" + other.group(1) + "-" + other.group(2));
            } else if (target.endsWith(".md") || target.contains(".md#")) {
              while (link.getFirstChild() != null) {
                link.insertBefore(link.getFirstChild());
              }
              link.unlink();
            }
          }
        });
  }

  private static String slug(String words) {
    return NO_LETTERS
        .matcher(words.toLowerCase(Locale.ROOT))
        .replaceAll("")
        .strip()
        .replace(' ', '-');
  }

  private static String text(Node node) {
    StringBuilder text = new StringBuilder();
    node.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text words) {
            text.append(words.getLiteral());
          }

          @Override
          public void visit(Code code) {
            text.append(code.getLiteral());
          }

          @Override
          public void visit(SoftLineBreak line) {
            text.append(' ');
          }
        });
    return text.toString();
  }
}
