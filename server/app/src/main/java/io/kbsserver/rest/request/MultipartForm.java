package io.kbsserver.rest.request;

import io.kbsserver.rest.errors.RestException;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpPostMultipartRequestDecoder;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import io.netty.handler.codec.http.multipart.MemoryAttribute;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A multipart form, taken apart into bytes.
 *
 * @param fields its fields
 * @param files the names of its files
 * @param nameless whether it has parts that have no name, which are left out, as in PHP
 */
record MultipartForm(List<MultipartForm.Field> fields, List<byte[]> files, boolean nameless) {

  private static final int LONGEST_PART_HEADER = 16 * 1024;

  /** Stands for the name of a part that has none; no bytes give it. */
  private static final String NAMELESS = "\u2205";

  /**
   * A field of a form.
   *
   * @param charset the charset that the field itself declares; null if it does not
   */
  record Field(byte[] name, byte[] value, Charset charset) {}

  /** The form; nothing where it cannot be read. */
  static Optional<MultipartForm> read(byte[] body, String contentType, int most) {
    FullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1,
            HttpMethod.POST,
            "/",
            Unpooled.wrappedBuffer(PartHeaders.reduced(body, contentType, most)));
    request.headers().set(HttpHeaderNames.CONTENT_TYPE, DeclaredCharset.removedFrom(contentType));
    try {
      HttpPostMultipartRequestDecoder decoder =
          new HttpPostMultipartRequestDecoder(
              new Bytes(), request, StandardCharsets.ISO_8859_1, most, LONGEST_PART_HEADER);
      try {
        return Optional.of(read(decoder));
      } finally {
        decoder.destroy();
      }
    } catch (RuntimeException | IOException e) {
      // Netty has many ways to say that a form is broken, and no common type for them.
      unknownCharset(e)
          .ifPresent(
              name -> {
                throw RestException.unknownCharset(name, Map.of());
              });
      return Optional.empty();
    }
  }

  private static MultipartForm read(HttpPostMultipartRequestDecoder decoder) throws IOException {
    if (decoder.currentPartialHttpData() != null) {
      throw new IOException("The form ends too early");
    }
    List<Field> fields = new ArrayList<>();
    List<byte[]> files = new ArrayList<>();
    boolean nameless = false;
    for (InterfaceHttpData part : decoder.getBodyHttpDatas()) {
      if (part.getName().equals(NAMELESS)) {
        nameless = true;
      } else if (part instanceof ByteAttribute attribute) {
        fields.add(new Field(name(attribute), attribute.get(), attribute.declared));
      } else if (part instanceof FileUpload file && !isLeftEmpty(file)) {
        files.add(name(file));
      }
    }
    return new MultipartForm(fields, files, nameless);
  }

  private static byte[] name(InterfaceHttpData part) {
    return part.getName().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** How a browser sends a field for a file in which there is none. */
  private static boolean isLeftEmpty(FileUpload file) {
    return file.getFilename().isEmpty() && file.length() == 0;
  }

  private static Optional<String> unknownCharset(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnsupportedCharsetException unsupported) {
        return Optional.of(unsupported.getCharsetName());
      }
      if (cause instanceof IllegalCharsetNameException illegal) {
        return Optional.of(illegal.getCharsetName());
      }
    }
    return Optional.empty();
  }

  /**
   * Makes fields that stay bytes: Netty would look for the next boundary in the field's charset.
   */
  private static final class Bytes extends DefaultHttpDataFactory {

    Bytes() {
      super(false, StandardCharsets.ISO_8859_1);
    }

    @Override
    public Attribute createAttribute(HttpRequest request, String name) {
      return new ByteAttribute(orNameless(name));
    }

    @Override
    public Attribute createAttribute(HttpRequest request, String name, long definedSize) {
      return new ByteAttribute(orNameless(name));
    }

    @Override
    public FileUpload createFileUpload(
        HttpRequest request,
        String name,
        String filename,
        String contentType,
        String contentTransferEncoding,
        Charset charset,
        long size) {
      return super.createFileUpload(
          request, orNameless(name), filename, contentType, contentTransferEncoding, charset, size);
    }
  }

  private static String orNameless(String name) {
    return name.isEmpty() ? NAMELESS : name;
  }

  private static final class ByteAttribute extends MemoryAttribute {

    private Charset declared;

    ByteAttribute(String name) {
      super(name, StandardCharsets.ISO_8859_1);
      declared = null; // That was the constructor's, which sets one as well.
    }

    @Override
    public void setCharset(Charset charset) {
      declared = charset;
    }
  }
}
