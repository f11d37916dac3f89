package io.kbsserver.rest.download;

import io.micronaut.core.type.Argument;
import io.micronaut.core.type.MutableHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.body.ByteBodyFactory;
import io.micronaut.http.body.CloseableByteBody;
import io.micronaut.http.body.ResponseBodyWriter;
import io.micronaut.http.body.stream.InputStreamByteBody;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.OutputStream;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;

/**
 * Sends the bytes of a download as fast as its client reads them. A thread is taken for each piece
 * that is read, not while one is on its way, and the threads are none of those that hold places.
 */
@Singleton
final class DownloadSender implements ResponseBodyWriter<DownloadBody> {

  private final ExecutorService threads;

  DownloadSender(@Named(DownloadThreads.NAME) ExecutorService threads) {
    this.threads = threads;
  }

  @Override
  public CloseableByteBody writePiece(
      ByteBodyFactory bodies,
      HttpRequest<?> request,
      HttpResponse<?> response,
      Argument<DownloadBody> type,
      MediaType mediaType,
      DownloadBody body) {
    return InputStreamByteBody.create(
        new DownloadStream(body), OptionalLong.of(body.length()), threads, bodies);
  }

  @Override
  public void writeTo(
      Argument<DownloadBody> type,
      MediaType mediaType,
      DownloadBody body,
      MutableHeaders headers,
      OutputStream out) {
    throw new UnsupportedOperationException("Bytes are sent by Netty");
  }
}
