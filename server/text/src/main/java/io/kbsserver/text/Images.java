package io.kbsserver.text;

/** The loading hints that WordPress adds to pictures and frames. */
final class Images {

  private Images() {}

  static String addHints(String html) {
    StringBuilder out = new StringBuilder(html.length() + 32);
    int done = 0;
    int open = html.indexOf('<');
    while (open >= 0) {
      boolean image = opens("<img", html, open);
      if (image || opens("<iframe", html, open)) {
        int end = Markup.endOfTag(html, open);
        String tag = html.substring(open, end);
        int name = image ? 4 : 7;
        out.append(html, done, open).append(tag, 0, name);
        out.append(hints(tag, image)).append(tag, name, tag.length());
        done = end;
        open = html.indexOf('<', end);
      } else {
        open = html.indexOf('<', open + 1);
      }
    }
    return out.append(html, done, html.length()).toString();
  }

  private static boolean opens(String name, String html, int at) {
    int end = at + name.length();
    return html.startsWith(name, at) && end < html.length() && Markup.isSpace(html.charAt(end));
  }

  /** Only tags with a double-quoted source count; lazy loading also needs a known size. */
  private static String hints(String tag, boolean image) {
    if (!tag.contains(" src=\"") || tag.charAt(tag.length() - 1) != '>') {
      return "";
    }
    String hints = image && !tag.contains(" decoding=") ? " decoding=\"async\"" : "";
    boolean sized = tag.contains(" width=\"") && tag.contains(" height=\"");
    return sized && !tag.contains(" loading=") ? hints + " loading=\"lazy\"" : hints;
  }
}
