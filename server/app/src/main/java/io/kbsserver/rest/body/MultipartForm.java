package io.kbsserver.rest.body;

import io.kbsserver.rest.body.MultipartParser.BrokenFormException;
import io.kbsserver.rest.errors.RestException;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A multipart form, taken apart into bytes while it arrives: its fields stay in memory, its files
 * do not.
 */
public final class MultipartForm implements MultipartParser.Parts {

  private static final Pattern BOUNDARY =
      Pattern.compile(
          ";\\s*boundary\\s*=\\s*(?:\"([^\"]+)\"|([^;\\s\"]+))", Pattern.CASE_INSENSITIVE);

  private final MultipartParser parser;
  private final int most;
  private final long mostBytes;
  private final UploadedFiles uploads;
  private final List<Field> fields = new ArrayList<>();
  private final List<byte[]> files = new ArrayList<>();
  private boolean nameless;

  private long received;
  private int count;
  private PartHeaders part = PartHeaders.of("");
  private final ByteArrayOutputStream value = new ByteArrayOutputStream();
  private boolean fileBegun;

  /**
   * A field of a form.
   *
   * @param charset the charset that the field itself declares; null if it does not
   */
  record Field(byte[] name, byte[] value, @Nullable Charset charset) {}

  /**
   * A form that is still to come.
   *
   * @param boundary what separates its parts
   * @param most how many parts it may have
   * @param mostBytes how many bytes it may have beside the files that are kept
   * @param uploads where its files go
   */
  MultipartForm(String boundary, int most, long mostBytes, UploadedFiles uploads) {
    this.parser = new MultipartParser(boundary, this);
    this.most = most;
    this.mostBytes = mostBytes;
    this.uploads = uploads;
  }

  /** What separates the parts, as the content type of a form says. */
  static String boundary(String contentType) {
    Matcher matcher = BOUNDARY.matcher(contentType);
    if (!matcher.find()) {
      throw new BrokenFormException("The content type names no boundary");
    }
    return matcher.group(matcher.start(1) >= 0 ? 1 : 2);
  }

  /** Takes the next bytes apart. */
  public void read(byte[] bytes) {
    parser.parse(bytes);
    received += bytes.length;
    if (size() > mostBytes) {
      throw new ContentLengthExceededException(mostBytes, size());
    }
  }

  /** How many bytes have come beside the files that are kept. */
  public long size() {
    return received - uploads.stored();
  }

  /** Refuses a form that was cut off. */
  void finish() {
    if (received > 0) {
      parser.finish();
    }
  }

  List<Field> fields() {
    return fields;
  }

  /** The names of its files. */
  List<byte[]> files() {
    return files;
  }

  /** Whether it has parts that have no name, which are left out, as in PHP. */
  boolean hasNamelessParts() {
    return nameless;
  }

  @Override
  public void begin(String headers) {
    if (++count > most) {
      throw RestException.tooManyParameters(most);
    }
    part = PartHeaders.of(headers);
    value.reset();
    fileBegun = false;
  }

  @Override
  public void content(byte[] bytes, int start, int length) {
    if (part.isNameless()) {
      return;
    }
    if (part.isFile()) {
      beginFile();
      uploads.write(bytes, start, length);
    } else {
      value.write(bytes, start, length);
    }
  }

  @Override
  public void end() {
    if (part.isNameless()) {
      nameless = true;
    } else if (!part.isFile()) {
      fields.add(new Field(part.name(), value.toByteArray(), part.charset().orElse(null)));
    } else if (fileBegun || part.hasFileName()) {
      // Without a name and without a byte, it is a field for a file that was left empty.
      beginFile();
      uploads.end();
      files.add(part.name());
    }
  }

  private void beginFile() {
    if (!fileBegun) {
      uploads.begin(
          FormBody.parameter(part.name(), new ParameterText(StandardCharsets.UTF_8)),
          part.sentFileName());
      fileBegun = true;
    }
  }
}
