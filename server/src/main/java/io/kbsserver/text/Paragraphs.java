package io.kbsserver.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes paragraphs of blank lines and line breaks of single ones.
 *
 * <p>The text is cut into chunks: at blank lines, before every tag that opens a block-level element
 * and after every tag that closes one. A chunk is then written as a paragraph, except for the sides
 * at which it has a block-level tag of its own.
 */
final class Paragraphs {

  private static final Set<String> BLOCKS =
      Set.of(
          "address",
          "area",
          "article",
          "aside",
          "blockquote",
          "caption",
          "col",
          "colgroup",
          "dd",
          "details",
          "div",
          "dl",
          "dt",
          "fieldset",
          "figure",
          "footer",
          "form",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "header",
          "hgroup",
          "hr",
          "legend",
          "li",
          "map",
          "math",
          "menu",
          "nav",
          "ol",
          "p",
          "pre",
          "section",
          "style",
          "summary",
          "table",
          "tbody",
          "td",
          "tfoot",
          "th",
          "thead",
          "tr",
          "ul");

  /** No line break is left right before the tags of these. */
  private static final Set<String> SWALLOW_BREAK_BEFORE =
      Set.of("p", "li", "div", "dl", "dd", "dt", "th", "pre", "td", "ul", "ol");

  /** Text that runs into the end of one of these still gets a whole paragraph. */
  private static final Set<String> COMPLETE_PARAGRAPH_BEFORE_END = Set.of("div", "address", "form");

  /** Elements whose content is not prose; it passes through as it is. */
  private static final Set<String> OPAQUE = Set.of("pre", "script", "style", "svg", "math");

  private enum Kind {
    TEXT,
    INLINE,
    LINE_BREAK,
    OPENING,
    CLOSING,
    WHOLE_BLOCK
  }

  private record Item(Kind kind, String name, String text) {
    boolean isBlock() {
      return kind == Kind.OPENING || kind == Kind.CLOSING || kind == Kind.WHOLE_BLOCK;
    }

    boolean isBlank() {
      return kind == Kind.TEXT && Markup.isBlank(text);
    }

    boolean is(Kind otherKind, String otherName) {
      return kind == otherKind && name.equals(otherName);
    }
  }

  private final StringBuilder out;
  private final List<Item> chunk = new ArrayList<>();

  /** Whether the text read next starts a chunk that is not the first one. */
  private boolean behindCut;

  /** Where a line break was written behind which there is only white space so far, or -1. */
  private int breakAt = -1;

  /** Where the last block-level tag ended, if there is only white space behind it; else -1. */
  private int blockEnd = -1;

  private boolean openEnded;
  private boolean anything;

  private Paragraphs(int length) {
    out = new StringBuilder(length + length / 8 + 16);
  }

  static String apply(String html) {
    String text = html.replace("\r\n", "\n").replace('\r', '\n');
    if (Markup.isBlank(text)) {
      return "";
    }
    Paragraphs paragraphs = new Paragraphs(text.length());
    List<Item> items = trimAroundEmbedded(classify(Markup.split(text)));
    paragraphs.read(items);
    return paragraphs.finish(items.get(items.size() - 1));
  }

  private static List<Item> classify(List<Markup.Piece> pieces) {
    List<Item> items = new ArrayList<>(pieces.size());
    OpaqueEnds ends = new OpaqueEnds(pieces);
    for (int i = 0; i < pieces.size(); i++) {
      Markup.Piece piece = pieces.get(i);
      String name = piece.name();
      if (piece.kind() == Markup.Kind.TEXT) {
        items.add(new Item(Kind.TEXT, "", piece.text()));
        continue;
      }
      int end = piece.isClosingTag() ? -1 : ends.after(i, name);
      if (end > i) {
        StringBuilder whole = new StringBuilder();
        for (int k = i; k <= end; k++) {
          whole.append(pieces.get(k).text());
        }
        Kind kind = BLOCKS.contains(name) ? Kind.WHOLE_BLOCK : Kind.INLINE;
        items.add(new Item(kind, name, whole.toString()));
        i = end;
      } else {
        items.add(new Item(kindOf(piece, name), name, piece.text()));
      }
    }
    return items;
  }

  private static Kind kindOf(Markup.Piece piece, String name) {
    if (piece.kind() == Markup.Kind.COMMENT || piece.isUnclosed()) {
      return Kind.INLINE;
    }
    if (name.equals("br") && isBare(piece.text())) {
      return Kind.LINE_BREAK;
    }
    if (!BLOCKS.contains(name)) {
      return Kind.INLINE;
    }
    if (name.equals("hr")) {
      return Kind.WHOLE_BLOCK;
    }
    return piece.isClosingTag() ? Kind.CLOSING : Kind.OPENING;
  }

  /** Line breaks are all written alike, unless they have attributes to keep. */
  private static boolean isBare(String tag) {
    String rest = tag.substring("<br".length(), tag.length() - 1).strip();
    return tag.charAt(1) != '/' && (rest.isEmpty() || rest.equals("/"));
  }

