package io.kbsserver.consumers;

import io.kbsserver.client.ApiException;
import io.kbsserver.client.ApiResponse;
import io.kbsserver.client.model.Attachment;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** What the portal does with the files of a customer's ticket. */
final class PortalDownloads {

  private final Api api;

  PortalDownloads(Api api) {
    this.api = api;
  }

  /** Where the files of a ticket are, by their names. */
  List<String> addresses(long ticket) throws ApiException {
    return api
        .tickets()
        .getTicket(Long.toString(ticket), null, null, null)
        .getTicketData()
        .getFiles()
        .stream()
        .map(Attachment::getUrl)
        .toList();
  }

  /** A file, as a text. */
  String text(long ticket, long file) throws ApiException, IOException {
    return text(api.files().downloadTicketFileWithHttpInfo(ticket, file, null, null, null));
  }

  /** What a download that was cut off has not got yet. */
  String rest(long ticket, long file, long from, String tag) throws ApiException, IOException {
    return text(
        api.files().downloadTicketFileWithHttpInfo(ticket, file, "bytes=" + from + "-", tag, null));
  }

  /** Asks whether there is another file than the one that this tag names. */
  void newer(long ticket, long file, String tag) throws ApiException {
    api.files().downloadTicketFile(ticket, file, null, null, tag);
  }

  private static String text(ApiResponse<File> response) throws IOException {
    return Files.readString(response.getData().toPath());
  }
}
