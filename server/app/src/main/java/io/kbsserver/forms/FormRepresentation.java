package io.kbsserver.forms;

import static io.kbsserver.api.OperationId.GET_FORM;
import static io.kbsserver.api.OperationId.GET_FORM_FIELD;
import static io.kbsserver.api.OperationId.LIST_FORMS;
import static io.kbsserver.api.OperationId.LIST_FORM_FIELDS;
import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kbsserver.api.model.FieldOfForm;
import io.kbsserver.api.model.FormFieldSettings;
import io.kbsserver.api.model.TicketForm;
import io.kbsserver.api.model.TicketFormField;
import io.kbsserver.api.model.TicketFormFieldLinks;
import io.kbsserver.api.model.TicketFormFieldMeta;
import io.kbsserver.api.model.TicketFormLinks;
import io.kbsserver.api.model.TicketFormMeta;
import io.kbsserver.link.Links;
import io.kbsserver.site.CurrentSite;
import io.kbsserver.site.Setting;
import io.kbsserver.site.WallClock;
import jakarta.inject.Singleton;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Turns forms and their fields into what goes over the wire. */
@Singleton
class FormRepresentation {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Links links;
  private final CurrentSite settings;

  FormRepresentation(Links links, CurrentSite settings) {
    this.links = links;
    this.settings = settings;
  }

  TicketForm of(FormView form) {
    ZoneId zone = settings.current().get(Setting.TIME_ZONE);
    return TicketForm.builder()
        .id(form.id())
        .date(WallClock.wire(form.times().date(), zone))
        .dateGmt(WallClock.wire(form.times().dateGmt(), zone))
        .modified(WallClock.wire(form.times().modified(), zone))
        .modifiedGmt(WallClock.wire(form.times().modifiedGmt(), zone))
        .status(form.status())
        .title(form.title())
        .meta(
            TicketFormMeta.builder()
                ._redirectPage(requireNonNullElse(form.redirectPageId(), 0L))
                ._submissionCount(form.submissions())
                .build())
        .fields(form.fields().stream().map(FormRepresentation::ofForm).toList())
        ._links(
            TicketFormLinks.builder()
                .self(links.to(GET_FORM, form.id()))
                .collection(links.to(LIST_FORMS))
                .build())
        .build();
  }

  TicketFormField of(FormFieldView shown) {
    ZoneId zone = settings.current().get(Setting.TIME_ZONE);
    FormView.Field field = shown.field();
    return TicketFormField.builder()
        .id(field.id())
        .date(WallClock.wire(shown.times().date(), zone))
        .dateGmt(WallClock.wire(shown.times().dateGmt(), zone))
        .modified(WallClock.wire(shown.times().modified(), zone))
        .modifiedGmt(WallClock.wire(shown.times().modifiedGmt(), zone))
        .title(field.title())
        .parent(requireNonNullElse(shown.formId(), 0L))
        .menuOrder(shown.position())
        .meta(
            TicketFormFieldMeta.builder()
                ._defaultField(field.defaultField())
                ._kbsFieldSettings(settings(field))
                .build())
        ._links(
            TicketFormFieldLinks.builder()
                .self(links.to(GET_FORM_FIELD, field.id()))
                .collection(links.to(LIST_FORM_FIELDS))
                .build())
        .build();
  }

  private static FieldOfForm ofForm(FormView.Field field) {
    return FieldOfForm.builder()
        .ID(field.id())
        .title(field.title())
        .settings(settings(field))
        ._default(!field.defaultField().isEmpty())
        .build();
  }

  private static FormFieldSettings settings(FormView.Field field) {
    JsonNode kept = json(field);
    List<String> options = new ArrayList<>();
    kept.path("select_options").forEach(option -> options.add(option.asText()));
    return FormFieldSettings.builder()
        .blank(kept.path("blank").asBoolean())
        .chosen(kept.path("chosen").asBoolean())
        .chosenSearch(kept.path("chosen_search").asText())
        .description(kept.path("description").asText())
        .descriptionPos(kept.path("description_pos").asText())
        .hideLabel(kept.path("hide_label").asBoolean())
        .inputClass(kept.path("input_class").asText())
        .labelClass(kept.path("label_class").asText())
        .mapping(kept.path("mapping").asText())
        .kbSearch(kept.path("kb_search").asBoolean())
        .placeholder(kept.path("placeholder").asText())
        .required(kept.path("required").asBoolean())
        .selected(kept.path("selected").asBoolean())
        .selectMultiple(kept.path("select_multiple").asBoolean())
        .selectOptions(options)
        .showLoggedIn(kept.path("show_logged_in").asBoolean())
        .type(kept.path("type").asText())
        .value(kept.path("value").asText())
        .build();
  }

  private static JsonNode json(FormView.Field field) {
    try {
      return JSON.readTree(field.settings());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The settings of field " + field.id() + " are broken", e);
    }
  }
}
