package io.kbsserver.consumers;

import io.kbsserver.client.ApiException;
import io.kbsserver.client.RepliesApi.APICreateReplyRequest;
import io.kbsserver.client.RepliesApi.APIListRepliesRequest;
import io.kbsserver.client.model.Attachment;
import io.kbsserver.client.model.Reply;
import io.kbsserver.client.model.ReplyCreate;
import io.kbsserver.client.model.Ticket;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The part of the agents' dashboard in which tickets are answered. */
final class ReplyDesk {

  private final Api api;

  ReplyDesk(Api api) {
    this.api = api;
  }

  /** What was written, and how the ticket is now. */
  record Written(long id, String text, long ticket, String status) {

    static Written of(Reply reply) {
      return new Written(
          reply.getId(),
          reply.getContent().getRendered(),
          reply.getTicketData().getID(),
          reply.getTicketData().getStatus());
    }
  }

  Written reply(long ticket, String text) throws ApiException {
    return write(ticket, new ReplyCreate().replyContent(text));
  }

  Written replyAndClose(long ticket, String text) throws ApiException {
    return write(ticket, new ReplyCreate().replyContent(text).closeTicket(true));
  }

  /** While the customer is asked for something, the ticket waits. */
  Written ask(long ticket, String text) throws ApiException {
    return write(ticket, new ReplyCreate().replyContent(text).ticketStatus("hold"));
  }

  Written replyFor(long ticket, String text, String author) throws ApiException {
    return write(ticket, new ReplyCreate().replyContent(text).replyAuthor(author));
  }

  Written write(long ticket, ReplyCreate reply) throws ApiException {
    return Written.of(
        api.replies()
            .createReply(APICreateReplyRequest.newBuilder().id(ticket).reply(reply).build()));
  }

  /** The names of the files that the new reply has. */
  List<String> replyWith(long ticket, String text, FormSender.SentText file)
      throws ApiException, IOException, InterruptedException {
    Reply reply =
        api.sender()
            .send(
                "/kbs/v1/replies/ticket/" + ticket,
                Map.of("reply_content", text),
                file,
                Reply.class);
    return reply.getFiles().stream().map(Attachment::getFilename).toList();
  }

  /** Opens a ticket for somebody, with a file; gives where the file is. */
  List<String> openWith(Map<String, String> ticket, FormSender.SentText file)
      throws ApiException, IOException, InterruptedException {
    return api
        .sender()
        .send("/kbs/v1/tickets", ticket, file, Ticket.class)
        .getTicketData()
        .getFiles()
        .stream()
        .map(Attachment::getUrl)
        .toList();
  }

  /** What was written last about a ticket. */
  List<Written> latest(long ticket, int most) throws ApiException {
    return list(APIListRepliesRequest.newBuilder().id(ticket).perPage(most).build());
  }

  /** The first page of what was written. */
  List<Written> all(long ticket) throws ApiException {
    return list(APIListRepliesRequest.newBuilder().id(ticket).build());
  }

  private List<Written> list(APIListRepliesRequest wanted) throws ApiException {
    return api.replies().listReplies(wanted).stream().map(Written::of).toList();
  }

  Written read(long reply) throws ApiException {
    return Written.of(api.replies().getReply(reply, null, null));
  }

  Set<String> withReplies(long ticket) throws ApiException {
    return Set.copyOf(api.replies().describeReplies(ticket).getMethods());
  }

  Set<String> withReply(long reply) throws ApiException {
    return Set.copyOf(api.replies().describeReply(reply).getMethods());
  }
}
