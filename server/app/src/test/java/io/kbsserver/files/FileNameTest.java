package io.kbsserver.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FileNameTest {

  @Test
  void ofANameStaysWhatANameOfAFileCanHold() {
    assertName("scan.pdf", "scan.pdf");
    assertName("scan.pdf", "C:\\Users\\nina\\scan.pdf");
    assertName("passwd", "../../etc/passwd");
    assertName("file", "folder/");
    assertName("a_b_c_.txt", "a<b:c?.txt");
    assertName("a__.txt", "a\"|.txt");
    assertName("ab.txt", "a\r\n\u2028\u2029b.txt");
    assertName("htaccess", " ..htaccess. . ");
    assertName("file", ". .");
    assertName("file", "");
    assertName("ü 漢字 🙂.png", "ü 漢字 🙂.png");
  }

  @Test
  void nothingTurnsTheDirectionOfWhatFollows() {
    assertName("gpj.exe", "\u202Egpj.exe");
    assertName("a\u200Db\u200Cc", "a\u200Db\u200Cc");
    assertName("ab", "a\uD83Db\uFFFD");
  }

  @Test
  void aLongNameKeepsItsEnding() {
    assertName("x".repeat(200), "x".repeat(201));
    assertName("x".repeat(200), "x".repeat(200));
    assertName("🙂".repeat(196) + ".pdf", "🙂".repeat(300) + ".pdf");
    String longest = "." + "e".repeat(20);
    assertName("x".repeat(179) + longest, "x".repeat(300) + longest);
    assertName("x".repeat(200), "x".repeat(300) + longest + "e");
  }

  @Test
  void theEndingIsWhatStandsBehindTheLastDot() {
    assertEquals("gz", FileName.ending("a.tar.GZ"));
    assertEquals("", FileName.ending("a"));
    assertEquals("", FileName.ending(".pdf"));
    assertEquals("", FileName.ending("a."));
    assertEquals("a.tar", FileName.title("a.tar.gz"));
    assertEquals("a", FileName.title("a"));
    assertEquals(".pdf", FileName.title(".pdf"));
  }

  private static void assertName(String name, String sent) {
    assertEquals(name, FileName.of(sent), sent);
  }
}
