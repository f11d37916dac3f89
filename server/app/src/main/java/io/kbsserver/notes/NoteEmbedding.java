package io.kbsserver.notes;

import static java.util.stream.Collectors.toMap;

import io.kbsserver.access.Caller;
import io.kbsserver.change.Subject;
import io.kbsserver.sync.PresentState;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What has become of notes that were changed. */
@Singleton
class NoteEmbedding implements PresentState {

  private final NoteService service;
  private final NoteRepresentation representation;

  NoteEmbedding(NoteService service, NoteRepresentation representation) {
    this.service = service;
    this.representation = representation;
  }

  @Override
  public Subject subject() {
    return Subject.NOTE;
  }

  @Override
  public Map<Long, ?> byIds(Set<Long> ids, Caller caller) {
    return service.read(ids, caller).stream().collect(toMap(NoteView::id, representation::of));
  }

  @Override
  public List<Long> idsBehind(long id, int most, Caller caller) {
    return service.idsBehind(id, most, caller);
  }
}
