package io.kbsserver.http;

/** A multipart form, as a browser sends it. */
final class MultipartBody {

  static final String TYPE = "multipart/form-data; boundary=B";

  private final StringBuilder parts = new StringBuilder();

  MultipartBody field(String name, String value) {
    return part("name=\"" + name + '"', value);
  }

  MultipartBody files(SentFile... files) {
    for (SentFile file : files) {
      String name = file.name().replace("\"", "\\\"");
      part(
          "name=\"%s\"; filename=\"%s\"\r\nContent-Type: image/png"
              .formatted(file.parameter(), name),
          file.content());
    }
    return this;
  }

  private MultipartBody part(String disposition, String content) {
    parts
        .append("--B\r\nContent-Disposition: form-data; ")
        .append(disposition)
        .append("\r\n\r\n")
        .append(content)
        .append("\r\n");
    return this;
  }

  @Override
  public String toString() {
    return parts + "--B--\r\n";
  }
}
