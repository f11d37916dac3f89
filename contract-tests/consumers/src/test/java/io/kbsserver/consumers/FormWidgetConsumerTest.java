package io.kbsserver.consumers;

import static io.kbsserver.consumers.RefusedRequest.AS_SCRIPT;
import static io.kbsserver.consumers.RefusedRequest.DAMAGED;
import static io.kbsserver.consumers.RefusedRequest.SWITCHED_OFF;
import static io.kbsserver.consumers.RefusedRequest.TOO_OFTEN;
import static io.kbsserver.consumers.RefusedRequest.UNAVAILABLE;
import static io.kbsserver.consumers.RefusedRequest.WITH_NONCE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import au.com.dius.pact.consumer.dsl.DslPart;
import au.com.dius.pact.consumer.dsl.LambdaDsl;
import au.com.dius.pact.consumer.dsl.LambdaDslObject;
import io.kbsserver.client.ApiException;
import io.kbsserver.client.FormsApi.APIListFormFieldsRequest;
import io.kbsserver.consumers.FormWidget.Drawn;
import io.kbsserver.consumers.FormWidget.Input;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A website draws a form for whoever visits it, without a login. */
class FormWidgetConsumerTest extends ConsumerTest {

  private static final String FORMS = "/kbs/v1/forms";
  private static final String FORM = FORMS + "/${formId}";
  private static final String FIELDS = FORMS + "/fields";
  private static final String FIELD = FIELDS + "/${fieldId}";
  private static final String ROLE = "support_manager";
  private static final Input INPUT = new Input(6, "Your name", "text", true);
  private static final Drawn DRAWN = new Drawn(5, "Contact us", List.of(INPUT));

  FormWidgetConsumerTest() {
    super("form-widget");
  }

  @Test
  void formsAreOfferedWithoutALogin() {
    conversation("all forms")
        .given("a form exists", "title", "Contact us", "field", "Your name")
        .asks("GET", FORMS)
        .isAnswered(200, list(FormWidgetConsumerTest::form))
        .with("X-WP-Total", "1", "1")
        .with("X-WP-TotalPages", "1", "1")
        .when(api -> assertEquals(List.of(DRAWN), new FormWidget(api).forms()));
  }

  @Test
  void aFormIsDrawnWithoutALogin() {
    conversation("a form")
        .given("a form exists", "title", "Contact us", "field", "Your name")
        .asks("GET", FORM)
        .isAnswered(200, FormWidgetConsumerTest::form)
        .when(api -> assertEquals(DRAWN, new FormWidget(api).form(5)));
  }

  @Test
  void theInputsOfAFormComeInTheirOrder() {
    conversation("the fields of a form")
        .given("a form exists", "title", "Contact us", "field", "Your name")
        .asks("GET", FIELDS)
        .query("parent=${formId}&orderby=menu_order&order=asc&per_page=100")
        .isAnswered(200, list(FormWidgetConsumerTest::field))
        .with("X-WP-Total", "1", "1")
        .with("X-WP-TotalPages", "1", "1")
        .when(api -> assertEquals(List.of(INPUT), new FormWidget(api).inputs(5)));
  }

  @Test
  void anInputIsRead() {
    conversation("a field of a form")
        .given("a form exists", "title", "Contact us", "field", "Your name")
        .asks("GET", FIELD)
        .isAnswered(200, FormWidgetConsumerTest::field)
        .when(api -> assertEquals(INPUT, new FormWidget(api).input(6)));
  }

  @Test
  void whatIsGoneIsNotFound() {
    conversation("a form that is gone")
        .asks("GET", FORMS + "/999999")
        .isRefused(404, "rest_post_invalid_id")
        .when(api -> assertEquals(404, refusal(() -> new FormWidget(api).form(999_999)).status()));
    conversation("a field that is gone")
        .asks("GET", FIELDS + "/999999")
        .isRefused(404, "rest_post_invalid_id")
        .when(api -> assertEquals(404, refusal(() -> new FormWidget(api).input(999_999)).status()));
  }

  @TestFactory
  Stream<DynamicTest> whatCanBeDoneIsLookedUp() {
    return Stream.of(
            described("forms", FORMS, api -> new FormWidget(api).withForms()),
            described("a form", FORMS + "/5", api -> new FormWidget(api).withForm(5)),
            described("fields", FIELDS, api -> new FormWidget(api).withFields()),
            described("a field", FIELDS + "/6", api -> new FormWidget(api).withField(6)))
        .flatMap(tests -> tests);
  }

  @TestFactory
  Stream<DynamicTest> refusals() {
    return Stream.of(
            read("forms", FORMS, api -> new FormWidget(api).forms()),
            read("one form", FORMS + "/5", api -> new FormWidget(api).form(5)),
            read("one field", FIELDS + "/6", api -> new FormWidget(api).input(6)),
            read("fields", FIELDS, FormWidgetConsumerTest::fields))
        .flatMap(
            call ->
                refused(
                    call, AS_SCRIPT, TOO_OFTEN, WITH_NONCE, SWITCHED_OFF, DAMAGED, UNAVAILABLE));
  }

  private static void fields(Api api) throws ApiException {
    api.forms().listFormFields(APIListFormFieldsRequest.newBuilder().build());
  }

  private static Call read(String what, String route, Conversation.Part part) {
    return new Call(what, ROLE, false, "GET", route, null, null, part);
  }

  private static DslPart list(Consumer<LambdaDslObject> item) {
    return LambdaDsl.newJsonArray(items -> items.object(item)).build();
  }

  private static void form(LambdaDslObject form) {
    form.valueFromProviderState("id", "${formId}", 5);
    form.stringValue("title", "Contact us");
    form.array(
        "fields",
        fields ->
            fields.object(
                field -> {
                  field.valueFromProviderState("ID", "${fieldId}", 6);
                  field.stringValue("title", "Your name");
                  field.object("settings", FormWidgetConsumerTest::settings);
                }));
  }

  private static void field(LambdaDslObject field) {
    field.valueFromProviderState("id", "${fieldId}", 6);
    field.stringValue("title", "Your name");
    field.object(
        "meta", meta -> meta.object("_kbs_field_settings", FormWidgetConsumerTest::settings));
  }

  private static void settings(LambdaDslObject settings) {
    settings.stringValue("type", "text");
    settings.booleanValue("required", true);
  }
}
