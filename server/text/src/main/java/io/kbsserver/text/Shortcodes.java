package io.kbsserver.text;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The shortcodes that every WordPress site knows. There is no media library behind a ticket here,
 * so those that would show attachments vanish; the others leave their text or a link. Everything
 * else in square brackets is text.
 */
final class Shortcodes {

  private static final Set<String> CORE =
      Set.of("gallery", "playlist", "caption", "wp_caption", "audio", "video", "embed");

  /** Shortcodes of the plugin start like this: not executed, but their quotes are left alone. */
  private static final String PLUGIN_PREFIX = "kbs_";

  private static final String[] MEDIA_SOURCES = {
    "src", "mp3", "ogg", "wav", "m4a", "flac", "mp4", "m4v", "webm", "ogv", "flv"
  };

  /** A picture, perhaps in a link. */
  private static final Pattern PICTURE =
      Pattern.compile("(?:<a [^>]+>\\s*)?<img [^>]+>(?:\\s*</a>)?", Pattern.CASE_INSENSITIVE);

  /** Not the start of a reference that was just written. */
  private static final Pattern LOOSE_AMPERSAND = Pattern.compile("&(?!(?:lt|gt|quot|#039);)");

  private static final Pattern WIDTH = Pattern.compile("0*([1-9][0-9]{0,8})");

  private final String html;
  private final Map<String, Integer> nextClosing = new HashMap<>();

  private Shortcodes(String html) {
    this.html = html;
  }

  /** A shortcode with all that belongs to it, from {@code start} up to {@code end}. */
  private record Match(String name, String attributes, String inner, int start, int end) {}

  /** The index behind the bracket that opens or closes a known shortcode, or -1. */
  static int endOfBracket(String text, int open) {
    int i = open + 1;
    if (i < text.length() && (text.charAt(i) == '[' || text.charAt(i) == '/')) {
      i++;
    }
    int nameEnd = endOfName(text, i);
    String name = text.substring(i, nameEnd);
    if (!CORE.contains(name) && !name.startsWith(PLUGIN_PREFIX)) {
      return -1;
    }
    int end = endOfAttributes(text, nameEnd);
    if (end < 0) {
      return -1;
    }
    return end < text.length() && text.charAt(end) == ']' ? end + 1 : end;
  }

  /** Replaces {@code [embed]}, whose address must not be touched by anything else. */
  static String expandEmbeds(String html) {
    return html.contains("[embed") ? new Shortcodes(html).expand(Set.of("embed")) : html;
  }

  /** Takes the paragraph away from around shortcodes that stand alone in one. */
  static String unwrap(String html) {
    return html.indexOf('[') < 0 ? html : new Shortcodes(html).unwrapAll();
  }

  /** Replaces all shortcodes by what they have to show. */
  static String expandAll(String html) {
    return html.indexOf('[') < 0 ? html : new Shortcodes(html).expand(CORE);
  }

  private String unwrapAll() {
    StringBuilder out = new StringBuilder(html.length());
    int done = 0;
    int p = html.indexOf("<p>");
    while (p >= 0) {
      int start = skipSpaces(p + 3);
      // An escaped one is text, which keeps its paragraph.
      Match match = html.startsWith("[[", start) ? null : match(start, CORE);
      if (match != null) {
        int after = skipSpaces(match.end());
        if (html.startsWith("</p>", after)) {
          out.append(html, done, p).append(html, start, match.end());
          done = after + 4;
          p = html.indexOf("<p>", done);
          continue;
        }
      }
      p = html.indexOf("<p>", p + 3);
    }
    return out.append(html, done, html.length()).toString();
  }

  private int skipSpaces(int at) {
    int i = at;
    while (i < html.length() && Typography.isSpace(html.charAt(i))) {
      i++;
    }
    return i;
  }

  private String expand(Set<String> names) {
    StringBuilder out = new StringBuilder(html.length());
    int i = 0;
    while (i < html.length()) {
      char c = html.charAt(i);
      Match match = c == '[' ? match(i, names) : null;
      int end = i + 1;
      if (c == '<') {
        // Brackets in attributes and comments are not shortcodes.
        boolean comment = html.startsWith("<!--", i);
        end = comment ? Markup.endOfComment(html, i) : Markup.endOfTag(html, i);
        out.append(html, i, end);
      } else if (match == null) {
        out.append(c);
      } else if (html.startsWith("[[", i)) {
        // A second pair of brackets shows the shortcode instead of executing it.
        end = match.end();
        out.append(html, i + 1, end - 1);
      } else {
        end = match.end();
        out.append(result(match));
      }
      i = end;
    }
    return out.toString();
  }

