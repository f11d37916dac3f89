package io.kbsserver.files;

import io.kbsserver.access.Caller;
import io.kbsserver.access.FileVisibility;
import io.kbsserver.access.VisibleTicketList;
import io.kbsserver.change.ChangeLog;
import io.kbsserver.change.Subject;
import io.kbsserver.files.NewFiles.NewFile;
import io.kbsserver.posts.PostRepository;
import io.kbsserver.refusal.NotFound;
import io.kbsserver.site.CurrentSite;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.transaction.TransactionDefinition;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules of files: who sees a ticket gets those that belong to it, and to the replies to it that
 * they see.
 */
@Singleton
public class FileService {

  private final FileList list;
  private final FileRepository repository;
  private final PostRepository posts;
  private final VisibleTicketList tickets;
  private final ChangeLog changes;
  private final CurrentSite settings;

  FileService(
      FileList list,
      FileRepository repository,
      PostRepository posts,
      VisibleTicketList tickets,
      ChangeLog changes,
      CurrentSite settings) {
    this.list = list;
    this.repository = repository;
    this.posts = posts;
    this.tickets = tickets;
    this.changes = changes;
    this.settings = settings;
  }

  /** A file of a ticket, or of a reply to it; agents also get those of what is not published. */
  @Connectable
  FileRow read(long ticket, long file, Caller caller) {
    return list.find(ticket, file, FileVisibility.of(caller, settings.current()))
        .orElseThrow(
            () -> {
              tickets.require(ticket, caller);
              return NotFound.file();
            });
  }

  /**
   * Hangs new files on a ticket, or on a reply to it, which the caller is writing: in the
   * transaction of that, so that there is no file without it.
   *
   * @param author who writes it; null where they have no login
   * @param gmt when it is written, in UTC
   * @param local the same on the site's clock
   * @return their ids
   */
  @Transactional(propagation = TransactionDefinition.Propagation.MANDATORY)
  public List<Long> attach(
      NewFiles files,
      long ticket,
      @Nullable Long reply,
      @Nullable Long author,
      LocalDateTime gmt,
      LocalDateTime local) {
    List<Long> ids = new ArrayList<>();
    for (NewFile file : files.all()) {
      StoredFile stored = file.stored();
      long id = posts.takeId("attachment");
      ids.add(id);
      changes.creates(Subject.FILE, id);
      repository.insert(
          id,
          ticket,
          reply,
          file.name(),
          gmt,
          local,
          stored.sha256(),
          stored.size(),
          stored.type(),
          author);
    }
    // Behind the rows, since it is no part of the transaction.
    files.all().forEach(NewFile::keep);
    return ids;
  }

  /** The files that came with each of these replies, in the order in which they were sent. */
  @Connectable
  public Map<Long, List<ListedFile>> ofReplies(Collection<Long> replies) {
    return replies.isEmpty() ? Map.of() : list.ofReplies(replies);
  }

  /** Those of these digests that files refer to. */
  @Connectable
  public Collection<String> referred(Collection<String> digests) {
    return list.referred(digests);
  }
}
