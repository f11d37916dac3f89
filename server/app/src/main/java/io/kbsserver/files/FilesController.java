package io.kbsserver.files;

import io.kbsserver.api.FilesApi;
import io.kbsserver.refusal.NotFound;
import io.kbsserver.rest.download.Download;
import io.kbsserver.rest.download.Downloads;
import io.kbsserver.rest.login.CurrentCaller;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Translates between the generated interface and the rules of files. */
@Controller("/wp-json")
class FilesController implements FilesApi {

  private static final Logger LOG = LoggerFactory.getLogger(FilesController.class);

  private final FileService service;
  private final FileStores stores;
  private final CurrentCaller caller;

  FilesController(FileService service, FileStores stores, CurrentCaller caller) {
    this.service = service;
    this.stores = stores;
    this.caller = caller;
  }

  @Override
  public HttpResponse<?> downloadTicketFile(
      Long id, Long file, DownloadTicketFileParameters parameters) {
    FileRow row = service.read(id, file, caller.get());
    StoredFile content = row.content();
    if (content == null || !isHere(content)) {
      throw NotFound.bytes();
    }
    return Downloads.answer(
        new Download(
            content.sha256(),
            content.size(),
            FileTypes.shown(content.type()),
            row.name(),
            first -> stores.get().open(content.sha256(), first)),
        new Downloads.Wanted(
            parameters.range(), parameters.ifRange(), parameters.ifNoneMatch()));
  }

  private boolean isHere(StoredFile content) {
    try {
      boolean here = stores.get().has(content.sha256());
      if (!here) {
        LOG.error("The bytes of a file are gone: {}", content.sha256());
      }
      return here;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
