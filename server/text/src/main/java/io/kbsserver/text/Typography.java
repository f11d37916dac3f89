package io.kbsserver.text;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Typographic punctuation: curly quotes, apostrophes, primes, dashes, the ellipsis and so on, each
 * written as a numeric character reference.
 *
 * <p>Every stretch of text between two tags is treated by itself. Its characters stay where they
 * are; a second array of the same length says what each one is to become. So each rule sees the
 * text as it was typed plus the decisions made so far, and nothing is ever copied around.
 */
final class Typography {

  /** What becomes of one character. */
  private enum Mark {
    GONE(""),
    ELLIPSIS("&#8230;"),
    TRADE_MARK("&#8482;"),
    TIMES("&#215;"),
    EN_DASH("&#8211;"),
    EM_DASH("&#8212;"),
    AMPERSAND("&#038;"),
    APOSTROPHE("&#8217;"),
    OPEN_SINGLE("&#8216;"),
    CLOSE_SINGLE("&#8217;"),
    PRIME("&#8242;"),
    // Typed as two backticks: looks like an opening quote, but no closing one is searched for it.
    BACKTICKS("&#8220;"),
    OPEN_DOUBLE("&#8220;"),
    CLOSE_DOUBLE("&#8221;"),
    DOUBLE_PRIME("&#8243;");

    final String text;

    Mark(String text) {
      this.text = text;
    }
  }

  private static final Set<String> VERBATIM = Set.of("pre", "code", "kbd", "style", "script", "tt");

  /** Words that English shortens at their beginning, so the mark is an apostrophe. */
  private static final String[] CLIPPED = {
    "'tain't", "'twere", "'twas", "'tis", "'twill", "'til", "'bout", "'nuff", "'round", "'cause",
    "'em"
  };

  private final String text;
  private final @Nullable Mark[] marks;

  private Typography(String text) {
    this.text = text;
    this.marks = new Mark[text.length()];
  }

  static String apply(String html) {
    StringBuilder out = new StringBuilder(html.length() + 64);
    Deque<String> verbatim = new ArrayDeque<>();
    for (Markup.Piece piece : Markup.split(html)) {
      switch (piece.kind()) {
        case COMMENT -> out.append(piece.text());
        case TAG -> {
          out.append(Markup.escapeLooseAmpersands(piece.text()));
          track(verbatim, piece);
        }
        case TEXT -> {
          if (verbatim.isEmpty()) {
            betweenShortcodes(piece.text(), out);
          } else {
            out.append(piece.text());
          }
        }
      }
    }
    return out.toString();
  }

  /**
   * Up to a space or the end, as it is written: what ends in another way, or in capitals, is none.
   */
  private static String writtenName(Markup.Piece tag) {
    int start = Math.min(tag.isClosingTag() ? 2 : 1, tag.text().length());
    int end = tag.text().indexOf(' ', start);
    return tag.text().substring(start, end < 0 ? Math.max(start, tag.text().length() - 1) : end);
  }

  private static void track(Deque<String> verbatim, Markup.Piece tag) {
    String name = writtenName(tag);
    if (!VERBATIM.contains(name)) {
      return;
    }
    if (!tag.isClosingTag()) {
      verbatim.push(name);
    } else if (name.equals(verbatim.peek())) {
      verbatim.pop();
    }
  }

  /** The quotes inside the brackets of a shortcode delimit its attributes and must stay plain. */
  private static void betweenShortcodes(String text, StringBuilder out) {
    int done = 0;
    int open = text.indexOf('[');
    while (open >= 0) {
      int end = Shortcodes.endOfBracket(text, open);
      if (end > open) {
        punctuate(text.substring(done, open), out);
        out.append(text, open, end);
        done = end;
        open = text.indexOf('[', end);
      } else {
        open = text.indexOf('[', open + 1);
      }
    }
    punctuate(text.substring(done), out);
  }

  private static void punctuate(String text, StringBuilder out) {
    if (!text.isEmpty()) {
      Typography run = new Typography(text);
      run.markFixedSequences();
      run.markSingleQuotes();
      run.pairUp('\'', Mark.OPEN_SINGLE, Mark.CLOSE_SINGLE, Mark.PRIME);
      run.markDoubleQuotes();
      run.pairUp('"', Mark.OPEN_DOUBLE, Mark.CLOSE_DOUBLE, Mark.DOUBLE_PRIME);
      run.markDashes();
      run.markTimes();
      run.markAmpersands();
      run.write(out);
    }
  }

  private void write(StringBuilder out) {
    for (int i = 0; i < marks.length; i++) {
      if (marks[i] == null) {
        out.append(text.charAt(i));
      } else {
        out.append(marks[i].text);
      }
    }
  }

