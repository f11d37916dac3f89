package io.kbsserver.media;

import static java.util.stream.Collectors.toMap;

import io.kbsserver.access.Caller;
import io.kbsserver.change.Subject;
import io.kbsserver.sync.PresentState;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What has become of files that were changed. */
@Singleton
class MediaEmbedding implements PresentState {

  private final MediaService service;
  private final MediaRepresentation representation;

  MediaEmbedding(MediaService service, MediaRepresentation representation) {
    this.service = service;
    this.representation = representation;
  }

  @Override
  public Subject subject() {
    return Subject.FILE;
  }

  @Override
  public Map<Long, ?> byIds(Set<Long> ids, Caller caller) {
    return service.read(ids, caller).stream()
        .collect(toMap(MediaView::id, media -> representation.of(media, MediaPurpose.VIEW)));
  }

  @Override
  public List<Long> idsBehind(long id, int most, Caller caller) {
    return service.idsBehind(id, most, caller);
  }
}
