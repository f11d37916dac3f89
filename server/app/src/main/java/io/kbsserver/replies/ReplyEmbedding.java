package io.kbsserver.replies;

import static java.util.stream.Collectors.toMap;

import io.kbsserver.access.Caller;
import io.kbsserver.change.Subject;
import io.kbsserver.list.Late;
import io.kbsserver.sync.PresentState;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What has become of replies that were changed. */
@Singleton
class ReplyEmbedding implements PresentState {

  private final ReplyService service;
  private final ReplyRepresentation representation;

  ReplyEmbedding(ReplyService service, ReplyRepresentation representation) {
    this.service = service;
    this.representation = representation;
  }

  @Override
  public Subject subject() {
    return Subject.REPLY;
  }

  @Override
  public Map<Long, ?> byIds(Set<Long> ids, Caller caller) {
    Late<List<ReplyView>> found = service.read(ids, caller);
    return found.item().stream()
        .collect(
            toMap(ReplyView::id, reply -> new Late<>(representation.of(reply), found.texts())));
  }

  @Override
  public List<Long> idsBehind(long id, int most, Caller caller) {
    return service.idsBehind(id, most, caller);
  }
}
