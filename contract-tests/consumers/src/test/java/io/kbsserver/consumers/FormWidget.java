package io.kbsserver.consumers;

import io.kbsserver.client.ApiException;
import io.kbsserver.client.ApiResponse;
import io.kbsserver.client.FormsApi.APIDescribeFormFieldRequest;
import io.kbsserver.client.FormsApi.APIDescribeFormRequest;
import io.kbsserver.client.FormsApi.APIGetFormFieldRequest;
import io.kbsserver.client.FormsApi.APIGetFormRequest;
import io.kbsserver.client.FormsApi.APIListFormFieldsRequest;
import io.kbsserver.client.FormsApi.APIListFormsRequest;
import io.kbsserver.client.model.FieldOfForm;
import io.kbsserver.client.model.ListFormFieldsOrderby;
import io.kbsserver.client.model.Order;
import io.kbsserver.client.model.TicketForm;
import io.kbsserver.client.model.TicketFormField;
import java.util.List;
import java.util.Set;

/** A form on a website, which draws what the help desk asks for. */
final class FormWidget {

  private final Api api;

  FormWidget(Api api) {
    this.api = api;
  }

  /** What is to be filled in. */
  record Input(long id, String label, String kind, boolean required) {}

  /** A form as it is drawn. */
  record Drawn(long id, String title, List<Input> inputs) {}

  Drawn form(long id) throws ApiException {
    return drawn(api.forms().getForm(APIGetFormRequest.newBuilder().id(id).build()));
  }

  List<Drawn> forms() throws ApiException {
    return api.forms().listForms(APIListFormsRequest.newBuilder().build()).stream()
        .map(FormWidget::drawn)
        .toList();
  }

  /** The inputs of a form, from its first to its last. */
  List<Input> inputs(long form) throws ApiException {
    ApiResponse<List<TicketFormField>> answer =
        api.forms()
            .listFormFieldsWithHttpInfo(
                APIListFormFieldsRequest.newBuilder()
                    .parent(List.of(form))
                    .orderby(ListFormFieldsOrderby.MENU_ORDER)
                    .order(Order.ASC)
                    .perPage(100)
                    .build());
    return answer.getData().stream().map(FormWidget::input).toList();
  }

  Input input(long id) throws ApiException {
    return input(api.forms().getFormField(APIGetFormFieldRequest.newBuilder().id(id).build()));
  }

  Set<String> withForms() throws ApiException {
    return Set.copyOf(api.forms().describeForms().getMethods());
  }

  Set<String> withForm(long id) throws ApiException {
    return Set.copyOf(
        api.forms().describeForm(APIDescribeFormRequest.newBuilder().id(id).build()).getMethods());
  }

  Set<String> withFields() throws ApiException {
    return Set.copyOf(api.forms().describeFormFields().getMethods());
  }

  Set<String> withField(long id) throws ApiException {
    return Set.copyOf(
        api.forms()
            .describeFormField(APIDescribeFormFieldRequest.newBuilder().id(id).build())
            .getMethods());
  }

  private static Drawn drawn(TicketForm form) {
    return new Drawn(
        form.getId(), form.getTitle(), form.getFields().stream().map(FormWidget::input).toList());
  }

  private static Input input(FieldOfForm field) {
    return new Input(
        field.getID(),
        field.getTitle(),
        field.getSettings().getType(),
        field.getSettings().getRequired());
  }

  private static Input input(TicketFormField field) {
    return new Input(
        field.getId(),
        field.getTitle(),
        field.getMeta().getKbsFieldSettings().getType(),
        field.getMeta().getKbsFieldSettings().getRequired());
  }
}
