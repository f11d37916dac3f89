package io.kbsserver.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SanitizerTest {

  private static void content(String raw, String stored) {
    assertEquals(stored, Sanitizer.content(raw).text());
  }

  @Test
  void textsAreStoredAsOnTheReferenceSite() {
    for (JsonNode entry : TextData.list("sanitised.json")) {
      String sent = entry.get("sent").asText();
      String stored =
          entry.get("kind").asText().equals("title")
              ? Sanitizer.title(sent).text()
              : Sanitizer.content(sent).text();
      assertEquals(entry.get("stored").asText(), stored);
    }
  }

  @Test
  void aTitleTakesOnlyAFewInlineElements() {
    assertEquals(
        "<b>a</b> <em>b</em>c <a href=\"x\">d</a>e",
        Sanitizer.title(
                "<b class=x>a</b> <em>b</em><br>c <a href=x target=y id=z>d</a><p>e</p><img src=x>")
            .text());
  }

  @Test
  void whatIsNoTagBecomesText() {
    content("<5 apples", "&lt;5 apples");
    content("a < less \"c\" d > e", "a  e");
    content("a < b \"c\" d > e", "a <b> e");
    content("1 < 2 \"x\"", "1 &lt; 2 &quot;x&quot;");
    content("a > b <= <b>c</b>", "a &gt; b &lt;= <b>c</b>");
  }

  @Test
  void theFormOfAllowedTagsIsKeptWhereItMay() {
    content("<B Class='x'>y</B >", "<B Class='x'>y</B>");
    content("<br/><br /><hr width=1/>", "<br /><br /><hr width=\"1\" />");
    content("<audio controls src=x></audio>", "<audio controls src=\"x\"></audio>");
    content("<p id=a id=b>x", "<p id=\"a\">x");
    content("<p data-x=\"1\" aria-label='y' foo=z>x", "<p data-x=\"1\" aria-label='y'>x");
  }

  @Test
  void ampersandsBecomeEntitiesUnlessTheyAreSome() {
    content(
        "a & b &amp; &nbsp;&#8364;&#38;&#x0041;&bogus;&#0;&#xFFFFFF;&",
        "a &amp; b &amp; &nbsp;&#8364;&#038;&#x41;&amp;bogus;&amp;#0;&amp;#xFFFFFF;&amp;");
    content("it&#146;s", "it&#8217;s");
  }

  @Test
  void controlCharactersAreRemoved() {
    content("a\u0000b\u0007c\td\ne\\0f\\\\g", "abc\td\ne\\0f\\\\g");
  }

  @Test
  void badSchemesAreTakenOffAddresses() {
    content("<a href=\"javascript:x()\">", "<a href=\"x()\">");
    content("<a href=\"java&#115;cript&#58;x\">", "<a href=\"x\">");
    content("<a href=\"HTTP://x.test/?a:b\">", "<a href=\"http://x.test/?a:b\">");
    content("<a href=\"mailto:a@x.test\">", "<a href=\"mailto:a@x.test\">");
    content("<a href=\"/p?q=a:b#c:d\">", "<a href=\"/p?q=a:b#c:d\">");
    content("<img src=\"data:image/png;base64,AA\">", "<img src=\"image/png;base64,AA\">");
  }

  @Test
  void onlyHarmlessStylesStay() {
    content("<p style=\"color: red; position: fixed;\">", "<p style=\"color: red\">");
    content("<p style=\"position:fixed\">", "<p>");
    content(
        "<p style=\"width:calc(1px + 2%);color:rgb(1,2,3);background:url(https://x.test/a)\">",
        "<p style=\"width:calc(1px + 2%);background:url(https://x.test/a)\">");
  }

  @Test
  void commentsAreKeptWithoutWhatCouldEndThemEarly() {
    content("<!-- wp:paragraph -->\n<p>x</p>", "<!-- wp:paragraph -->\n<p>x</p>");
    content("<!-- a -- b--->", "<!-- a - b-->");
    content("<!-- open > end", "<!-- open &gt; end-->");
    content("<!---->x", "x");
  }

  @Test
  void linksIntoOtherWindowsDoNotHandOverThisOne() {
    content("<a target=_blank href=x>", "<a target=\"_blank\" href=\"x\" rel=\"noopener\">");
    content(
        "<a target='t' rel='me noopener' href=x>", "<a target='t' rel=\"me noopener\" href=\"x\">");
    assertEquals(
        "<script>x</script><a onclick=\"y\" target=\"z\" rel=\"noopener\">&",
        Sanitizer.trustedContent("<script>x</script><a onclick=y target=z>&").text());
    assertEquals(
        "<a href=\"x()\" target=\"_blank\" rel=\"noopener\">",
        Sanitizer.trustedContent("<a href=\"javascript:x()\" target=_blank>").text());
    assertEquals(
        "<a href=\"x()\" target=\"_blank\" rel=\"noopener\">",
        Sanitizer.trustedTitle("<a href=\"JavaScript&colon;x()\" target=_blank>").text());
    assertEquals(
        "<a href=\"https://x.test/?a=1&b=c:d\" target=\"_blank\" rel=\"noopener\">",
        Sanitizer.trustedContent("<a href=\"https://x.test/?a=1&b=c:d\" target=_blank>").text());
    assertFalse(Sanitizer.trustedContent("<a href=\"javascript:x()\" target=_blank>").whole());
    assertTrue(Sanitizer.trustedContent("<a href=\"x?a&b\" target=_blank>").whole());
    assertEquals("<a href=x>target", Sanitizer.trustedContent("<a href=x>target").text());
    assertEquals(
        "<a target=\"z\" rel=\"noopener\">&#128;",
        Sanitizer.trustedTitle("<a target=z>&#128;").text());
    assertEquals("&#8364;", Sanitizer.trustedContent("&#128;").text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'javascript:x()'",
        "javascript:x()",
        "\"JavaScript&colon;x()\"",
        "' javascript:x()'",
        "'java\tscript:x()'",
        "'java&Tab;script:x()'",
        "'java&#115cript:x()'",
        "'&#x6A;avascript&#58;x()'",
        "'javascript:javascript:x()'",
        "'vbscript:x()'"
      })
  void noLinkRunsAScriptWhoeverWroteIt(String address) {
    for (String tag : List.of("a", "area", "A")) {
      Cleaned cleaned = Sanitizer.trustedContent("<" + tag + " href=" + address + ">t");
      assertFalse(cleaned.whole(), cleaned::text);
      assertTrue(cleaned.text().matches("<" + tag + " href=(['\"])x\\(\\)\\1>t"), cleaned::text);
    }
  }

  @Test
  void whatIsLeftOfAScriptIsNotReadAgain() {
    assertEquals(
        "<a href=\"javascript&amp;#58;x()\">",
        Sanitizer.trustedTitle("<a href=\"javascript:javascript&#38;#58;x()\">").text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<a href=https://x.test/javascript:x>", "<a href='app:x?a&b' rel=x>", "<a  href = x >",
        "<a href=\"/?q=javascript:x\">", "<a name='javascript:x'>", "<area href=x target=y>"
      })
  void otherLinksOfTrustedUsersStayAsTheyAre(String link) {
    assertEquals(new Cleaned(link, true), Sanitizer.trustedContent(link));
  }

  @Test
  void theNamesOfPropertiesAreInLowerCase() {
    content("<p style=\"COLOR:red;color:Red\">", "<p style=\"color:Red\">");
  }

  @Test
  void sanitisingTwiceChangesNothingMore() {
    for (JsonNode entry : TextData.list("attacks.json")) {
      String once = Sanitizer.content(entry.asText()).text();
      String twice = Sanitizer.content(once).text();
      assertEquals(twice, Sanitizer.content(twice).text());
    }
  }

  @TestFactory
  Stream<DynamicTest> hostileTextsOfAMegabyteTakeNoLongerThanOthers() {
    return HostileTexts.each(
        text -> {
          Sanitizer.content(text);
          Sanitizer.title("<p " + text + ">");
        });
  }

  @TestFactory
  Stream<DynamicTest> hostileAttributesOfAMegabyteTakeNoLongerThanOthers() {
    return HostileTexts.each(
        text -> {
          Sanitizer.content("<a target href=\"" + text + "\">");
          Sanitizer.content("<p style=\"" + text + "\">");
          Sanitizer.trustedContent("<a target " + text + ">").text();
        });
  }
}
