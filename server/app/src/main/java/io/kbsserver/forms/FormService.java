package io.kbsserver.forms;

import io.kbsserver.access.Caller;
import io.kbsserver.list.ListRequest;
import io.kbsserver.list.Page;
import io.kbsserver.refusal.NotFound;
import io.micronaut.data.connection.annotation.Connectable;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rules of forms: everybody reads what is published, and who runs the help desk the rest. Of a
 * form that somebody may not see, they are told that there is none.
 */
@Singleton
class FormService {

  private final FormList forms;
  private final FormFieldList fields;

  FormService(FormList forms, FormFieldList fields) {
    this.forms = forms;
    this.fields = fields;
  }

  /** A page of the forms whose titles contain these words; null for any. */
  @Connectable
  public Page<FormView> list(
      Optional<Caller> caller, @Nullable String search, ListRequest request) {
    return forms.page(search, isManager(caller), request);
  }

  /** One form. */
  @Connectable
  public FormView read(long id, Optional<Caller> caller) {
    return forms.find(id, isManager(caller)).orElseThrow(NotFound::form);
  }

  /** A page of the fields that are wanted. */
  @Connectable
  public Page<FormFieldView> listFields(
      Optional<Caller> caller, FormFieldFilter filter, ListRequest request) {
    return fields.page(filter, isManager(caller), request);
  }

  /** One field. */
  @Connectable
  public FormFieldView readField(long id, Optional<Caller> caller) {
    return fields.find(id, isManager(caller)).orElseThrow(NotFound::form);
  }

  private static boolean isManager(Optional<Caller> caller) {
    return caller.filter(Caller::isManager).isPresent();
  }
}
