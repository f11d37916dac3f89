package io.kbsserver.mail.incoming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.james.mime4j.MimeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of mails as programs write them; a bar is a line break. */
class MailReadingTest {

  private static final Charset BYTES = StandardCharsets.ISO_8859_1;

  private record Read(String text, List<String> files) {}

  private static Read read(byte[] mail) throws IOException, MimeException {
    MailReading reading = new MailReading(new ByteArrayInputStream(mail));
    reading.head();
    List<String> files = new ArrayList<>();
    String text =
        reading
            .texts(
                (name, content) ->
                    files.add(name + "=" + new String(content.readAllBytes(), BYTES)))
            .stream()
            .map(QuotedText.Unquoted::text)
            .filter(one -> !one.isEmpty())
            .collect(Collectors.joining("|"));
    return new Read(text.replace('\n', '|'), files);
  }

  private static byte[] mail(String text) {
    return text.replace("|", "\r\n").getBytes(BYTES);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        // Of bytes that are no ASCII, each is written as the letter that ISO 8859-1 has for it.
        "Subject: s||Hello;Hello",
        "Content-Type: text/plain~ charset=utf-8||Gr\u00c3\u00bc\u00c3\u009fe;Gr\u00fc\u00dfe",
        "Content-Type: text/plain~ charset=iso-8859-1||Gr\u00fc\u00dfe;Gr\u00fc\u00dfe",
        "Content-Type: text/plain~ charset=no-such||Gr\u00c3\u00bc\u00c3\u009fe;Gr\u00fc\u00dfe",
        "Content-Type: text/plain~ charset=utf-8||Gr\u00fc\u00dfe;Gr\u00fc\u00dfe",
        "Content-Type: text/plain||Gr\u00fc\u00dfe;Gr\u00fc\u00dfe",
        "Content-Type: text/plain~ charset=iso-2022-jp||\u001b$B%F%9%H\u001b(B;\u30c6\u30b9\u30c8",
        "Content-Type: text/plain~ charset=utf-8|Content-Transfer-Encoding: quoted-printable||Gr=C3=BC=C3=|=9Fe;Gr\u00fc\u00dfe",
        "Content-Type: text/plain~ charset=utf-8|Content-Transfer-Encoding: base64||R3LDvMOfZQ==;Gr\u00fc\u00dfe",
        "Content-Type: text/plain~ format=flowed||one |two;one two",
        "Content-Type: text/html~ charset=utf-8||<p>One<p>Two<script>x()</script><br>three;One||Two|three",
        "Content-Type: text/html||<style>p{}</style><a href=\"https://a.example/\">here</a> &lt~b&gt~;here (https://a.example/) <b>",
        "Content-Type: multipart/alternative~ boundary=b||--b||plain|--b|Content-Type: text/html||<p>rich|--b--;plain",
        "Content-Type: multipart/alternative~ boundary=b||--b|| |--b|Content-Type: text/html||<p>rich|--b--;rich",
        "Content-Type: multipart/alternative~ boundary=b||--b||plain|--b|Content-Type: text/x-amp-html||amp|--b--;plain",
        "Content-Type: multipart/mixed~ boundary=b||--b||one|--b||two|--b--;one|two",
        "Content-Type: multipart/signed~ boundary=b||--b||signed|--b|Content-Type: application/pgp-signature~ name=s.asc||x|--b--;signed",
        "Content-Type: multipart/signed~ boundary=b||--b||signed|--b|Content-Type: application/pkcs7-signature~ name=smime.p7s||x|--b--;signed",
        "Subject: s||-----BEGIN PGP SIGNED MESSAGE-----|Hash: SHA256||- -- hello|-----BEGIN PGP SIGNATURE-----|x|-----END PGP SIGNATURE-----;-- hello",
        "Content-Type: multipart/mixed~ boundary=b||--b||never ends;never ends",
        "Content-Type: nonsense||Hello;Hello",
        "Subject: s;``"
      })
  void textsAreReadHoweverTheyAreWritten(String mail, String text) throws Exception {
    Read read = read(mail(mail.replace('~', ';')));
    assertEquals(text.replace('~', ';'), read.text());
    assertEquals(List.of(), read.files());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "Content-Type: application/pdf~ name=a.pdf;a.pdf",
        "Content-Disposition: attachment~ filename=a.txt;a.txt",
        "Content-Type: text/plain~ name=a.txt;a.txt",
        "Content-Disposition: attachment~ filename*=utf-8''%C3%BC.pdf;\u00fc.pdf",
        "Content-Disposition: attachment~ filename=\"=?utf-8?Q?=C3=BC.pdf?=\";\u00fc.pdf",
        "Content-Type: image/png;file.png",
        "Content-Type: message/rfc822;message.eml",
        "Content-Type: text/calendar;invitation.ics",
        "Content-Type: application/ms-tnef~ name=winmail.dat;winmail.dat",
        "Content-Type: image/png~ name=logo.png|Content-ID: <1>|Content-Disposition: inline;logo.png"
      })
  void whatIsNoTextIsAFile(String part, String name) throws Exception {
    Read read =
        read(
            mail(
                "Content-Type: multipart/mixed; boundary=b||--b||text|--b|"
                    + part.replace('~', ';')
                    + "||bytes|--b--|"));
    assertEquals("text", read.text());
    assertEquals(List.of(name + "=bytes"), read.files());
  }

  @Test
  void afterWhatIsQuotedNothingIsRead() throws Exception {
    Read read =
        read(
            mail(
                "Content-Type: multipart/mixed; boundary=b||--b||new||> ##- a -##|--b||old|--b--"));
    assertEquals("new", read.text());
  }

  @ParameterizedTest
  @CsvSource({
    "multipart/encrypted",
    "application/pkcs7-mime",
  })
  void whatIsEncipheredIsPutAside(String type) {
    byte[] mail = mail("Content-Type: " + type + "; boundary=b||--b||x|--b--");
    assertThrows(PutAside.class, () -> read(mail));
  }

  @Test
  void partsWithinPartsEnd() {
    StringBuilder mail = new StringBuilder();
    for (int i = 0; i < 5000; i++) {
      mail.append("Content-Type: multipart/mixed; boundary=b").append(i);
      mail.append("\r\n\r\n--b").append(i).append("\r\n");
    }
    assertThrows(PutAside.class, () -> read(mail.toString().getBytes(BYTES)));
  }

  @Test
  void manyPartsEnd() {
    String mail =
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + "--b\r\n\r\n".repeat(100_000);
    assertThrows(PutAside.class, () -> read(mail.getBytes(BYTES)));
  }

  @Test
  void headersEnd() {
    String many = "X: y\r\n".repeat(100_000);
    assertThrows(MimeException.class, () -> read(many.getBytes(BYTES)));
    String longest = "X: " + "y".repeat(10_000_000);
    assertThrows(Exception.class, () -> read(longest.getBytes(BYTES)));
  }

  @Test
  void longTextsAreReadUpToWhatTheyQuote() throws Exception {
    String line = "> old\r\n".repeat(500_000);
    assertEquals("new", read(("a: b\r\n\r\nnew\r\n> ##- a -##\r\n" + line).getBytes(BYTES)).text());
    assertThrows(PutAside.class, () -> read(("a: b\r\n\r\nnew\r\n" + line).getBytes(BYTES)));
  }

  @Test
  void aLineMayBeLong() throws Exception {
    String line = "word ".repeat(100_000);
    String text = read(("a: b\r\n\r\n" + line).getBytes(BYTES)).text();
    assertTrue(text.length() > 400_000, () -> text.length() + "");
  }

  @Test
  void htmlIsNestedOnlySoDeep() throws Exception {
    Read read = read(html("<blockquote>".repeat(500) + "x<br>".repeat(20_000)));
    assertTrue(read.text().contains("x"), read::text);
    assertTrue(read.text().length() < 2_000_000, () -> read.text().length() + "");
    assertThrows(PutAside.class, () -> read(html("<blockquote>".repeat(50_000))));
    assertThrows(PutAside.class, () -> read(html("<x-y><b></q>".repeat(50_000))));
    assertEquals("a", read(html("<b>a</b><p>".repeat(1) + "<br>".repeat(9000))).text());
    assertTrue(read(html("<div><p>a</div>".repeat(9000))).text().endsWith("a"));
  }

  @Test
  void headersAreBoundedAsAWhole() {
    String fields = ("References: " + "<a@b> ".repeat(9_000) + "|").repeat(6);
    PutAside aside = assertThrows(PutAside.class, () -> read(mail(fields + "|x")));
    assertEquals("Its header is too long.", aside.reason());
  }

  @Test
  void textsAreBoundedAsAWhole() {
    String part = "--b||" + "x".repeat(1_000_000) + "|";
    String mail = "Content-Type: multipart/mixed; boundary=b||" + part.repeat(5) + "--b--";
    PutAside aside = assertThrows(PutAside.class, () -> read(mail(mail)));
    assertEquals("Its texts are too long.", aside.reason());
  }

  @Test
  void whatIsSaidOfANoteIsNotPublished() {
    String mail = "Subject: s||I agree.||> ##! not for the customer !##|> is he mad?";
    PutAside aside = assertThrows(PutAside.class, () -> read(mail(mail)));
    assertEquals("It quotes a mail about a private note.", aside.reason());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ann@a\u0001.example", "ann@a\u00ef\u00bb\u00bf.example"})
  void aSenderInDisguiseIsNone(String from) throws Exception {
    MailReading reading =
        new MailReading(new ByteArrayInputStream(mail("From: " + from + "||Hello")));
    assertEquals(Optional.empty(), reading.head().sender());
  }

  private static byte[] html(String html) {
    return ("Content-Type: text/html\r\n\r\n" + html).getBytes(BYTES);
  }
}
