package io.kbsserver.text;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Pieces that, repeated, make careless parsers slow. */
final class HostileTexts {

  static final List<String> PARTS =
      List.of(
          "<",
          ">",
          "<>",
          "</",
          "<!--",
          "-->",
          "<!",
          "<a ",
          "<b>",
          "</b>",
          "<p>",
          "</p>",
          "<div>",
          "</div>",
          "<li>",
          "<blockquote>",
          "<pre>",
          "</pre>",
          "<script>",
          "<code>",
          "<br>",
          "<br>\n",
          "\n",
          " ",
          " \n",
          "\n ",
          "\r",
          "a\n",
          "a\n\n",
          "'",
          "\"",
          " '",
          " \"",
          "a'",
          "1'",
          "1\"",
          "'1",
          "\"1",
          "'11",
          "-",
          "--",
          " -",
          "&",
          "&#",
          "&#1",
          "&a",
          "&nbsp;",
          "&lt;",
          "1x",
          "1.x",
          "x1",
          "1.",
          "0x",
          "[",
          "]",
          "[[",
          "[gallery",
          "[gallery]",
          "[gallery ",
          "[/gallery]",
          "[caption]",
          "[caption][embed]",
          "[embed]",
          "<p>[gallery]",
          "<p>[caption]",
          ":)",
          ":) ",
          ":",
          ";",
          "a=",
          "<a a=",
          "<a a='",
          "<a a=\"b\" ",
          "<a style='",
          "<a href='a:",
          "a:",
          "&#58;",
          "<!-- wp:a -->",
          "<!-- wp:",
          "<img ",
          "<img src=\"",
          "\\",
          "\\0",
          "%4",
          "%",
          "\u00e9",
          "\uD83D\uDE00",
          "<figcaption>",
          "<source>",
          "Wordpress",
          " Wordpress",
          "`",
          ".",
          "(tm)",
          " (tm)",
          "\u0000");

  private static final int MEGABYTE = 1 << 20;

  private HostileTexts() {}

  /** One test for each piece; the limit is wide enough for any machine if the time is linear. */
  static Stream<DynamicTest> each(Consumer<String> operation) {
    return PARTS.stream()
        .map(
            part ->
                DynamicTest.dynamicTest(
                    "many of "
                        + part.replace("\n", "\\n").replace("\r", "\\r").replace("\0", "NUL"),
                    () ->
                        assertTimeoutPreemptively(
                            Duration.ofSeconds(120),
                            () -> operation.accept(part.repeat(MEGABYTE / part.length())))));
  }
}