  private void markFixedSequences() {
    int i = 0;
    while (i < marks.length) {
      char c = text.charAt(i);
      int length = 1;
      if (c == '.' && text.startsWith("...", i)) {
        length = mark(i, 3, Mark.ELLIPSIS);
      } else if (c == '`' && text.startsWith("``", i)) {
        length = mark(i, 2, Mark.BACKTICKS);
      } else if (c == '(' && text.startsWith("(tm)", i) && i > 0 && text.charAt(i - 1) == ' ') {
        length = mark(i, 4, Mark.TRADE_MARK);
      } else if (c == '\'') {
        length = text.startsWith("''", i) ? mark(i, 2, Mark.CLOSE_DOUBLE) : markClipped(i);
      }
      i += length;
    }
  }

  private int mark(int at, int length, Mark mark) {
    marks[at] = mark;
    for (int i = at + 1; i < at + length; i++) {
      marks[i] = Mark.GONE;
    }
    return length;
  }

  private int markClipped(int at) {
    for (String word : CLIPPED) {
      if (text.startsWith(word, at)) {
        for (int i = 0; i < word.length(); i++) {
          if (word.charAt(i) == '\'') {
            marks[at + i] = Mark.CLOSE_SINGLE;
          }
        }
        return word.length();
      }
    }
    return 1;
  }

  private void markSingleQuotes() {
    if (text.indexOf('\'') < 0) {
      return;
    }
    markYears();
    for (int i = next('\'', 0); i >= 0; i = next('\'', i + 1)) {
      if (opensSingle(i)) {
        int close = endOfNumber(i + 1);
        boolean quotedNumber = close > i + 1 && is(close, '\'');
        marks[i] = Mark.OPEN_SINGLE;
        if (quotedNumber) {
          marks[close] = Mark.CLOSE_SINGLE;
        }
      }
    }
    for (int i = next('\'', 0); i >= 0; i = next('\'', i + 1)) {
      if (!spaceBefore(i) && continuesWord(i + 1)) {
        marks[i] = Mark.APOSTROPHE;
      }
    }
  }

  /** {@code '99} is a year without its century, even where a quotation could begin. */
  private void markYears() {
    for (int i = next('\'', 0); i >= 0; i = next('\'', i + 1)) {
      if (!isDigitAt(i + 1) || !isDigitAt(i + 2)) {
        continue;
      }
      int after = i + 3;
      if ((is(after, '\'') || is(after, '"')) && endsQuotation(after + 1)) {
        marks[i] = Mark.APOSTROPHE;
        marks[after] = text.charAt(after) == '\'' ? Mark.CLOSE_SINGLE : Mark.CLOSE_DOUBLE;
      } else if (!isDigitAt(after)
          && !is(after, '%')
          && !((is(after, '.') || is(after, ',')) && isDigitAt(after + 1))) {
        marks[i] = Mark.APOSTROPHE;
      }
    }
  }

  private void markDoubleQuotes() {
    for (int i = next('"', 0); i >= 0; i = next('"', i + 1)) {
      boolean atEdge = i == 0 || spaceBefore(i);
      int close = endOfNumber(i + 1);
      if (atEdge && close > i + 1 && is(close, '"')) {
        marks[i] = Mark.OPEN_DOUBLE;
        marks[close] = Mark.CLOSE_DOUBLE;
      } else if ((atEdge || bracketBefore(i) || isUnmarked(i - 1, '-')) && !spaceAt(i + 1)) {
        marks[i] = Mark.OPEN_DOUBLE;
      }
    }
  }

  /**
   * Decides which of the quotes left over close a quotation and which stand for feet, inches,
   * minutes or seconds. A quotation reaches from one opening quote to the next.
   */
  private void pairUp(char quote, Mark open, Mark close, Mark prime) {
    if (next(quote, 0) < 0) {
      return;
    }
    int from = 0;
    while (from <= marks.length) {
      boolean closed = from == 0;
      int to = from;
      int ends = 0;
      int endsAfterWords = 0;
      int lastEnd = -1;
      int lastEndOfSentence = -1;
      for (; to < marks.length && marks[to] != open; to++) {
        closed |= marks[to] == close;
        if (isUnmarked(to, quote) && endsQuotation(to + 1)) {
          ends++;
          endsAfterWords += isDigitAt(to - 1) ? 0 : 1;
          lastEnd = to;
          lastEndOfSentence = isUnmarked(to + 1, '.') ? to : lastEndOfSentence;
        }
      }
      // With several candidates, those behind a word close; if each follows a digit, one is picked.
      int chosen = -1;
      if (!closed && endsAfterWords == 0 && ends > 0) {
        chosen = lastEndOfSentence >= 0 ? lastEndOfSentence : lastEnd;
      } else if (!closed && ends == 1) {
        chosen = lastEnd;
      }
      for (int i = from; i < to; i++) {
        if (isUnmarked(i, quote)) {
          if (i != chosen && isDigitAt(i - 1)) {
            marks[i] = prime;
          } else if (quote == '"' || i == chosen || endsQuotation(i + 1)) {
            marks[i] = close;
          }
        }
      }
      from = to + 1;
    }
  }