  /** Finds where elements with opaque content end, looking at every piece only once per name. */
  private static final class OpaqueEnds {
    private final List<Markup.Piece> pieces;
    private final Map<String, Integer> known = new HashMap<>();

    OpaqueEnds(List<Markup.Piece> pieces) {
      this.pieces = pieces;
    }

    int after(int open, String name) {
      if (!OPAQUE.contains(name)) {
        return -1;
      }
      int end = known.getOrDefault(name, 0);
      if (end <= open) {
        end = open + 1;
        while (end < pieces.size()
            && !(pieces.get(end).isClosingTag() && pieces.get(end).name().equals(name))) {
          end++;
        }
        known.put(name, end);
      }
      return end < pieces.size() ? end : -1;
    }
  }

  /**
   * Line breaks would be invalid between the parts of embedded media, so no white space is left.
   */
  private static List<Item> trimAroundEmbedded(List<Item> items) {
    for (int i = 0; i < items.size(); i++) {
      Item item = items.get(i);
      boolean closing = item.text().startsWith("</");
      boolean before;
      boolean after;
      switch (item.name()) {
        case "source", "track", "param", "embed" -> {
          before = true;
          after = true;
        }
        case "audio", "video", "object" -> {
          before = closing;
          after = !closing;
        }
        case "option", "figcaption" -> {
          before = !closing;
          after = closing;
        }
        default -> {
          before = false;
          after = false;
        }
      }
      if (before && i > 0 && items.get(i - 1).kind() == Kind.TEXT) {
        String text = items.get(i - 1).text();
        items.set(i - 1, new Item(Kind.TEXT, "", text.substring(0, endOfWords(text))));
      }
      if (after && i + 1 < items.size() && items.get(i + 1).kind() == Kind.TEXT) {
        String text = items.get(i + 1).text();
        items.set(i + 1, new Item(Kind.TEXT, "", text.substring(endOfSpace(text, 0))));
      }
    }
    return items;
  }

  private void read(List<Item> items) {
    for (int i = 0; i < items.size(); i++) {
      Item item = items.get(i);
      switch (item.kind()) {
        case TEXT -> readText(item.text());
        case INLINE -> add(item);
        case LINE_BREAK -> {
          int next = i + 1;
          while (next < items.size() && items.get(next).isBlank()) {
            next++;
          }
          if (next < items.size() && items.get(next).kind() == Kind.LINE_BREAK) {
            cut();
            i = next;
          } else {
            add(item);
          }
        }
        case OPENING -> {
          cut();
          add(item);
        }
        case CLOSING -> {
          add(item);
          cut();
        }
        case WHOLE_BLOCK -> {
          cut();
          add(item);
          cut();
        }
      }
    }
    cut();
  }

  private void readText(String text) {
    int from = 0;
    int newline = text.indexOf('\n');
    while (newline >= 0) {
      int end = endOfSpace(text, newline);
      int last = text.lastIndexOf('\n', end - 1);
      boolean swallowed = behindCut && chunk.isEmpty() && endOfSpace(text, from) == end;
      if (swallowed) {
        from = last + 1;
      } else if (last > newline) {
        addText(text.substring(from, newline));
        cut();
        from = last + 1;
      }
      newline = text.indexOf('\n', end);
    }
    addText(text.substring(from));
  }

  private void addText(String text) {
    if (!text.isEmpty()) {
      add(new Item(Kind.TEXT, "", text));
    }
  }

  private void add(Item item) {
    chunk.add(item);
  }

  /** Ends the chunk. A line end right before the cut belongs to the cut. */
  private void cut() {
    if (!chunk.isEmpty()) {
      Item last = chunk.get(chunk.size() - 1);
      if (last.kind() == Kind.TEXT) {
        int newline = last.text().indexOf('\n', endOfWords(last.text()));
        if (newline >= 0) {
          chunk.set(chunk.size() - 1, new Item(Kind.TEXT, "", last.text().substring(0, newline)));
        }
      }
      write();
      chunk.clear();
    }
    behindCut = true;
  }

  private void write() {
    int first = 0;
    while (first < chunk.size() && chunk.get(first).isBlank()) {
      first++;
    }
    if (first == chunk.size()) {
      if (!anything && chunk.stream().anyMatch(item -> !item.text().isEmpty())) {
        // Blanks before the first block leave an empty line, as on the reference site.
        anything = true;
        openEnded = true;
        out.append('\n');
      }
      return;
    }
    int last = chunk.size() - 1;
    while (chunk.get(last).isBlank()) {
      last--;
    }
    if (isEmptyParagraph(first, last)) {
      return;
    }
    Item head = chunk.get(first);
    Item tail = chunk.get(last);
    join(head);
    boolean blocksOnly = first == last || last == first + 1 && head.isBlock() && tail.isBlock();
    boolean open = !head.isBlock();
    if (open) {
      writeBlockTag("<p>");
      first = 0;
    }
    if (!tail.isBlock()) {
      last = chunk.size() - 1;
    }
    for (int i = first; i <= last; i++) {
      Item item = chunk.get(i);
      boolean quoteEnds = i == last && item.is(Kind.CLOSING, "blockquote") && !blocksOnly;
      if (quoteEnds || completesParagraph(open, item)) {
        writeParagraphEnd();
      }
      writeItem(item);
      if (i == first && item.is(Kind.OPENING, "blockquote") && !blocksOnly) {
        writeBlockTag("<p>");
      }
    }
    openEnded = false;
    if (!tail.isBlock()) {
      if (head.is(Kind.OPENING, "li") && isOneLine()) {
        openEnded = true;
      } else {
        writeParagraphEnd();
      }
    }
    anything = true;
    out.append('\n');
  }

