package io.kbsserver.rest.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNullElse;

import io.kbsserver.rest.body.Sha256;
import io.kbsserver.rest.body.UploadedFiles;
import io.kbsserver.rest.request.RequestParameters;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A digest of what a request asks for, as it was read: method, path, type of the body, all
 * parameters, and the bytes of its files. Of two forms that differ in how their parts are
 * delimited, which clients do anew each time, it is the same.
 */
final class RequestDigest {

  private final MessageDigest digest = Sha256.begin();

  private RequestDigest() {}

  static String of(HttpRequest<?> request) {
    RequestDigest all = new RequestDigest();
    RequestParameters parameters = RequestParameters.of(request);
    all.add(request.getMethod().name());
    all.add(request.getPath());
    all.add(type(request));
    all.add(parameters.inQuery().values());
    all.add(parameters.inBody().values());
    for (UploadedFiles.Upload file : UploadedFiles.of(request)) {
      all.add(file.parameter());
      all.add(file.name());
      all.add(file.sha256());
    }
    return HexFormat.of().formatHex(all.digest.digest());
  }

  /** Without what it says of itself, such as the boundary of a form. */
  private static String type(HttpRequest<?> request) {
    return requireNonNullElse(request.getHeaders().get(HttpHeaders.CONTENT_TYPE), "")
        .split(";", 2)[0]
        .strip()
        .toLowerCase(Locale.ROOT);
  }

  /** Each value begins with its kind and its length, so that no two things look the same. */
  private void add(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      begin('m', map.size());
      map.forEach(
          (name, each) -> {
            add(name);
            add(each);
          });
    } else if (value instanceof Collection<?> list) {
      begin('l', list.size());
      list.forEach(this::add);
    } else {
      byte[] bytes = String.valueOf(value).getBytes(UTF_8);
      begin(value instanceof String ? 's' : value == null ? '0' : 'v', bytes.length);
      digest.update(bytes);
    }
  }

  private void begin(char kind, int length) {
    digest.update(ByteBuffer.allocate(6).putChar(kind).putInt(length).array());
  }
}
