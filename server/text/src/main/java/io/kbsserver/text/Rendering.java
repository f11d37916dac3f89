package io.kbsserver.text;

/**
 * Makes of a stored title or content the HTML that the front end of a WordPress site would show.
 *
 * <p>The result is as trustworthy as the input: what was sanitised stays harmless, and what a
 * trusted user was allowed to store is not filtered here.
 */
public final class Rendering {

  private Rendering() {}

  /**
   * Renders a title.
   *
   * @param raw the title as it is stored
   * @return the title with typographic punctuation
   */
  public static String title(String raw) {
    String text = Markup.escapeLooseAmpersands(Typography.apply(raw));
    return PlainText.trim(text).replace("Wordpress", "WordPress");
  }

  /**
   * Renders a content: typographic punctuation, paragraphs, smilies, blocks and the shortcodes that
   * every WordPress knows. The shortcodes of plugins are not executed and stay text.
   *
   * @param raw the content as it is stored
   * @return the content as HTML
   */
  public static String content(String raw) {
    boolean blocks = Blocks.present(raw);
    String html = Shortcodes.expandEmbeds(raw);
    if (blocks) {
      html = Blocks.dropDelimiters(html);
    }
    html = Typography.apply(html);
    if (!blocks) {
      // Block markup says itself what a paragraph is.
      html = Paragraphs.apply(html);
    }
    html = Shortcodes.unwrap(html);
    html = Images.addHints(html);
    html = spellWordPress(html);
    html = Shortcodes.expandAll(html);
    return Smilies.apply(html);
  }

  /**
   * Makes paragraphs of blank lines and line breaks of single ones, and nothing else.
   *
   * @param html HTML that may have been written without tags for them
   * @return the same with them
   */
  public static String paragraphs(String html) {
    return Paragraphs.apply(html);
  }

  /** Only at the start of a word, so that addresses and file names stay as they are. */
  private static String spellWordPress(String html) {
    if (!html.contains("Wordpress")) {
      return html;
    }
    String result = html;
    for (String before : new String[] {" ", ">", "(", "&#8216;", "&#8220;"}) {
      result = result.replace(before + "Wordpress", before + "WordPress");
    }
    return result;
  }
}