  private @Nullable Match match(int start, Set<String> names) {
    if (start >= html.length() || html.charAt(start) != '[') {
      return null;
    }
    boolean escaped = html.startsWith("[[", start);
    int nameStart = start + (escaped ? 2 : 1);
    int nameEnd = endOfName(html, nameStart);
    String name = html.substring(nameStart, nameEnd);
    int openEnd = names.contains(name) ? endOfAttributes(html, nameEnd) : -1;
    if (openEnd < 0) {
      return null;
    }
    String attributes = html.substring(nameEnd, openEnd - 1);
    String inner = "";
    int end = openEnd;
    if (!attributes.endsWith("/")) {
      int closing = nextClosing(name, openEnd);
      if (closing >= 0) {
        inner = html.substring(openEnd, closing);
        end = closing + name.length() + 3;
      }
    }
    if (escaped) {
      if (end >= html.length() || html.charAt(end) != ']') {
        return null;
      }
      end++;
    }
    return new Match(name, attributes, inner, start, end);
  }

  /** Remembers the answer: without that, many openings without a closing would cost a scan each. */
  private int nextClosing(String name, int from) {
    int known = nextClosing.getOrDefault(name, from - 1);
    if (known < from && known != Integer.MIN_VALUE) {
      int found = html.indexOf("[/" + name + "]", from);
      known = found < 0 ? Integer.MIN_VALUE : found;
      nextClosing.put(name, known);
    }
    return known == Integer.MIN_VALUE ? -1 : known;
  }

  private static String result(Match match) {
    switch (match.name()) {
      case "caption", "wp_caption" -> {
        return match.attributes().isBlank() ? expandAll(match.inner()) : caption(match);
      }
      case "embed" -> {
        return link(match.inner().strip());
      }
      case "audio", "video" -> {
        for (String source : MEDIA_SOURCES) {
          String url = attribute(match.attributes(), source);
          if (!url.isEmpty()) {
            return link(url);
          }
        }
        return "";
      }
      default -> {
        return "";
      }
    }
  }

  /** A picture and what is written below it; without a width or words, the picture alone. */
  private static String caption(Match match) {
    String picture = match.inner();
    String words = Sanitizer.content(attribute(match.attributes(), "caption")).text();
    Matcher found = PICTURE.matcher(picture);
    if (words.isEmpty() && found.find()) {
      words = PlainText.trim(picture.substring(found.end()));
      picture = found.group();
    }
    Matcher width = WIDTH.matcher(attribute(match.attributes(), "width"));
    if (words.isEmpty() || !width.lookingAt()) {
      return picture;
    }
    String id = attribute(match.attributes(), "id").replaceAll("[^A-Za-z0-9_-]", "");
    String captionId = "caption-" + id.replace('_', '-');
    String align = classes(attribute(match.attributes(), "align"));
    String more = classes(attribute(match.attributes(), "class"));
    return "<figure "
        + (id.isEmpty() ? "" : "id=\"" + id + "\" aria-describedby=\"" + captionId + "\" ")
        + ("style=\"width: " + width.group(1) + "px\" class=\"wp-caption ")
        + (align.isEmpty() ? "alignnone" : align)
        + (more.isEmpty() ? "" : " " + more)
        + "\">"
        + expandAll(picture)
        + "<figcaption "
        + (id.isEmpty() ? "" : "id=\"" + captionId + "\" ")
        + ("class=\"wp-caption-text\">" + words + "</figcaption></figure>");
  }

  private static String classes(String names) {
    return names.replaceAll("[^A-Za-z0-9_ -]", "").strip();
  }

  /** Anything but a plain web address stays text: this runs after the text was sanitised. */
  private static String link(String url) {
    String escaped = url.replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    if (!url.startsWith("http://") && !url.startsWith("https://")) {
      return escaped;
    }
    String plain = escaped.replace("&amp;", "&").replace("&#038;", "&").replace("'", "&#039;");
    return "<a href=\""
        + LOOSE_AMPERSAND.matcher(plain).replaceAll("&#038;")
        + "\">"
        + LOOSE_AMPERSAND.matcher(plain).replaceAll("&amp;")
        + "</a>";
  }

  private static String attribute(String attributes, String name) {
    int at = attributes.indexOf(" " + name + "=");
    if (at < 0) {
      return "";
    }
    int from = at + name.length() + 2;
    char quote = from < attributes.length() ? attributes.charAt(from) : ' ';
    boolean quoted = quote == '"' || quote == '\'';
    from += quoted ? 1 : 0;
    int to = from;
    while (to < attributes.length()
        && (quoted ? attributes.charAt(to) != quote : !Typography.isSpace(attributes.charAt(to)))) {
      to++;
    }
    return attributes.substring(from, to);
  }

  private static int endOfName(String text, int from) {
    int i = from;
    while (i < text.length() && (Markup.isNameChar(text.charAt(i)) || text.charAt(i) == '_')) {
      i++;
    }
    return i;
  }

  private static int endOfAttributes(String text, int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) != ']' && text.charAt(i) != '[') {
      i++;
    }
    return i < text.length() && text.charAt(i) == ']' ? i + 1 : -1;
  }
}
