package io.kbsserver.rest.body;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartHeadersTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      nullValues = "-",
      value = {
        "form-data; name=\"a\"                         | a     | -",
        "form-data;name=a                              | a     | -",
        "form-data; NAME = \" a \"                     | a     | -",
        "form-data; name=\"a:b;c=d, e\"                | a:b;c=d, e | -",
        "form-data; name=\"a\\\"b\"                    | a\"b  | -",
        "form-data; name=\"a\\b\"                      | a\\b  | -",
        "form-data; name=\"x\"; name=\"y\"             | y     | -",
        "form-data; name=\"a\"; filename=\"\"          | a     | ~~",
        "form-data; name=\"a\"; filename=f.txt         | a     | f.txt",
        "form-data; filename=\"; name=b\"; name=\"a\"  | a     | ; name=b",
        "form-data; name=\"a\"; filename=\"C:\\\"      | a     | \"C:\"",
        "form-data; name=\"a\"; filename*=utf-8''f%20g | a     | utf-8''f%20g",
        "file; name=\"a\"                              | a     | -",
        "form-data; name*=utf-8''a                     | ~~    | -",
        "form-data; name                               | ~~    | -",
        "form-data; name=\"\"                          | ~~    | -",
        "form-data                                     | ~~    | -",
      })
  void thePartsNameAndTheFilesAreRead(String disposition, String name, String fileName) {
    PartHeaders headers = PartHeaders.of("Content-Disposition: " + disposition + "\r\n\r\n");
    assertEquals(name, new String(headers.name(), StandardCharsets.ISO_8859_1));
    assertEquals(fileName, headers.fileName());
    assertEquals(name.isEmpty(), headers.isNameless());
    assertEquals(fileName != null, headers.isFile());
  }

  @Test
  void headersMayGoOnInTheNextLineAndStandInAnyOrder() {
    String folded = "form-data;\r\n\tname=\"a\";\n filename=\"f\"";
    PartHeaders headers =
        PartHeaders.of(
            "X: y\r\ncontent-type: TEXT/plain\r\ncontent-disposition:" + folded + "\n\n");
    assertEquals("a", new String(headers.name(), StandardCharsets.ISO_8859_1));
    assertEquals("f", headers.fileName());
  }

  @Test
  void aFieldMayDeclareItsCharset() {
    String name = "Content-Disposition: form-data; name=\"a\"\r\n";
    assertEquals(
        Optional.of(StandardCharsets.ISO_8859_1),
        PartHeaders.of(name + "Content-Type: text/plain; charset=latin1\r\n\r\n").charset());
    assertEquals(
        Optional.empty(), PartHeaders.of(name + "Content-Type: text/plain\r\n\r\n").charset());
    assertEquals(Optional.empty(), PartHeaders.of(name).charset());
  }
}