  /** A paragraph tag with nothing in it is dropped; the text around it has its own. */
  private boolean isEmptyParagraph(int first, int last) {
    for (int i = first; i <= last; i++) {
      String text = chunk.get(i).text();
      if (!text.equals("<p>") && !text.equals("</p>") && !chunk.get(i).isBlank()) {
        return false;
      }
    }
    return true;
  }

  /** The line end behind a chunk without an end tag is a line break like any other. */
  private void join(Item head) {
    boolean swallowed = !head.isBlock() || SWALLOW_BREAK_BEFORE.contains(head.name());
    if (openEnded && !swallowed) {
      out.setLength(out.length() - 1);
      out.append("<br />\n");
    }
    openEnded = false;
  }

  private boolean completesParagraph(boolean open, Item item) {
    if (!open
        || item.kind() != Kind.CLOSING
        || !COMPLETE_PARAGRAPH_BEFORE_END.contains(item.name())) {
      return false;
    }
    boolean words = false;
    for (Item other : chunk) {
      if (other != item && other.kind() != Kind.TEXT) {
        return false;
      }
      words |= other.kind() == Kind.TEXT && !other.isBlank();
    }
    return words;
  }

  private boolean isOneLine() {
    for (Item item : chunk) {
      if (item.kind() == Kind.TEXT && item.text().indexOf('\n') >= 0) {
        return false;
      }
    }
    return true;
  }

  private void writeItem(Item item) {
    switch (item.kind()) {
      case TEXT -> writeText(item.text());
      case LINE_BREAK -> writeLineBreak();
      case INLINE -> {
        out.append(item.text());
        breakAt = -1;
        blockEnd = -1;
      }
      default -> {
        if (SWALLOW_BREAK_BEFORE.contains(item.name())) {
          takeBackLineBreak();
        }
        writeBlockTag(item.text());
      }
    }
  }

  private void writeBlockTag(String tag) {
    out.append(tag);
    breakAt = -1;
    blockEnd = out.length();
  }

  private void writeParagraphEnd() {
    takeBackLineBreak();
    writeBlockTag("</p>");
  }

  private void takeBackLineBreak() {
    if (breakAt >= 0) {
      out.delete(breakAt, breakAt + "<br />".length());
      breakAt = -1;
    }
  }

  private void writeLineBreak() {
    if (blockEnd >= 0) {
      out.setLength(blockEnd);
    } else {
      breakAt = out.length();
      out.append("<br />");
    }
  }

  private void writeText(String text) {
    int i = 0;
    while (i < text.length()) {
      int end = endOfSpace(text, i);
      int newline = i;
      while (newline < end && text.charAt(newline) != '\n') {
        newline++;
      }
      if (newline < end) {
        writeNewline(text.substring(i, newline));
        i = newline + 1;
      } else if (end > i) {
        out.append(text, i, end);
        i = end;
      } else {
        breakAt = -1;
        blockEnd = -1;
        while (i < text.length() && !Markup.isSpace(text.charAt(i))) {
          out.append(text.charAt(i));
          i++;
        }
      }
    }
  }

  private void writeNewline(String spaceBefore) {
    boolean behindBreak = breakAt >= 0 && breakAt + "<br />".length() == out.length();
    if (blockEnd < 0 && !(behindBreak && spaceBefore.isEmpty())) {
      if (behindBreak) {
        out.append(spaceBefore.charAt(0));
      }
      writeLineBreak();
    }
    out.append('\n');
  }

  private String finish(Item last) {
    boolean unclosed = last.text().startsWith("<") && !last.text().endsWith(">");
    int end = out.length() - "</p>\n".length();
    if (end > 0 && out.indexOf("</p>\n", end) == end) {
      if (unclosed) {
        // The line end of the text counts as part of a tag that nothing closes.
        out.insert(end, '\n');
      } else if (out.charAt(end - 1) == '\n') {
        out.deleteCharAt(end - 1);
      }
    }
    return out.toString();
  }

  private static int endOfSpace(String text, int from) {
    int i = from;
    while (i < text.length() && Markup.isSpace(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private static int endOfWords(String text) {
    int i = text.length();
    while (i > 0 && Markup.isSpace(text.charAt(i - 1))) {
      i--;
    }
    return i;
  }
}
