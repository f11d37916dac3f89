package io.kbsserver.rest.download;

import io.kbsserver.rest.errors.ErrorResponses;
import io.kbsserver.rest.wire.HeadAsGet;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.context.ServerRequestContext;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers a request with a download: all of it, a part, or that the client has it already. */
public final class Downloads {

  /** A page that was sent as a file runs nothing, and is nobody's origin. */
  private static final String POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'";

  private Downloads() {}

  /**
   * What a request says of what it wants; each null where it says nothing.
   *
   * @param range a part of it
   * @param ifRange the content that it is a part of
   * @param ifNoneMatch the contents that the client has
   */
  public record Wanted(
      @Nullable String range, @Nullable String ifRange, @Nullable String ifNoneMatch) {}

  /** The answer to the current request. */
  public static HttpResponse<?> answer(Download download, Wanted wanted) {
    String tag = '"' + download.tag() + '"';
    if (wanted.ifNoneMatch() != null && isAmong(tag, wanted.ifNoneMatch())) {
      return cached(HttpResponse.notModified(), tag);
    }
    boolean head = ServerRequestContext.currentRequest().filter(HeadAsGet::isHead).isPresent();
    boolean same = wanted.ifRange() == null || wanted.ifRange().strip().equals(tag);
    String range = same && !head ? wanted.range() : null;
    long size = download.size();
    RequestedRange requested = RequestedRange.of(range, size);
    if (requested instanceof RequestedRange.BehindTheEnd) {
      return ErrorResponses.of(
              HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
              "rest_range_not_satisfiable",
              "The file ends before this range: it has " + size + " bytes.",
              Map.of())
          .header(HttpHeaders.CONTENT_RANGE, "bytes */" + size);
    }
    if (requested instanceof RequestedRange.Part part) {
      long length = part.last() - part.first() + 1;
      return sent(
              HttpResponse.status(HttpStatus.PARTIAL_CONTENT),
              download,
              new DownloadBody(length, () -> download.content().from(part.first())))
          .header(
              HttpHeaders.CONTENT_RANGE, "bytes " + part.first() + '-' + part.last() + '/' + size);
    }
    DownloadBody whole = new DownloadBody(size, () -> download.content().from(0));
    return head
        ? sent(HttpResponse.ok(), download, null).header(HeadAsGet.LENGTH, Long.toString(size))
        : sent(HttpResponse.ok(), download, whole);
  }

  private static MutableHttpResponse<DownloadBody> sent(
      MutableHttpResponse<DownloadBody> answer, Download download, @Nullable DownloadBody body) {
    return cached(answer, '"' + download.tag() + '"')
        .body(body)
        .header(HttpHeaders.CONTENT_TYPE, download.type())
        .header(HttpHeaders.ACCEPT_RANGES, "bytes")
        .header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment(download.name()))
        // Compressed on the way it would be another content, without parts.
        .header(HttpHeaders.CONTENT_ENCODING, "identity");
  }

  private static MutableHttpResponse<DownloadBody> cached(
      MutableHttpResponse<DownloadBody> answer, String tag) {
    return answer
        .header(HttpHeaders.ETAG, tag)
        // Whoever has kept it asks again whether they may still see it.
        .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
        .header("Content-Security-Policy", POLICY);
  }

  private static boolean isAmong(String tag, String tags) {
    return Arrays.stream(tags.split(","))
        .map(String::strip)
        .anyMatch(one -> one.equals("*") || one.replaceFirst("^W/", "").equals(tag));
  }
}