  private void markDashes() {
    int i = text.indexOf('-');
    while (i >= 0) {
      int end = i;
      while (end < marks.length && text.charAt(end) == '-') {
        end++;
      }
      boolean whole = true;
      while (end - i >= 3) {
        i += mark(i, 3, Mark.EM_DASH);
        whole = false;
      }
      boolean edgeBefore = whole && (i == 0 || spaceBefore(i));
      boolean alone = edgeBefore && (end == marks.length || spaceAt(end));
      if (end - i == 2) {
        // xn-- starts an internationalised host name, which must stay usable.
        boolean hostName = whole && i >= 2 && text.startsWith("xn", i - 2);
        if (alone) {
          mark(i, 2, Mark.EM_DASH);
        } else if (!hostName) {
          mark(i, 2, Mark.EN_DASH);
        }
      } else if (end - i == 1 && alone) {
        marks[i] = Mark.EN_DASH;
      }
      i = text.indexOf('-', end);
    }
  }

  /** The letter x between two numbers, unless they look like part of a word or are hexadecimal. */
  private void markTimes() {
    for (int x = text.indexOf('x'); x >= 0; x = text.indexOf('x', x + 1)) {
      if (isDigitAt(x + 1) && isNumberPart(x - 1) && numberEndsAt(x) && numberStartsAt(x + 1)) {
        marks[x] = Mark.TIMES;
      }
    }
  }

  private boolean numberEndsAt(int end) {
    for (int i = end - 1; isNumberPart(i); i--) {
      boolean boundary = isDigitAt(i) && !isWordAt(i - 1);
      if (boundary && (text.charAt(i) != '0' || end - i > 1)) {
        return true;
      }
    }
    return false;
  }

  private boolean numberStartsAt(int start) {
    int i = start;
    while (isNumberPart(i)) {
      if (!isDigitAt(i)) {
        return true;
      }
      i++;
    }
    return !isWordAt(i);
  }

  private void markAmpersands() {
    for (int i = text.indexOf('&'); i >= 0; i = text.indexOf('&', i + 1)) {
      if (Markup.referenceLength(text, i) == 0) {
        marks[i] = Mark.AMPERSAND;
      }
    }
  }

  private int next(char quote, int from) {
    int i = text.indexOf(quote, from);
    while (i >= 0 && marks[i] != null) {
      i = text.indexOf(quote, i + 1);
    }
    return i;
  }

  private boolean opensSingle(int at) {
    return at == 0
        || spaceBefore(at)
        || bracketBefore(at)
        || isUnmarked(at - 1, '"')
        || isUnmarked(at - 1, '-');
  }

  private boolean bracketBefore(int at) {
    return isUnmarked(at - 1, '(')
        || isUnmarked(at - 1, '[')
        || isUnmarked(at - 1, '{')
        || text.startsWith("&lt;", at - 4);
  }

  /** Whether what follows a quote says that a quotation may have ended there. */
  private boolean endsQuotation(int after) {
    if (after >= marks.length || spaceAt(after)) {
      return true;
    }
    return marks[after] == null && ".,:;!?)}-]".indexOf(text.charAt(after)) >= 0
        || text.startsWith("&gt;", after);
  }

  private boolean continuesWord(int after) {
    return !endsQuotation(after)
        && !(marks[after] == null && "\"'({[".indexOf(text.charAt(after)) >= 0)
        && !text.startsWith("&lt;", after);
  }

  private int endOfNumber(int from) {
    if (!isDigitAt(from)) {
      return from;
    }
    int i = from;
    while (isNumberPart(i)) {
      i++;
    }
    return i;
  }

  private boolean isUnmarked(int at, char c) {
    return is(at, c) && marks[at] == null;
  }

  private boolean is(int at, char c) {
    return at >= 0 && at < marks.length && text.charAt(at) == c;
  }

  private boolean isDigitAt(int at) {
    return at >= 0 && at < marks.length && Markup.isDigit(text.charAt(at));
  }

  private boolean isNumberPart(int at) {
    return isDigitAt(at) || isUnmarked(at, '.') || isUnmarked(at, ',');
  }

  private boolean isWordAt(int at) {
    return isDigitAt(at)
        || at >= 0
            && at < marks.length
            && (Markup.isLetter(text.charAt(at)) || text.charAt(at) == '_');
  }

  private boolean spaceBefore(int at) {
    return at > 0 && (isSpace(text.charAt(at - 1)) || text.startsWith("&nbsp;", at - 6));
  }

  private boolean spaceAt(int at) {
    return at < marks.length && (isSpace(text.charAt(at)) || text.startsWith("&nbsp;", at));
  }

  static boolean isSpace(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\u00A0';
  }
}
