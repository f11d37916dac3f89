package io.kbsserver.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RenderingTest {

  private static final String IMAGE_IN_PICTURE =
      "<picture><img decoding=\"async\" src=\"a\"></picture>\n";

  @TestFactory
  Stream<DynamicTest> textsOfTheReferenceSiteAreRenderedAsThere() {
    return TextData.list("rendered.json").stream()
        .filter(entry -> !entry.has("deviation"))
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.get("kind").asText() + ": " + shortened(entry.get("raw").asText()),
                    () -> assertEquals(entry.get("rendered").asText(), render(entry))));
  }

  @Test
  void theDeviationsThatAreListedAreStillOnes() {
    List<JsonNode> deviations =
        TextData.list("rendered.json").stream().filter(e -> e.has("deviation")).toList();
    assertFalse(deviations.isEmpty());
    for (JsonNode entry : deviations) {
      assertNotEquals(entry.get("rendered").asText(), render(entry));
    }
  }

  private static String render(JsonNode entry) {
    String raw = entry.get("raw").asText();
    return entry.get("kind").asText().equals("title")
        ? Rendering.title(raw)
        : Rendering.content(raw);
  }

  private static String shortened(String text) {
    String line = text.replaceAll("\\s+", " ");
    return line.length() > 60 ? line.substring(0, 60) : line;
  }

  private static void content(String raw, String rendered) {
    assertEquals(rendered, Rendering.content(raw));
  }

  private static void title(String raw, String rendered) {
    assertEquals(rendered, Rendering.title(raw));
  }

  @Test
  void aTitleIsTrimmedAndHasNoParagraphsOrSmilies() {
    title("  one\n\ntwo :) ", "one\n\ntwo :)");
  }

  @Test
  void looseAmpersandsOfATitleAreEscapedEvenInCode() {
    title("<code>a & b</code> &amp; &#38; &x", "<code>a &#038; b</code> &amp; &#38; &#038;x");
  }

  @Test
  void quotesOpenAtTheStartOfAWordAndCloseAtItsEnd() {
    title(
        "say \"yes\", 'no' (\"x\") [\"y\"]",
        "say &#8220;yes&#8221;, &#8216;no&#8217; (&#8220;x&#8221;) [&#8220;y&#8221;]");
  }

  @Test
  void apostrophesAreToldFromQuotes() {
    title("don't, the dogs' bowl", "don&#8217;t, the dogs&#8217; bowl");
    title("'90s and the '80s", "&#8217;90s and the &#8217;80s");
    title("'tis 'twas", "&#8217;tis &#8217;twas");
    title("'90% of it' and '1.5'", "&#8216;90% of it&#8217; and &#8216;1.5&#8217;");
  }

  @Test
  void feetAndInchesAreToldFromClosingQuotes() {
    title("6' by 12\" wide", "6&#8242; by 12&#8243; wide");
    title("\"the year 2010\"", "&#8220;the year 2010&#8221;");
    title("\"a 12\" disk\"", "&#8220;a 12&#8243; disk&#8221;");
    title("\"5\" and '5'", "&#8220;5&#8221; and &#8216;5&#8217;");
    title("a \"5\" b 7\" c", "a &#8220;5&#8221; b 7&#8243; c");
  }

  @Test
  void doubledSingleQuotesAndBackticksMakeDoubleQuotes() {
    title("``so''", "&#8220;so&#8221;");
  }

  @Test
  void aQuoteBehindATagOpensAsOnTheReferenceSite() {
    title("\"<b>x</b>\"", "&#8220;<b>x</b>&#8220;");
    title("\"<b>x</b>\" y", "&#8220;<b>x</b>&#8221; y");
  }

  @Test
  void hyphensBecomeDashes() {
    title("a - b -- c --- d", "a &#8211; b &#8212; c &#8212; d");
    title("1--2 x---y well-known", "1&#8211;2 x&#8212;y well-known");
    title("http://xn--mller-kva.test", "http://xn--mller-kva.test");
    title("----", "&#8212;-");
    title("-", "&#8211;");
  }

  @Test
  void theLetterXBetweenNumbersMultiplies() {
    title(
        "1024x768, 2.5x3 but 0x1F a1x2 3x4x5 x3",
        "1024&#215;768, 2.5&#215;3 but 0x1F a1x2 3x4x5 x3");
  }

  @Test
  void theTradeMarkNeedsASpaceBeforeIt() {
    title("Foo (tm) bar(tm)", "Foo &#8482; bar(tm)");
  }

  @Test
  void hardSpacesCountAsSpaces() {
    title("a&nbsp;\"b\"\u00A0'c'", "a&nbsp;&#8220;b&#8221;\u00A0&#8216;c&#8217;");
  }

  @Test
  void codeIsLeftAsItIs() {
    content(
        "<code>\"a\" -- b...</code> \"c\" <kbd>'x'</kbd> <tt>1x2</tt>",
        "<p><code>\"a\" -- b...</code> &#8220;c&#8221; <kbd>'x'</kbd> <tt>1x2</tt></p>\n");
    // A name that is not written like that, up to a space or the end, is another one.
    title(
        "<CODE>\"a\"</CODE> <code\t>\"b\"</code>",
        "<CODE>&#8220;a&#8221;</CODE> <code\t>&#8220;b&#8221;</code>");
    title("<code class=\"x\">\"a\"</code> \"b\"", "<code class=\"x\">\"a\"</code> &#8220;b&#8221;");
    content("<pre>\"a\"\n\n:) & b</pre>", "<pre>\"a\"\n\n:) & b</pre>\n");
  }

  @Test
  void tagsAndCommentsAreLeftAsTheyAre() {
    content(
        "<b title=\"'x' -- y\">z</b> <!-- \"c\" -- :) -->",
        "<p><b title=\"'x' -- y\">z</b> <!-- \"c\" -- :) --></p>\n");
    content("<a href=\"?a&b\">x</a>", "<p><a href=\"?a&#038;b\">x</a></p>\n");
  }

  @Test
  void wordPressIsSpelledAsItsMakersDo() {
    title("Wordpress", "WordPress");
    content(
        "My Wordpress, wordpress.test/Wordpress",
        "<p>My WordPress, wordpress.test/Wordpress</p>\n");
  }

  @Test
  void blankLinesMakeParagraphsAndSingleOnesLineBreaks() {
    content("a\nb\n\n\nc\r\nd\re\n", "<p>a<br />\nb</p>\n<p>c<br />\nd<br />\ne</p>\n");
    content("a \n b\n \t\nc", "<p>a<br />\n b</p>\n<p>c</p>\n");
    content("a<br>\nb<br/>c", "<p>a<br />\nb<br />c</p>\n");
    content("a<br><br />b", "<p>a</p>\n<p>b</p>\n");
    content("a<br class=\"x\">b</br>", "<p>a<br class=\"x\">b</br></p>\n");
    content("<p>a<br></p>b", "<p>a</p>\n<p>b</p>\n");
  }

  @Test
  void nothingComesOfNothing() {
    content("", "");
    content(" \n\t", "");
  }

  @Test
  void blocksAreNotPutIntoParagraphs() {
    content("<h3>t</h3>\nx", "<h3>t</h3>\n<p>x</p>\n");
    content("x <hr /> y", "<p>x </p>\n<hr />\n<p> y</p>\n");
    content("<div>x</div>y", "<div>x</div>\n<p>y</p>\n");
    content("<div>\n<p>a</p>\n</div>", "<div>\n<p>a</p>\n</div>\n");
    content("<table><tr><td>x</td></tr></table>", "<table>\n<tr>\n<td>x</td>\n</tr>\n</table>\n");
  }

  @Test
  void listsGetALineForEachItem() {
    content(
        "<ul><li>one<ol><li>n</li></ol></li></ul>",
        "<ul>\n<li>one\n<ol>\n<li>n</li>\n</ol>\n</li>\n</ul>\n");
  }

  @Test
  void aQuotationGetsParagraphsInside() {
    content("<blockquote>a</blockquote>", "<blockquote><p>a</p></blockquote>\n");
    content("<blockquote>a\n\nb\n</blockquote>", "<blockquote><p>a</p>\n<p>b\n</p></blockquote>\n");
    content("<blockquote><p>a</p></blockquote>", "<blockquote>\n<p>a</p>\n</blockquote>\n");
  }

  @Test
  void scriptsAndLineEndsWithinTagsAreKept() {
    content("<script>\na();\nb();\n</script>", "<p><script>\na();\nb();\n</script></p>\n");
    content("<svg>\n<g>\n</g>\n</svg> x\ny", "<p><svg>\n<g>\n</g>\n</svg> x<br />\ny</p>\n");
    content("<style>\na{}\nb{}\n</style>", "<style>\na{}\nb{}\n</style>\n");
    content("<script>a\nb", "<p><script>a<br />\nb</p>\n");
    content("<SCRIPT>a\nb</SCRIPT>", "<p><SCRIPT>a<br />\nb</SCRIPT></p>\n");
    content("x <b\n\nclass=\"c\">y</b>", "<p>x <b\n\nclass=\"c\">y</b></p>\n");
  }

  @Test
  void blankLinesPartEvenScripts() {
    content("<script>\n\na\n</script>", "<p><script></p>\n<p>a\n</script></p>\n");
    content("<style>a{}\n\nb{}</style>", "<style>a{}</p>\n<p>b{}</style>\n");
  }

  @Test
  void lineEndsAtTheStartAreDropped() {
    content("\na", "<p>a</p>\n");
    content("\r\n\r\n a\nb", "<p> a<br />\nb</p>\n");
    content("\n <b>a</b>", "<p> <b>a</b></p>\n");
    content("\n\t<h2>a</h2>", "<h2>a</h2>\n");
  }

  @Test
  void preformattedTextKeepsItsKindOfLineEnds() {
    content("a\r\n<pre>b\r\n\r\nc</pre>\r\nd", "<p>a</p>\n<pre>b\r\n\r\nc</pre>\n<p>d</p>\n");
    content(
        "a <b\r\nc>\r\n<script>d\re</script>", "<p>a <b\nc><br />\n<script>d\ne</script></p>\n");
  }

  @Test
  void onlyTagsInLowerCaseAreBlocks() {
    content("<DIV>x</DIV>\n<BR>y", "<p><DIV>x</DIV><br />\n<BR>y</p>\n");
    content("<P>a</P>", "<p><P>a</P></p>\n");
  }

  @Test
  void tagsWhoseNamesBeginLikeThatOfABlockNeedNoParagraph() {
    content("<picture><img src=\"a\"></picture>", IMAGE_IN_PICTURE);
    content("x <link rel=\"y\">", "<p>x <link rel=\"y\">\n");
  }

  @Test
  void ofAnEmptyParagraphAnEndMayBeLeft() {
    content("a<p></p>b", "<p>a</p>\n<p>b</p>\n");
    content("<p>a</p>\n<p></p>\n<p>b</p>", "<p>a</p>\n</p>\n<p>b</p>\n");
    content("<p></p>\n\n<p> </p>x", "</p>\n<p>x</p>\n");
    content("a<p>", "<p>a</p>\n<p>\n");
    content("<div><p>a</div>", "<div>\n<p>a</p></div>\n");
  }

  @Test
  void onlyOneLineBreakIsSwallowedBehindABlock() {
    content("<div>\n<br />\n</div>", "<div>\n\n</div>\n");
    content("<div><br /></div>", "<div></div>\n");
  }

  @Test
  void mediaAndCaptionsHaveNoLineBreaksInside() {
    content("<video>\n<source src=\"a\">\n</video>", "<p><video><source src=\"a\"></video></p>\n");
    content(
        "<figure>\n<img src=\"a\">\n<figcaption>c</figcaption>\n</figure>",
        "<figure>\n<img decoding=\"async\" src=\"a\"><figcaption>c</figcaption></figure>\n");
  }

  @Test
  void smiliesMustStandAlone() {
    content("<!-- a -->:) <!-- b\n -->:)", "<p><!-- a -->\uD83D\uDE42 <!-- b\n -->:)</p>\n");
    content("8O 8-O 8", "<p>\uD83D\uDE2F \uD83D\uDE2F 8</p>\n");
    content(
        ":) a:) :). <b>:D</b>\n:-( :nope: 8-)",
        "<p>\uD83D\uDE42 a:) :). <b>\uD83D\uDE00</b><br />\n"
            + "\uD83D\uDE41 :nope: \uD83D\uDE0E</p>\n");
  }

  @Test
  void blockCommentsVanishAndTheirMarkupStaysAsItIs() {
    content(
        "<!-- wp:list {\"ordered\":true} -->\n<ol><li>\"x\"</li></ol>\n<!-- /wp:list -->\n\ny",
        "\n<ol><li>&#8220;x&#8221;</li></ol>\n\n\ny");
    content("<!-- wp:latest-posts /-->", "");
    content("a<!--more-->b", "<p>a<!--more-->b</p>\n");
  }

  @Test
  void shortcodesWithNothingToShowVanish() {
    content("a [gallery ids=\"1,2\"] b [playlist]", "<p>a  b </p>\n");
    content("a\n\n[gallery]\n\nb", "<p>a</p>\n\n<p>b</p>\n");
    content("[audio] [video][/video] x", "<p>  x</p>\n");
    content("[caption width=\"9\"]<b>x</b>[/caption]", "<b>x</b>\n");
  }

  @Test
  void aCaptionStandsBelowItsPicture() {
    content(
        "[caption id=\"attachment_5\" align=\"alignleft\" width=\"300\"]<img src=\"a\" /> It's"
            + " <b>me</b>[/caption]",
        "<figure id=\"attachment_5\" aria-describedby=\"caption-attachment-5\""
            + " style=\"width: 300px\" class=\"wp-caption alignleft\">"
            + "<img decoding=\"async\" src=\"a\" />"
            + "<figcaption id=\"caption-attachment-5\" class=\"wp-caption-text\">It&#8217;s"
            + " <b>me</b></figcaption></figure>\n");
    content(
        "a [wp_caption width=\"9\" class=\"x y\"]<a href=\"b\"><img src=\"a\"></a> c[/wp_caption] d",
        "<p>a <figure style=\"width: 9px\" class=\"wp-caption alignnone x y\">"
            + "<a href=\"b\"><img decoding=\"async\" src=\"a\"></a>"
            + "<figcaption class=\"wp-caption-text\">c</figcaption></figure> d</p>\n");
    content(
        "[caption width=\"9\" caption=\"c\"]x[/caption]",
        "<figure style=\"width: 9px\" class=\"wp-caption alignnone\">x"
            + "<figcaption class=\"wp-caption-text\">c</figcaption></figure>\n");
    content("[caption width=\"0\"]<img src='a'> c[/caption]", "<img src='a'>\n");
    content("[caption]<img src='a'> c[/caption]", "<img src='a'> c\n");
  }

  @Test
  void aCaptionBringsNothingHarmful() {
    content(
        "[caption width=\"9\" id=\"a&quot; b\" align='c\" onload=\"y' caption='d&lt;b&gt;\"']x[/caption]",
        "<figure id=\"aquotb\" aria-describedby=\"caption-aquotb\""
            + " style=\"width: 9px\" class=\"wp-caption c onloady\">x<figcaption"
            + " id=\"caption-aquotb\" class=\"wp-caption-text\">d&lt;b&gt;\"</figcaption></figure>\n");
  }

  @Test
  void escapedAndUnknownShortcodesStay() {
    content("[[gallery]]", "<p>[gallery]</p>\n");
    content("a\n\n[[caption]x[/caption]]", "<p>a</p>\n<p>[caption]x[/caption]</p>\n");
    content(
        "[[gallery]] [nope a=\"b\"]x[/nope] [gallery-x]",
        "<p>[gallery] [nope a=&#8221;b&#8221;]x[/nope] [gallery-x]</p>\n");
    content("[kbs_tickets]", "<p>[kbs_tickets]</p>\n");
  }

  @Test
  void anEmbeddedAddressBecomesALink() {
    content(
        "[embed]https://x.test/a[/embed]",
        "<p><a href=\"https://x.test/a\">https://x.test/a</a></p>\n");
    content(
        "[embed]https://x.test/?a=1&b=2&amp;c='d'[/embed]",
        "<p><a href=\"https://x.test/?a=1&#038;b=2&#038;c=&#039;d&#039;\">"
            + "https://x.test/?a=1&amp;b=2&amp;c=&#039;d&#039;</a></p>\n");
    content("[embed]javascript:x[/embed]", "<p>javascript:x</p>\n");
  }

  @Test
  void picturesWithAKnownSizeAreLoadedLate() {
    content(
        "<img src=\"a\" width=\"1\" height=\"2\" />",
        "<p><img decoding=\"async\" loading=\"lazy\" src=\"a\" width=\"1\" height=\"2\" /></p>\n");
    content("<img src=\"a\" decoding=\"sync\">", "<p><img src=\"a\" decoding=\"sync\"></p>\n");
    content("<img src='a'>", "<p><img src='a'></p>\n");
  }

  @Test
  void aLessThanSignThatNothingClosesEndsTypography() {
    title("1 < 2 \"x\" & y", "1 < 2 \"x\" &#038; y");
    content("1 < 2", "<p>1 < 2\n</p>\n");
  }

  @TestFactory
  Stream<DynamicTest> hostileTextsOfAMegabyteTakeNoLongerThanOthers() {
    return HostileTexts.each(
        text -> {
          Rendering.content(text);
          Rendering.title(text);
        });
  }
}
