package io.kbsserver.replies;

import static io.kbsserver.api.OperationId.LIST_REPLIES;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.kbsserver.access.Caller;
import io.kbsserver.api.OperationId;
import io.kbsserver.link.Embeddable;
import io.kbsserver.list.Late;
import io.kbsserver.refusal.NotAllowed;
import io.kbsserver.refusal.Refusal;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The first page of the replies to a ticket, where links to them are followed. */
@Singleton
class ReplyListEmbedding implements Embeddable {

  /** As many as a list has on a page. */
  private static final int MOST = 10;

  private final ReplyService service;
  private final ReplyRepresentation representation;

  ReplyListEmbedding(ReplyService service, ReplyRepresentation representation) {
    this.service = service;
    this.representation = representation;
  }

  @Override
  public OperationId operation() {
    return LIST_REPLIES;
  }

  @Override
  public Map<Long, ?> byIds(Set<Long> ids, Caller caller) {
    Late<List<ReplyView>> found = service.newestOfEach(ids, caller, MOST);
    Map<Long, Object> lists = new HashMap<>();
    found.item().stream()
        .collect(groupingBy(reply -> reply.ticket().id(), mapping(representation::of, toList())))
        .forEach((ticket, replies) -> lists.put(ticket, new Late<>(replies, found.texts())));
    List<Long> others = ids.stream().filter(id -> !lists.containsKey(id)).toList();
    if (!others.isEmpty()) {
      service.readable(others, caller).forEach(ticket -> lists.put(ticket, List.of()));
    }
    return lists;
  }

  @Override
  public Refusal refusal(long id) {
    return NotAllowed.toSeeReplies();
  }
}
