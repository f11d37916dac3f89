package io.kbsserver.replies;

import io.kbsserver.api.OperationId;
import io.kbsserver.api.RepliesApi;
import io.kbsserver.api.model.ListRepliesOrderbyParameter;
import io.kbsserver.api.model.Reply;
import io.kbsserver.api.model.ReplyCreate;
import io.kbsserver.files.SentFiles;
import io.kbsserver.link.Links;
import io.kbsserver.list.ListRequest;
import io.kbsserver.list.Selection;
import io.kbsserver.list.Sort;
import io.kbsserver.list.Window;
import io.kbsserver.rest.idempotency.Idempotent;
import io.kbsserver.rest.login.CurrentCaller;
import io.kbsserver.rest.notice.ChangedParameters;
import io.kbsserver.rest.parameters.Contexts;
import io.kbsserver.rest.parameters.SortOrders;
import io.kbsserver.rest.parameters.UntypedValues;
import io.kbsserver.rest.response.Paging;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import java.util.List;

/** Translates between the generated interface and the rules of replies. */
@Controller("/wp-json")
class RepliesController implements RepliesApi {

  private final ReplyService service;
  private final ReplyWriter writer;
  private final ReplyRepresentation representation;
  private final SentFiles files;
  private final CurrentCaller caller;
  private final UntypedValues values;
  private final Paging paging;
  private final Links links;

  RepliesController(
      ReplyService service,
      ReplyWriter writer,
      ReplyRepresentation representation,
      SentFiles files,
      CurrentCaller caller,
      UntypedValues values,
      Paging paging,
      Links links) {
    this.service = service;
    this.writer = writer;
    this.representation = representation;
    this.files = files;
    this.caller = caller;
    this.values = values;
    this.paging = paging;
    this.links = links;
  }

  @Override
  public HttpResponse<List<Reply>> listReplies(Long id, ListRepliesParameters parameters) {
    ListRequest request =
        new ListRequest(
            new Window(parameters.page(), parameters.perPage(), parameters.offset()),
            new Selection(parameters.include(), parameters.exclude()),
            new Sort(sortedBy(parameters.orderby()), SortOrders.isDescending(parameters.order())));
    return paging.page(
        service
            .list(
                id,
                parameters.search(),
                request,
                caller.get(),
                Contexts.isEdit(parameters.context()))
            .map(representation::of));
  }

  @Override
  @Idempotent
  @Consumes(MediaType.ALL)
  public HttpResponse<Reply> createReply(
      Long id, CreateReplyParameters parameters, ReplyCreate body) {
    ReplyDraft draft =
        new ReplyDraft(
            body.replyContent(),
            UntypedValues.truth("close_ticket", body.closeTicket()),
            body.ticketStatus(),
            values.idOrText("agent", body.agent()).orElse(null),
            values.idOrText("reply_author", body.replyAuthor()).orElse(null));
    CreatedReply created =
        files.take(
            values.unknown(),
            sent -> writer.create(id, draft, sent, caller.get(), values.unknown()));
    return ChangedParameters.named(
        created.changed(),
        HttpResponse.ok(representation.of(created.reply()))
            .header(HttpHeaders.LOCATION, links.href(OperationId.GET_REPLY, created.reply().id())));
  }

  @Override
  public HttpResponse<Reply> getReply(Long id, GetReplyParameters parameters) {
    return HttpResponse.ok(
        representation.of(service.read(id, caller.get(), Contexts.isEdit(parameters.context()))));
  }

  private static Sort.Key sortedBy(ListRepliesOrderbyParameter orderby) {
    return switch (orderby) {
      case ID -> ReplyColumn.ID;
      case DATE -> ReplyColumn.DATE;
      case MODIFIED -> ReplyColumn.MODIFIED;
      case AGENT -> ReplyColumn.AGENT;
      case CUSTOMER -> ReplyColumn.CUSTOMER;
      case INCLUDE -> new Sort.Key.Include();
    };
  }
}
