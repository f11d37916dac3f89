package io.kbsserver.media;

import io.kbsserver.access.Caller;
import io.kbsserver.files.NewFiles;
import io.kbsserver.refusal.UnknownValues;
import io.kbsserver.storage.RetriedOnConflict;
import jakarta.inject.Singleton;

/** Writes media, and tries again where another writer came in between. */
@Singleton
class MediaWriter {

  private final MediaService service;

  MediaWriter(MediaService service) {
    this.service = service;
  }

  /** Attaches the one file that was sent to a ticket, in one transaction. */
  @RetriedOnConflict
  MediaView attach(long ticket, NewFiles sent, Caller caller, UnknownValues unknown) {
    return unknown.during(() -> service.attach(ticket, sent, caller, unknown));
  }
}
