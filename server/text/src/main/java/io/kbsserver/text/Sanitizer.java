package io.kbsserver.text;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of titles and contents what a user without the right to store any HTML may not store.
 *
 * <p>What comes out is put together anew: elements and attributes from a list of allowed ones, each
 * value in quotes, and no other {@code <} or {@code >} at all. So there is only one way for a
 * browser to read it, whatever the input was.
 */
public final class Sanitizer {

  /** Elements that lead elsewhere when they are clicked. */
  private static final Set<String> LINKS = Set.of("a", "area");

  private final AllowedMarkup allowed;
  private final StringBuilder out;
  private boolean whole = true;

  private Sanitizer(AllowedMarkup allowed, int length) {
    this.allowed = allowed;
    this.out = new StringBuilder(length + 16);
  }

  /**
   * Sanitises a title, in which a few inline elements are allowed.
   *
   * @param raw the title as it was sent
   * @return the title as it may be stored
   */
  public static Cleaned title(String raw) {
    return sanitise(raw, AllowedMarkup.TITLE);
  }

  /**
   * Sanitises a content, in which everything that formats text is allowed.
   *
   * @param raw the content as it was sent
   * @return the content as it may be stored
   */
  public static Cleaned content(String raw) {
    return sanitise(CharacterReferences.withoutWindowsCodes(raw), AllowedMarkup.CONTENT);
  }

  /**
   * Makes the corrections that are made even in the contents of users who may store any HTML: those
   * of titles, and numeric references from the days of Windows-1252 become the ones that were
   * meant. This does not make anything safe.
   *
   * @param raw the content as it was sent
   * @return the content as it may be stored
   */
  public static Cleaned trustedContent(String raw) {
    return trustedTitle(CharacterReferences.withoutWindowsCodes(raw));
  }

  /**
   * Makes the corrections that are made even in the titles of users who may store any HTML: links
   * run no scripts, and those that open a window say so. This does not make anything safe.
   *
   * @param text the title as it was sent
   * @return the title as it may be stored
   */
  public static Cleaned trustedTitle(String text) {
    if (!text.toLowerCase(Locale.ROOT).contains("<a")) {
      return new Cleaned(text, true);
    }
    StringBuilder result = new StringBuilder(text.length() + 16);
    boolean whole = true;
    for (Markup.Piece piece : Markup.split(text)) {
      boolean link = LINKS.contains(piece.name()) && !piece.isClosingTag() && !piece.isUnclosed();
      Cleaned cleaned = link ? trustedLink(piece) : new Cleaned(piece.text(), true);
      result.append(cleaned.text());
      whole &= cleaned.whole();
    }
    return new Cleaned(result.toString(), whole);
  }

  private static Cleaned trustedLink(Markup.Piece link) {
    int name = 1 + link.name().length();
    List<Attributes.Attribute> attributes =
        Attributes.parse(link.text().substring(name, link.text().length() - 1)).list();
    boolean opensWindow =
        link.name().equals("a")
            && attributes.stream().anyMatch(a -> a.name().equalsIgnoreCase("target"));
    if (!opensWindow && attributes.stream().allMatch(a -> withoutScript(a).equals(a))) {
      return new Cleaned(link.text(), true);
    }
    StringBuilder result = new StringBuilder(link.text().substring(0, name));
    boolean related = false;
    boolean whole = true;
    for (Attributes.Attribute attribute : attributes) {
      boolean rel = opensWindow && attribute.name().equalsIgnoreCase("rel");
      related |= rel;
      Attributes.Attribute safe = withoutScript(attribute);
      Attributes.Attribute kept =
          rel ? Attributes.withNoOpener(attribute) : opensWindow ? withoutBadScheme(safe) : safe;
      whole &= rel || !kept.hasValue() || means(kept.value()).equals(means(attribute.value()));
      result.append(' ').append(kept);
    }
    String end = opensWindow && !related ? " rel=\"noopener\">" : ">";
    return new Cleaned(result.append(end).toString(), whole);
  }

  private static Attributes.Attribute withoutScript(Attributes.Attribute attribute) {
    return attribute.hasValue() && AllowedMarkup.isAddress(attribute.name())
        ? attribute.withValue(Addresses.withoutScript(attribute.value()))
        : attribute;
  }

  /** In a link that opens a window, the schemes are those that everybody may use. */
  private static Attributes.Attribute withoutBadScheme(Attributes.Attribute attribute) {
    return attribute.hasValue() && AllowedMarkup.isAddress(attribute.name())
        ? attribute.withValue(
            Addresses.withoutBadScheme(attribute.value().replaceAll("(?i)&colon;", ":")))
        : attribute;
  }

  private static Cleaned sanitise(String raw, AllowedMarkup allowed) {
    String kept = withoutControls(raw);
    String text = CharacterReferences.normalised(kept);
    Cleaned cleaned = new Sanitizer(allowed, text.length()).run(escapeLooseLessThan(text));
    return new Cleaned(cleaned.text(), cleaned.whole() && kept.length() == raw.length());
  }

