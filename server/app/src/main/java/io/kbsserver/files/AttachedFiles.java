package io.kbsserver.files;

import io.kbsserver.refusal.Unavailable;
import io.micronaut.data.connection.annotation.Connectable;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The files of what a mail tells of: who is told of that gets them, too. */
@Singleton
public class AttachedFiles {

  private final FileList list;
  private final FileContents contents;

  AttachedFiles(FileList list, FileContents contents) {
    this.list = list;
    this.contents = contents;
  }

  /** Those that came with a ticket itself, in their order. */
  @Connectable
  public List<AttachedFile> ofTicket(long ticket) {
    return list.attachedTo(ticket, null);
  }

  /** Those that came with a reply to it. */
  @Connectable
  public List<AttachedFile> ofReply(long ticket, long reply) {
    return list.attachedTo(ticket, reply);
  }

  /**
   * Whether the bytes of one are here.
   *
   * @throws Unavailable where the store does not answer
   */
  public boolean has(StoredFile file) {
    return contents.has(file);
  }

  /** Begins to read one. */
  public InputStream open(StoredFile file) throws IOException {
    return contents.open(file, 0);
  }
}
