package io.kbsserver.files;

import io.kbsserver.access.Caller;
import io.kbsserver.access.Visibility;
import io.kbsserver.refusal.NotAllowed;
import io.kbsserver.refusal.NotFound;
import io.kbsserver.site.CurrentSite;
import io.kbsserver.site.Site;
import io.kbsserver.storage.TableCondition;
import io.micronaut.data.connection.annotation.Connectable;
import jakarta.inject.Singleton;
import java.util.Collection;

/**
 * The rules of files: who sees a ticket gets those that belong to it, and to the replies to it that
 * they see.
 */
@Singleton
class FileService {

  private final FileList list;
  private final CurrentSite settings;

  FileService(FileList list, CurrentSite settings) {
    this.list = list;
    this.settings = settings;
  }

  /** A file of a ticket, or of a reply to it; agents also get those of what is not published. */
  @Connectable
  public FileRow read(long ticket, long file, Caller caller) {
    Site site = settings.current();
    TableCondition visible = Visibility.of(caller, site);
    return list.find(ticket, file, visible, caller.isAgent(site))
        .orElseThrow(
            () -> {
              if (!list.hasTicket(ticket)) {
                return NotFound.ticket();
              }
              return list.mayBeSeen(ticket, visible) ? NotFound.file() : NotAllowed.toSeeTicket();
            });
  }

  /** Those of these digests that files refer to. */
  @Connectable
  public Collection<String> referred(Collection<String> digests) {
    return list.referred(digests);
  }
}
