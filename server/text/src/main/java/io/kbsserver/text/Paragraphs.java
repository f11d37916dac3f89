package io.kbsserver.text;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  /** The element whose content passes through as it is. */
  private static final String OPAQUE = "pre";

  /** Line ends inside of these are no line breaks; blank lines still part paragraphs. */
  private static final Pattern CODE = Pattern.compile("<(script|style|svg)");

  private enum Kind {
    TEXT,
    /** Text of a script or the like. */
    CODE,
    INLINE,
    /** Parts no paragraphs, but needs none around it: its name starts like that of a block. */
    LIKE_BLOCK,
    LINE_BREAK,
    OPENING,
    CLOSING,
    WHOLE_BLOCK
  }

  private record Item(Kind kind, String name, String text) {
    boolean isBlock() {
      return kind == Kind.OPENING
          || kind == Kind.CLOSING
          || kind == Kind.WHOLE_BLOCK
          || kind == Kind.LIKE_BLOCK;
    }

    boolean isText() {
      return kind == Kind.TEXT || kind == Kind.CODE;
    }

    boolean isBlank() {
      return isText() && Markup.isBlank(text);
    }

    boolean startsLike(Set<String> names) {
      return names.stream().anyMatch(name::startsWith);
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

  /** Whether an end of a paragraph that nothing belongs to would end what was written last. */
  private boolean takesStrayEnd;

  /** Whether the last chunk was the start of a paragraph that is yet to come. */
  private boolean openParagraph;

  private boolean anything;

  private Paragraphs(int length) {
    out = new StringBuilder(length + length / 8 + 16);
  }

  static String apply(String html) {
    if (Markup.isBlank(html)) {
      return "";
    }
    Paragraphs paragraphs = new Paragraphs(html.length());
    List<Item> items = trimAroundEmbedded(classify(html));
    paragraphs.read(items);
    return paragraphs.finish(items.get(items.size() - 1));
  }

  private static List<Item> classify(String html) {
    List<Markup.Piece> pieces = Markup.split(html);
    List<Item> items = new ArrayList<>(pieces.size());
    OpaqueEnds ends = new OpaqueEnds(pieces);
    BitSet code = code(html);
    int at = 0;
    for (int i = 0; i < pieces.size(); i++) {
      Markup.Piece piece = pieces.get(i);
      if (piece.kind() == Markup.PieceKind.TEXT) {
        Kind kind = code.get(at) ? Kind.CODE : Kind.TEXT;
        items.add(new Item(kind, "", withLineFeeds(piece.text())));
        at += piece.text().length();
        continue;
      }
      String name = nameOf(piece);
      int end = piece.isClosingTag() ? -1 : ends.after(i, name);
      if (end > i) {
        StringBuilder whole = new StringBuilder();
        for (int k = i; k <= end; k++) {
          whole.append(pieces.get(k).text());
        }
        items.add(new Item(Kind.WHOLE_BLOCK, name, whole.toString()));
        at += whole.length();
        i = end;
      } else {
        items.add(new Item(kindOf(piece, name), name, withLineFeeds(piece.text())));
        at += piece.text().length();
      }
    }
    return items;
  }

  private static String withLineFeeds(String text) {
    return text.replace("\r\n", "\n").replace('\r', '\n');
  }

  /** Which characters are inside of scripts and the like. */
  private static BitSet code(String html) {
    BitSet inside = new BitSet();
    Set<String> unclosed = new HashSet<>();
    Matcher opening = CODE.matcher(html);
    int at = 0;
    while (opening.find(at)) {
      String end = "</" + opening.group(1) + ">";
      at = opening.end();
      int close = unclosed.contains(end) ? -1 : html.indexOf(end, at);
      if (close >= 0) {
        inside.set(at, close);
        at = close + end.length();
      } else {
        unclosed.add(end);
      }
    }
    return inside;
  }

  /** Tags count in lower case only. */
  private static String nameOf(Markup.Piece piece) {
    String name = piece.name();
    return piece.text().startsWith(name, piece.isClosingTag() ? 2 : 1) ? name : "";
  }

  private static Kind kindOf(Markup.Piece piece, String name) {
    if (piece.kind() == Markup.PieceKind.COMMENT || piece.isUnclosed()) {
      return Kind.INLINE;
    }
    if (name.equals("br") && isBare(piece.text())) {
      return Kind.LINE_BREAK;
    }
    if (!BLOCKS.contains(name)) {
      return BLOCKS.stream().anyMatch(name::startsWith) ? Kind.LIKE_BLOCK : Kind.INLINE;
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

  /** Finds where elements with opaque content end, looking at every piece only once. */
  private static final class OpaqueEnds {
    private final List<Markup.Piece> pieces;
    private int known;

    OpaqueEnds(List<Markup.Piece> pieces) {
      this.pieces = pieces;
    }

    int after(int open, String name) {
      if (!name.equals(OPAQUE)) {
        return -1;
      }
      if (known <= open) {
        known = open + 1;
        while (known < pieces.size()
            && !(pieces.get(known).isClosingTag() && nameOf(pieces.get(known)).equals(name))) {
          known++;
        }
      }
      return known < pieces.size() ? known : -1;
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
      if (before && i > 0 && items.get(i - 1).isText()) {
        String text = items.get(i - 1).text();
        items.set(
            i - 1, new Item(items.get(i - 1).kind(), "", text.substring(0, endOfWords(text))));
      }
      if (after && i + 1 < items.size() && items.get(i + 1).isText()) {
        String text = items.get(i + 1).text();
        items.set(
            i + 1, new Item(items.get(i + 1).kind(), "", text.substring(endOfSpace(text, 0))));
      }
    }
    return items;
  }

  private void read(List<Item> items) {
    for (int i = 0; i < items.size(); i++) {
      Item item = items.get(i);
      switch (item.kind()) {
        case TEXT, CODE -> readText(item);
        case INLINE, LIKE_BLOCK -> add(item);
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

  private void readText(Item item) {
    String text = item.text();
    int from = 0;
    int newline = text.indexOf('\n');
    while (newline >= 0) {
      int end = endOfSpace(text, newline);
      int last = text.lastIndexOf('\n', end - 1);
      boolean swallowed =
          chunk.isEmpty() && (behindCut ? endOfSpace(text, from) == end : newline == 0);
      if (swallowed) {
        behindCut = true;
        from = last + 1;
      } else if (last > newline) {
        addText(item.kind(), text.substring(from, newline));
        cut();
        from = last + 1;
      }
      newline = text.indexOf('\n', end);
    }
    addText(item.kind(), text.substring(from));
  }

  private void addText(Kind kind, String text) {
    if (!text.isEmpty()) {
      add(new Item(kind, "", text));
    }
  }

  private void add(Item item) {
    chunk.add(item);
  }

  /** Ends the chunk. A line end right before the cut belongs to the cut. */
  private void cut() {
    if (!chunk.isEmpty()) {
      Item last = chunk.get(chunk.size() - 1);
      if (last.isText()) {
        int newline = last.text().indexOf('\n', endOfWords(last.text()));
        if (newline >= 0) {
          chunk.set(chunk.size() - 1, new Item(last.kind(), "", last.text().substring(0, newline)));
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
      if (!anything && !behindCut && chunk.stream().anyMatch(item -> !item.text().isEmpty())) {
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
      writeStrayEnd(chunk.get(last).text().equals("</p>"));
      return;
    }
    openParagraph = false;
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
    takesStrayEnd = !tail.isBlock() || first == last;
    if (!tail.isBlock()) {
      if (head.is(Kind.OPENING, "li") && isOneLine()) {
        openEnded = true;
        takesStrayEnd = false;
      } else {
        writeParagraphEnd();
      }
    }
    anything = true;
    out.append('\n');
  }

  /**
   * Of a paragraph with nothing in it only the end is left, and not even that where it can be taken
   * for the end of what was written before.
   */
  private void writeStrayEnd(boolean end) {
    openParagraph = !end;
    if (end && !takesStrayEnd) {
      anything = true;
      openEnded = false;
      out.append("</p>\n");
    }
    takesStrayEnd = end && !takesStrayEnd;
  }

  /** Whether a chunk is but the tags of a paragraph, with nothing in it. */
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
    boolean swallowed = !head.isBlock() || head.startsLike(SWALLOW_BREAK_BEFORE);
    if (openEnded && !swallowed) {
      out.setLength(out.length() - 1);
      out.append("<br />\n");
    }
    openEnded = false;
  }

  /** Only a paragraph of nothing but words is completed. */
  private boolean completesParagraph(boolean open, Item item) {
    if (item.kind() != Kind.CLOSING || !COMPLETE_PARAGRAPH_BEFORE_END.contains(item.name())) {
      return false;
    }
    boolean words = false;
    for (int i = chunk.indexOf(item) - 1; i >= 0; i--) {
      Item before = chunk.get(i);
      if (!before.isText()) {
        return words && before.text().equals("<p>");
      }
      words |= !before.isBlank();
    }
    return open && words;
  }

  private boolean isOneLine() {
    for (Item item : chunk) {
      if (item.isText() && item.text().indexOf('\n') >= 0) {
        return false;
      }
    }
    return true;
  }

  private void writeItem(Item item) {
    switch (item.kind()) {
      case TEXT -> writeText(item.text());
      case CODE -> {
        out.append(item.text());
        if (!item.isBlank()) {
          breakAt = -1;
          blockEnd = -1;
        }
      }
      case LINE_BREAK -> writeLineBreak();
      case INLINE -> {
        out.append(item.text());
        breakAt = -1;
        blockEnd = -1;
      }
      default -> {
        if (item.startsLike(SWALLOW_BREAK_BEFORE)) {
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
    // Only one line break is swallowed behind a block-level tag.
    blockEnd = -1;
    out.append('\n');
  }

  private String finish(Item last) {
    if (openParagraph) {
      out.append("<p>\n");
    } else if (openEnded && out.charAt(0) != '\n') {
      out.insert(out.length() - 1, "<br />");
    }
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