  private static String withoutControls(String text) {
    StringBuilder result = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' || c == '\t' || c == '\n' || c == '\r') {
        result.append(c);
      }
    }
    return result.toString();
  }

  /** A {@code <} that no {@code >} closes before the next {@code <} is no tag but a character. */
  static String escapeLooseLessThan(String text) {
    StringBuilder result = new StringBuilder(text.length() + 16);
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c != '<') {
        result.append(c);
        i++;
        continue;
      }
      int end = i + 1;
      while (end < text.length() && text.charAt(end) != '<' && text.charAt(end) != '>') {
        end++;
      }
      if (end < text.length() && text.charAt(end) == '>') {
        end++;
        result.append(text, i, end);
      } else {
        escape(text, i, end, result);
      }
      i = end;
    }
    return result.toString();
  }

  private static void escape(String text, int from, int to, StringBuilder result) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> result.append("&lt;");
        case '>' -> result.append("&gt;");
        case '"' -> result.append("&quot;");
        case '\'' -> result.append("&#039;");
        default -> result.append(c);
      }
    }
  }

  private Cleaned run(String text) {
    for (Markup.Piece piece : Markup.split(text)) {
      switch (piece.kind()) {
        case TEXT -> out.append(piece.text().replace(">", "&gt;"));
        case COMMENT -> writeComment(piece.text());
        case TAG -> writeTag(piece.text());
      }
    }
    return new Cleaned(out.toString(), whole);
  }

  private void writeComment(String comment) {
    int end = comment.length() - (comment.endsWith("-->") && comment.length() > 6 ? 3 : 0);
    String written = comment.substring(4, end);
    String inner = written.replace("<!--", "").replace("-->", "");
    whole &= inner.length() == written.length();
    if (inner.isEmpty()) {
      return;
    }
    out.append("<!--");
    // Neither a dash at the end nor two in a row: the comment must end where it is meant to.
    char before = ' ';
    for (int i = 0; i < inner.length(); i++) {
      char c = inner.charAt(i);
      boolean dash = c == '-';
      if (c == '>') {
        out.append("&gt;");
      } else if (c == '<') {
        out.append("&lt;");
      } else if (!dash || before != '-' && i + 1 < inner.length()) {
        out.append(c);
      } else {
        whole = false;
      }
      before = c;
    }
    while (out.charAt(out.length() - 1) == '-' && out.length() > 4 && !endsWithOpening()) {
      whole = false;
      out.setLength(out.length() - 1);
    }
    out.append("-->");
  }

  private boolean endsWithOpening() {
    return out.indexOf("<!--", out.length() - 4) == out.length() - 4;
  }

  private void writeTag(String tag) {
    int i = skipSpace(tag, 1);
    boolean closing = i < tag.length() && tag.charAt(i) == '/';
    if (closing) {
      i = skipSpace(tag, i + 1);
    }
    int nameEnd = i;
    while (nameEnd < tag.length() && Markup.isNameChar(tag.charAt(nameEnd))) {
      nameEnd++;
    }
    String name = tag.substring(i, nameEnd);
    if (!allowed.element(name)) {
      whole = false;
      return;
    }
    if (closing) {
      whole &= Markup.isBlank(tag.substring(nameEnd, tag.length() - 1));
      out.append("</").append(name).append('>');
      return;
    }
    String body = tag.substring(nameEnd, tag.length() - 1).stripTrailing();
    boolean selfClosing = body.endsWith("/");
    if (selfClosing) {
      body = body.substring(0, body.length() - 1);
    }
    out.append('<').append(name);
    Attributes.Parsed attributes = Attributes.parse(body);
    whole &= attributes.whole();
    writeAttributes(name, attributes.list());
    out.append(selfClosing ? " />" : ">");
  }

  private void writeAttributes(String element, List<Attributes.Attribute> attributes) {
    Set<String> seen = new HashSet<>();
    boolean relation = element.equalsIgnoreCase("a") && hasTarget(attributes);
    for (Attributes.Attribute attribute : attributes) {
      String name = attribute.name().toLowerCase(Locale.ROOT);
      if (!allowed.attribute(element, name) || !seen.add(name)) {
        whole = false;
        continue;
      }
      Attributes.Attribute kept = filtered(name, attribute);
      whole &= kept != null && means(kept.value()).equals(means(attribute.value()));
      if (kept != null) {
        boolean relate = relation && name.equals("rel");
        out.append(' ').append(relate ? Attributes.withNoOpener(kept) : kept);
      }
    }
    if (relation && !seen.contains("rel")) {
      // A page opened in another window must not get hold of this one.
      out.append(" rel=\"noopener\"");
    }
  }

  /** A value without what makes no difference in a style or an address. */
  private static String means(String value) {
    return value.replaceAll("[\\s;]", "");
  }

  private boolean hasTarget(List<Attributes.Attribute> attributes) {
    return allowed.attribute("a", "target")
        && attributes.stream().anyMatch(a -> a.name().equalsIgnoreCase("target"));
  }

  private static Attributes.@Nullable Attribute filtered(
      String name, Attributes.Attribute attribute) {
    if (!attribute.hasValue()) {
      return attribute;
    }
    if (name.equals("style")) {
      String style = Styles.safe(attribute.value());
      return style.isEmpty() ? null : attribute.withValue(style);
    }
    if (name.equals("download")) {
      // With a value, a link could name the file that the reader gets.
      return attribute.value().isEmpty() ? attribute : null;
    }
    if (AllowedMarkup.isAddress(name)) {
      return attribute.withValue(Addresses.withoutBadScheme(attribute.value()));
    }
    return attribute;
  }

  private static int skipSpace(String text, int from) {
    int i = from;
    while (i < text.length() && Markup.isSpace(text.charAt(i))) {
      i++;
    }
    return i;
  }
}
