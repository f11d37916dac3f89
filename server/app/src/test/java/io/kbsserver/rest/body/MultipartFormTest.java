package io.kbsserver.rest.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.rest.body.MultipartParser.BrokenFormException;
import io.kbsserver.rest.errors.RestException;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Multipart forms: fields become parameters, of files the names are told. */
class MultipartFormTest {

  private static final String TYPE = "multipart/form-data; boundary=B";

  @TempDir private Path folder;

  /** A part: what stands behind {@code form-data; name=}, and its content. */
  private static String part(String name, String content) {
    return "--B\r\nContent-Disposition: form-data; name=" + name + "\r\n\r\n" + content + "\r\n";
  }

  private static byte[] form(String... parts) {
    return (String.join("", parts) + "--B--\r\n").getBytes(ISO_8859_1);
  }

  private UploadedFiles uploads(boolean kept) {
    return new UploadedFiles(new UploadLimits(2, 5, folder), kept);
  }

  private Parameters read(String... parts) {
    try (UploadedFiles uploads = uploads(true)) {
      MultipartForm form = FormBody.multipart(TYPE, 1_000, uploads);
      form.read(form(parts));
      return FormBody.parameters(form, UTF_8);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "multipart/form-data; boundary=B | B",
        "multipart/form-data; BOUNDARY = \"a b\" | a b",
        "multipart/form-data;boundary=B;charset=x | B"
      })
  void theContentTypeSaysWhatSeparatesTheParts(String contentType, String boundary) {
    assertEquals(boundary, MultipartForm.boundary(contentType));
  }

  @Test
  void aFormWithoutABoundaryIsNone() {
    assertThrows(BrokenFormException.class, () -> MultipartForm.boundary("multipart/form-data"));
  }

  @Test
  void fieldsAreParameters() {
    Parameters parameters = read(part("a", "1"), part("b[]", "2"), part("a", "3"));
    assertEquals(Map.of("a", "3", "b", List.of("2")), parameters.values());
    assertEquals(Set.of(), parameters.files());
  }

  @Test
  void aFieldMayBeInACharsetOfItsOwn() {
    String latin =
        "--B\r\nContent-Disposition: form-data; name=a\r\nContent-Type: a/b; charset=latin1"
            + "\r\n\r\n\u00E4\r\n";
    assertEquals(Map.of("a", "ä"), read(latin).values());
    assertEquals("ä", read(part("a", "\u00E4"), part("_charset_", "latin1")).values().get("a"));
  }

  @Test
  void ofFilesTheNamesAreTold() {
    Parameters parameters = read(part("f[]; filename=x", "12345"), part("g; filename=y", ""));
    assertEquals(Set.of("f", "g"), parameters.files());
    assertEquals(Map.of(), parameters.values());
  }

  @Test
  void aFileThatWasLeftEmptyIsNone() {
    assertEquals(Set.of(), read(part("f; filename=\"\"", "")).files());
    assertEquals(Set.of("f"), read(part("f; filename=\"\"", "1")).files());
  }

  @Test
  void whatHasNoNameIsNamedAsTheBody() {
    assertEquals(Map.of("body", "body"), read(part("\"\"", "x")).values());
  }

  @Test
  void thereAreOnlySoManyFilesAndSoManyBytesInOne() {
    RestException tooLarge =
        assertThrows(RestException.class, () -> read(part("f[0]; filename=x", "123456")));
    assertEquals("f must be at most 5 bytes long.", tooLarge.faults().get("f").message());
    assertEquals(413, tooLarge.status().getCode());
    String file = part("f; filename=x", "1");
    RestException tooMany = assertThrows(RestException.class, () -> read(file, file, file));
    assertEquals("A request has at most 2 files.", tooMany.getMessage());
  }

  @Test
  void aFileWithoutAByteIsAFileIfItHasAName() {
    String file = part("f; filename=x", "");
    assertEquals(Set.of("f"), read(file, file).files());
    assertThrows(RestException.class, () -> read(file, file, file));
  }

  @Test
  void thereAreOnlySoManyParts() {
    new MultipartForm("B", 2, 1_000, uploads(true)).read(form(part("a", ""), part("b", "")));
    MultipartForm form = new MultipartForm("B", 1, 1_000, uploads(true));
    RestException refused =
        assertThrows(RestException.class, () -> form.read(form(part("a", ""), part("b", ""))));
    assertEquals("rest_too_many_params", refused.code());
  }

  @Test
  void filesThatAreKeptDoNotCountAsWhatStaysInMemory() {
    byte[] bytes = form(part("f; filename=x", "12345"));
    try (UploadedFiles kept = uploads(true)) {
      FormBody.multipart(TYPE, bytes.length - 5, kept).read(bytes);
      assertEquals(5, kept.stored());
      ContentLengthExceededException refused =
          assertThrows(
              ContentLengthExceededException.class,
              () -> FormBody.multipart(TYPE, bytes.length - 6, uploads(true)).read(bytes));
      assertTrue(refused.getMessage().contains(String.valueOf(bytes.length - 6)));
    }
    assertThrows(
        ContentLengthExceededException.class,
        () -> FormBody.multipart(TYPE, bytes.length - 5, uploads(false)).read(bytes));
  }

  @Test
  void aFormThatWasCutOffIsRefusedAndOneWithoutAByteIsEmpty() {
    MultipartForm cut = FormBody.multipart(TYPE, 1_000, uploads(true));
    cut.read("--B\r\n".getBytes(UTF_8));
    cut.read("x".getBytes(UTF_8));
    assertThrows(BrokenFormException.class, () -> FormBody.parameters(cut, UTF_8));
    MultipartForm empty = FormBody.multipart(TYPE, 1_000, uploads(true));
    assertEquals(Parameters.NONE, FormBody.parameters(empty, UTF_8));
  }
}
