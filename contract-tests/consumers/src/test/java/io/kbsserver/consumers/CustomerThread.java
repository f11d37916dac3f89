package io.kbsserver.consumers;

import io.kbsserver.client.ApiException;
import io.kbsserver.client.RepliesApi.APICreateReplyRequest;
import io.kbsserver.client.RepliesApi.APIListRepliesRequest;
import io.kbsserver.client.model.Attachment;
import io.kbsserver.client.model.Order;
import io.kbsserver.client.model.Reply;
import io.kbsserver.client.model.ReplyCreate;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The part of the customer portal that shows what was written about a ticket. */
final class CustomerThread {

  private final Api api;

  CustomerThread(Api api) {
    this.api = api;
  }

  /** A part of the thread. */
  record Entry(String text, String date) {

    static Entry of(Reply reply) {
      return new Entry(reply.getContent().getRendered(), reply.getDate());
    }
  }

  /** From the first to the last. */
  List<Entry> read(long ticket) throws ApiException {
    return api
        .replies()
        .listReplies(
            APIListRepliesRequest.newBuilder().id(ticket).order(Order.ASC).perPage(100).build())
        .stream()
        .map(Entry::of)
        .toList();
  }

  Entry open(long reply) throws ApiException {
    return Entry.of(api.replies().getReply(reply, null, null));
  }

  Entry write(long ticket, String text) throws ApiException {
    return Entry.of(
        api.replies()
            .createReply(
                APICreateReplyRequest.newBuilder()
                    .id(ticket)
                    .reply(new ReplyCreate().replyContent(text))
                    .build()));
  }

  /** Answers with a file; gives the names of the files that came with it. */
  List<String> writeWith(long ticket, String text, FormSender.SentText file)
      throws ApiException, IOException, InterruptedException {
    return api
        .sender()
        .send("/kbs/v1/replies/ticket/" + ticket, Map.of("reply_content", text), file, Reply.class)
        .getFiles()
        .stream()
        .map(Attachment::getFilename)
        .toList();
  }

  /** The names of the files that came with a reply. */
  List<String> files(long reply) throws ApiException {
    return api.replies().getReply(reply, null, null).getFiles().stream()
        .map(Attachment::getFilename)
        .toList();
  }
}
