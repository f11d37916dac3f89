package io.kbsserver.consumers;

import io.kbsserver.client.ApiException;
import io.kbsserver.client.ApiResponse;
import io.kbsserver.client.NotesApi.APICreateTicketNoteRequest;
import io.kbsserver.client.NotesApi.APIDescribeTicketNoteRequest;
import io.kbsserver.client.NotesApi.APIDescribeTicketNotesRequest;
import io.kbsserver.client.NotesApi.APIGetTicketNoteRequest;
import io.kbsserver.client.NotesApi.APIListTicketNotesRequest;
import io.kbsserver.client.model.TicketNote;
import io.kbsserver.client.model.TicketNoteCreate;
import java.util.List;
import java.util.Set;

/**
 * The margin of the agents' dashboard, where they note on a ticket what is not for its customer.
 */
final class NoteTaker {

  private final Api api;
  private final long ticket;

  /** On a ticket. */
  NoteTaker(Api api, long ticket) {
    this.api = api;
    this.ticket = ticket;
  }

  /** A line of the margin. */
  record Remark(long id, String text, String author, String date) {}

  /** Some of them, and how many there are. */
  record Margin(List<Remark> remarks, int total) {}

  /** So many of them; null for as many as a page has. */
  Margin newest(Integer most) throws ApiException {
    ApiResponse<List<TicketNote>> answer =
        api.notes()
            .listTicketNotesWithHttpInfo(
                APIListTicketNotesRequest.newBuilder().id(ticket).perPage(most).build());
    return new Margin(
        answer.getData().stream().map(NoteTaker::remark).toList(),
        Integer.parseInt(answer.getHeaders().get("x-wp-total").get(0)));
  }

  Remark read(long note) throws ApiException {
    return remark(
        api.notes()
            .getTicketNote(APIGetTicketNoteRequest.newBuilder().id(ticket).noteId(note).build()));
  }

  Remark write(String text) throws ApiException {
    return write(new TicketNoteCreate().noteContent(text));
  }

  Remark write(TicketNoteCreate wanted) throws ApiException {
    return remark(
        api.notes()
            .createTicketNote(
                APICreateTicketNoteRequest.newBuilder()
                    .id(ticket)
                    .ticketNoteCreate(wanted)
                    .build()));
  }

  Set<String> withAll() throws ApiException {
    return Set.copyOf(
        api.notes()
            .describeTicketNotes(APIDescribeTicketNotesRequest.newBuilder().id(ticket).build())
            .getMethods());
  }

  Set<String> withOne(long note) throws ApiException {
    return Set.copyOf(
        api.notes()
            .describeTicketNote(
                APIDescribeTicketNoteRequest.newBuilder().id(ticket).noteId(note).build())
            .getMethods());
  }

  private static Remark remark(TicketNote note) {
    return new Remark(
        note.getId(), note.getContent().getRendered(), note.getAuthorName(), note.getDate());
  }
}
