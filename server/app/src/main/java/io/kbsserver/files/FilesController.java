package io.kbsserver.files;

import io.kbsserver.api.FilesApi;
import io.kbsserver.refusal.NotFound;
import io.kbsserver.rest.download.Download;
import io.kbsserver.rest.download.Downloads;
import io.kbsserver.rest.login.CurrentCaller;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;

/** Translates between the generated interface and the rules of files. */
@Controller("/wp-json")
class FilesController implements FilesApi {

  private final FileService service;
  private final FileContents contents;
  private final CurrentCaller caller;

  FilesController(FileService service, FileContents contents, CurrentCaller caller) {
    this.service = service;
    this.contents = contents;
    this.caller = caller;
  }

  @Override
  public HttpResponse<?> downloadTicketFile(
      Long id, Long fileId, DownloadTicketFileParameters parameters) {
    FileRow row = service.read(id, fileId, caller.get());
    StoredFile content = row.content();
    if (content == null || !contents.has(content)) {
      throw NotFound.bytes();
    }
    return Downloads.answer(
        new Download(
            content.sha256(),
            content.size(),
            FileTypes.shown(content.type()),
            row.name(),
            first -> contents.open(content, first)),
        new Downloads.Wanted(parameters.range(), parameters.ifRange(), parameters.ifNoneMatch()));
  }
}
