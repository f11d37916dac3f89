package io.kbsserver.media;

import io.kbsserver.access.Caller;
import io.kbsserver.access.FileVisibility;
import io.kbsserver.access.VisibleTicketList;
import io.kbsserver.change.ChangeLog;
import io.kbsserver.change.Subject;
import io.kbsserver.files.FileService;
import io.kbsserver.files.NewFiles;
import io.kbsserver.list.ListRequest;
import io.kbsserver.list.Page;
import io.kbsserver.refusal.InvalidParameters;
import io.kbsserver.refusal.NotAllowed;
import io.kbsserver.refusal.NotFound;
import io.kbsserver.refusal.UnknownValues;
import io.kbsserver.site.CurrentSite;
import io.kbsserver.site.Setting;
import io.kbsserver.site.WallClock;
import io.kbsserver.storage.SqlCondition;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rules of media: who sees a file sees what is said of it. */
@Singleton
class MediaService {

  private final MediaList list;
  private final VisibleTicketList tickets;
  private final FileService files;
  private final ChangeLog changes;
  private final CurrentSite settings;
  private final Clock clock;

  MediaService(
      MediaList list,
      VisibleTicketList tickets,
      FileService files,
      ChangeLog changes,
      CurrentSite settings,
      Clock clock) {
    this.list = list;
    this.tickets = tickets;
    this.files = files;
    this.changes = changes;
    this.settings = settings;
    this.clock = clock;
  }

  /** A page of those that are wanted. */
  @Connectable
  public Page<MediaView> list(
      Caller caller, MediaFilter filter, ListRequest request, boolean editing) {
    if (editing && !caller.mayEditMedia()) {
      throw NotAllowed.toListPostsForEditing();
    }
    return list.page(visible(caller), filter, request);
  }

  /** One of them. */
  @Connectable
  public MediaView read(long id, Caller caller, boolean editing) {
    Optional<MediaView> found = list.find(id, visible(caller));
    if (found.isEmpty() && list.find(id, FileVisibility.there()).isEmpty()) {
      throw NotFound.media();
    }
    if (editing && found.filter(media -> mayEdit(media, caller)).isEmpty()) {
      throw NotAllowed.toOpenPostForEditing();
    }
    return found.orElseThrow(NotAllowed::toDoThat);
  }

  /** Those of these that the caller may see. */
  @Connectable
  public List<MediaView> read(Collection<Long> ids, Caller caller) {
    return list.find(ids, visible(caller));
  }

  /** The first ids behind one of those that the caller may see, in their order. */
  @Connectable
  public List<Long> idsBehind(long id, int most, Caller caller) {
    return list.idsBehind(id, most, visible(caller));
  }

  private static boolean mayEdit(MediaView media, Caller caller) {
    return caller.mayEditMedia() || Long.valueOf(caller.userId()).equals(media.authorId());
  }

  /** Attaches the one file that was sent to a ticket. */
  @Transactional
  public MediaView attach(long ticket, NewFiles sent, Caller caller, UnknownValues unknown) {
    if (!tickets.isToReply(ticket, caller)) {
      throw NotAllowed.toAttach();
    }
    unknown.refuseIfStrict();
    if (sent.isEmpty()) {
      throw new InvalidParameters("rest_upload_no_data", "No data supplied.", Map.of());
    }
    changes.changesColumns(Subject.TICKET, ticket);
    LocalDateTime gmt = WallClock.now(clock);
    LocalDateTime local = WallClock.local(gmt, settings.current().get(Setting.TIME_ZONE));
    List<Long> ids = files.attach(sent, ticket, null, caller.userId(), gmt, local);
    return list.find(ids.get(0), visible(caller)).orElseThrow(NotFound::media);
  }

  private SqlCondition visible(Caller caller) {
    return FileVisibility.of(caller, settings.current());
  }
}
