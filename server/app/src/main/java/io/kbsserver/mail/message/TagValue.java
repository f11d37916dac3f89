package io.kbsserver.mail.message;

/**
 * What stands in a text for a tag.
 *
 * @param html as it stands in HTML
 * @param plain as it stands in a subject
 * @param missing whether it leads nowhere, so that the sentence with it says nothing
 */
record TagValue(String html, String plain, boolean missing) {

  /** A text. */
  static TagValue text(String text) {
    return new TagValue(escaped(text), text, false);
  }

  /** A piece of HTML that may be shown. */
  static TagValue html(String html) {
    return new TagValue(html, "", false);
  }

  /** An address to click on, as itself or with nothing around it. */
  static TagValue address(String address, boolean link) {
    String shown = escaped(address);
    return address.isEmpty()
        ? new TagValue("", "", true)
        : new TagValue(
            link ? "<a href=\"" + shown + "\">" + shown + "</a>" : shown, address, false);
  }

  /** Text as it stands in HTML, in attributes as well. */
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#039;");
  }
}
