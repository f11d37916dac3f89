package io.kbsserver.notes;

import io.kbsserver.api.NotesApi;
import io.kbsserver.api.model.TicketNote;
import io.kbsserver.api.model.TicketNoteCreate;
import io.kbsserver.list.ListRequest;
import io.kbsserver.list.Selection;
import io.kbsserver.list.Sort;
import io.kbsserver.list.Window;
import io.kbsserver.rest.idempotency.Idempotent;
import io.kbsserver.rest.login.CurrentCaller;
import io.kbsserver.rest.notice.ChangedParameters;
import io.kbsserver.rest.parameters.SortOrders;
import io.kbsserver.rest.response.Paging;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import java.util.List;

/** Translates between the generated interface and the rules of notes. */
@Controller("/wp-json")
class NotesController implements NotesApi {

  private final NoteService service;
  private final NoteWriter writer;
  private final NoteRepresentation representation;
  private final CurrentCaller caller;
  private final Paging paging;

  NotesController(
      NoteService service,
      NoteWriter writer,
      NoteRepresentation representation,
      CurrentCaller caller,
      Paging paging) {
    this.service = service;
    this.writer = writer;
    this.representation = representation;
    this.caller = caller;
    this.paging = paging;
  }

  @Override
  public HttpResponse<List<TicketNote>> listTicketNotes(
      Long id, ListTicketNotesParameters parameters) {
    ListRequest request =
        new ListRequest(
            new Window(parameters.page(), parameters.perPage(), null),
            new Selection(List.of(), List.of()),
            new Sort(NoteColumn.DATE, SortOrders.isDescending(parameters.order())));
    return paging.page(service.list(id, request, caller.get()).map(representation::of));
  }

  @Override
  @Idempotent
  @Consumes(MediaType.ALL)
  public HttpResponse<TicketNote> createTicketNote(
      Long id, CreateTicketNoteParameters parameters, TicketNoteCreate body) {
    CreatedNote created = writer.create(id, body.noteContent(), caller.get());
    return ChangedParameters.named(
        created.changed(),
        HttpResponse.created(representation.of(created.note()))
            .header(HttpHeaders.LOCATION, representation.href(created.note())));
  }

  @Override
  public HttpResponse<TicketNote> getTicketNote(
      Long id, Long noteId, GetTicketNoteParameters parameters) {
    return HttpResponse.ok(representation.of(service.read(noteId, id, caller.get())));
  }
}
