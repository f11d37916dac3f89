package io.kbsserver.forms;

import io.kbsserver.api.FormsApi;
import io.kbsserver.api.model.ListFormFieldsOrderbyParameter;
import io.kbsserver.api.model.ListFormsOrderbyParameter;
import io.kbsserver.api.model.TicketForm;
import io.kbsserver.api.model.TicketFormField;
import io.kbsserver.list.ListRequest;
import io.kbsserver.list.Selection;
import io.kbsserver.list.Sort;
import io.kbsserver.list.Window;
import io.kbsserver.rest.login.CurrentCaller;
import io.kbsserver.rest.parameters.SortOrders;
import io.kbsserver.rest.response.Paging;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import java.util.List;

/** Translates between the generated interface and the rules of forms. */
@Controller("/wp-json")
class FormsController implements FormsApi {

  private final FormService service;
  private final FormRepresentation representation;
  private final CurrentCaller caller;
  private final Paging paging;

  FormsController(
      FormService service, FormRepresentation representation, CurrentCaller caller, Paging paging) {
    this.service = service;
    this.representation = representation;
    this.caller = caller;
    this.paging = paging;
  }

  @Override
  public HttpResponse<List<TicketForm>> listForms(ListFormsParameters parameters) {
    ListRequest request =
        new ListRequest(
            new Window(parameters.page(), parameters.perPage(), parameters.offset()),
            new Selection(parameters.include(), parameters.exclude()),
            new Sort(sortedBy(parameters.orderby()), SortOrders.isDescending(parameters.order())));
    return paging.page(
        service.list(caller.ifKnown(), parameters.search(), request).map(representation::of));
  }

  @Override
  public HttpResponse<TicketForm> getForm(Long id, GetFormParameters parameters) {
    return HttpResponse.ok(representation.of(service.read(id, caller.ifKnown())));
  }

  @Override
  public HttpResponse<List<TicketFormField>> listFormFields(ListFormFieldsParameters parameters) {
    ListRequest request =
        new ListRequest(
            new Window(parameters.page(), parameters.perPage(), parameters.offset()),
            new Selection(parameters.include(), parameters.exclude()),
            new Sort(sortedBy(parameters.orderby()), SortOrders.isDescending(parameters.order())));
    FormFieldFilter filter =
        new FormFieldFilter(
            parameters.search(),
            parameters.parent(),
            parameters.parentExclude(),
            parameters.slug(),
            parameters.status());
    return paging.page(
        service.listFields(caller.ifKnown(), filter, request).map(representation::of));
  }

  @Override
  public HttpResponse<TicketFormField> getFormField(Long id, GetFormFieldParameters parameters) {
    return HttpResponse.ok(representation.of(service.readField(id, caller.ifKnown())));
  }

  private static Sort.Key sortedBy(ListFormsOrderbyParameter orderby) {
    return switch (orderby) {
      case DATE -> FormColumn.DATE;
      case ID -> FormColumn.ID;
      case INCLUDE -> new Sort.Key.Include();
      case MODIFIED -> FormColumn.MODIFIED;
      case TITLE -> FormColumn.TITLE;
    };
  }

  private static Sort.Key sortedBy(ListFormFieldsOrderbyParameter orderby) {
    return switch (orderby) {
      case DATE -> FormFieldColumn.DATE;
      case ID -> FormFieldColumn.ID;
      case INCLUDE -> new Sort.Key.Include();
      case MENU_ORDER -> FormFieldColumn.POSITION;
      case MODIFIED -> FormFieldColumn.MODIFIED;
      case PARENT -> FormFieldColumn.FORM;
      case TITLE -> FormFieldColumn.TITLE;
    };
  }
}
