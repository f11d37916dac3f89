package io.kbsserver.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PlainTextTest {

  @Test
  void aNameIsOneLineWithoutTags() {
    assertEquals("new man", PlainText.name(" new \t\r\n man\n"));
    assertEquals("a b", PlainText.name("<b>a</b> <i class='>'>b".replace("'>'", "x")));
    assertEquals("x z", PlainText.name("x <script>y</script><style>y</style>z"));
    assertEquals("o'nina \"q\" & co", PlainText.name("o'nina \"q\" & co"));
    assertEquals("a &lt; b", PlainText.name("a < b"));
    assertEquals("x y", PlainText.name("<script>x <style>y"));
    assertEquals("x z", PlainText.name("x <script><style>y</SCRIPT><b>z"));
    assertEquals("a < b > c", PlainText.name("a < b > <i>c</i>"));
    assertEquals("ab", PlainText.name("a%4%411b"));
    assertEquals("100% sure", PlainText.name("100% sure"));
    assertEquals("\u00e9mile \uD83D\uDE00", PlainText.name("\u00e9mile \uD83D\uDE00"));
    assertEquals("", PlainText.name(" "));
  }

  @Test
  void onlyLettersFromAToZAreCapitalised() {
    assertEquals("Abc", PlainText.capitalised("abc"));
    assertEquals("Zbc", PlainText.capitalised("zbc"));
    assertEquals("\u00fcber", PlainText.capitalised("\u00fcber"));
    assertEquals(" a", PlainText.capitalised(" a"));
    assertEquals("", PlainText.capitalised(""));
  }

  @Test
  void trimmingLeavesHardSpacesAlone() {
    assertEquals("\u00A0a\u00A0", PlainText.trim(" \t\n\r\0\u000B\u00A0a\u00A0 \0"));
    assertEquals("", PlainText.trim(" \n "));
  }

  @Test
  void addressesThatTheReferenceSiteTakesAreTaken() {
    for (String email :
        new String[] {
          "a@1.2.3.4",
          "a@bc.d",
          "nina@new.example",
          "GUS@Example.COM",
          "o'n+x.y_z@a-b.example",
          "a@xn--exmple-cua.com",
          "!#$%&*/=?^`{|}~@x.yz",
          ".a.@x.yz"
        }) {
      assertTrue(PlainText.isEmail(email), email);
    }
    assertTrue(PlainText.isEmail("a".repeat(64) + "@" + "b".repeat(185) + ".com"));
  }

  @Test
  void otherAddressesAreNot() {
    for (String email :
        new String[] {
          "",
          "bad",
          "a@",
          "@a.example",
          "a@b.c",
          "a@localhost",
          "a@ex\u00e4mple.com",
          "\u00e9@example.com",
          " nina@new.example",
          "nina@new.example ",
          "<nina@new.example>",
          "nina@new.example,other@x.de",
          "a@@b.example",
          "a@b@c.example",
          "a@-b.example",
          "a@b-.example",
          "a@b..example",
          "a@.b.example",
          "a@b.example.",
          "a b@c.example",
          "a@b_c.example",
          "a@b.exam\nple",
          "\"a\"@b.example",
          "a(b)@c.example"
        }) {
      assertFalse(PlainText.isEmail(email), email);
    }
    assertFalse(PlainText.isEmail("a".repeat(64) + "@" + "b".repeat(186) + ".com"));
  }

  @TestFactory
  Stream<DynamicTest> hostileTextsOfAMegabyteTakeNoLongerThanOthers() {
    return HostileTexts.each(
        text -> {
          PlainText.name(text);
          PlainText.isEmail(text);
        });
  }
}
