package io.kbsserver.consumers;

import io.kbsserver.client.ApiException;
import io.kbsserver.client.ApiResponse;
import io.kbsserver.client.MediaApi.APIDescribeMediaFileRequest;
import io.kbsserver.client.MediaApi.APIGetMediaRequest;
import io.kbsserver.client.MediaApi.APIListMediaRequest;
import io.kbsserver.client.MediaApi.APIUploadMediaRequest;
import io.kbsserver.client.model.MediaFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The picker of an editor for WordPress, which shows the files of a ticket and adds others. */
final class MediaPicker {

  private final Api api;

  MediaPicker(Api api) {
    this.api = api;
  }

  /** What is shown of a file. */
  record Shown(long id, String title, String address) {}

  /** Some files, and how many there are in all. */
  record Found(List<Shown> files, int total) {}

  Found of(long ticket) throws ApiException {
    return found(APIListMediaRequest.newBuilder().parent(List.of(ticket)).perPage(5).build());
  }

  Found found(APIListMediaRequest wanted) throws ApiException {
    ApiResponse<List<MediaFile>> answer = api.media().listMediaWithHttpInfo(wanted);
    return new Found(
        answer.getData().stream().map(MediaPicker::shown).toList(),
        Integer.parseInt(answer.getHeaders().get("x-wp-total").get(0)));
  }

  Shown read(long id) throws ApiException {
    return shown(api.media().getMedia(APIGetMediaRequest.newBuilder().id(id).build()));
  }

  /**
   * Adds a file to a ticket.
   *
   * @param ticket null where something else says which
   * @param disposition says what it is called; null where nothing does
   */
  Shown add(Long ticket, String disposition, String content) throws ApiException, IOException {
    Path file = Files.createTempFile("picked", ".tmp");
    try {
      Files.writeString(file, content);
      return shown(
          api.media()
              .uploadMedia(
                  APIUploadMediaRequest.newBuilder()
                      .file(file.toFile())
                      .post(ticket)
                      .contentDisposition(disposition)
                      .build()));
    } finally {
      Files.delete(file);
    }
  }

  Set<String> withAll() throws ApiException {
    return Set.copyOf(api.media().describeMedia().getMethods());
  }

  Set<String> withOne(long id) throws ApiException {
    return Set.copyOf(
        api.media()
            .describeMediaFile(APIDescribeMediaFileRequest.newBuilder().id(id).build())
            .getMethods());
  }

  private static Shown shown(MediaFile file) {
    return new Shown(file.getId(), file.getTitle().getRendered(), file.getSourceUrl());
  }
}
