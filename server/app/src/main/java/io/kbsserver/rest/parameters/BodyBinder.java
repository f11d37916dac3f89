package io.kbsserver.rest.parameters;

import io.kbsserver.contract.BodySchema;
import io.kbsserver.contract.Contract;
import io.kbsserver.contract.Schema;
import io.kbsserver.refusal.Fault;
import io.kbsserver.refusal.InvalidParameters;
import io.kbsserver.refusal.UnknownValues;
import io.kbsserver.rest.body.Scalars;
import io.kbsserver.rest.request.RequestParameters;
import io.kbsserver.text.WrittenId;
import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.bind.binders.AnnotatedRequestArgumentBinder;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the generated body model of a request's parameters, whatever format they came in.
 *
 * <p>Empty values are left out; null is refused where the contract does not have it. Texts and
 * numbers stand for each other; a list where a text belongs is refused; something else where an id
 * belongs names nothing.
 */
@Singleton
class BodyBinder implements AnnotatedRequestArgumentBinder<Body, Object> {

  private final Contract contract;
  private final JsonMapper json;
  private final ParameterCheck check;

  BodyBinder(Contract contract, JsonMapper json, ParameterCheck check) {
    this.contract = contract;
    this.json = json;
    this.check = check;
  }

  @Override
  public Class<Body> getAnnotationType() {
    return Body.class;
  }

  @Override
  public BindingResult<Object> bind(
      ArgumentConversionContext<Object> context, HttpRequest<?> request) {
    RequestParameters rest = RequestParameters.of(request);
    BodySchema schema = contract.body(context.getArgument().getType().getSimpleName());
    Map<String, Object> values =
        values(schema, rest.parameters(request.getMethod()), rest.unknown());
    try {
      Object model = json.readValue(json.writeValueAsBytes(values), context.getArgument());
      return () -> Optional.of(model);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, Object> values(
      BodySchema schema, Map<String, Object> given, UnknownValues unknown) {
    Map<String, Object> values = new LinkedHashMap<>();
    Map<String, Fault> faults = new LinkedHashMap<>();
    schema
        .properties()
        .forEach(
            (name, property) -> {
              Object value = given.get(name);
              if (value == null) {
                if (given.containsKey(name) && !schema.takesNull(name)) {
                  faults.put(name, ParameterCheck.otherThan(property, name));
                }
                return;
              }
              boolean empty = Scalars.isEmpty(value);
              if (empty && !property.emptyCounts()) {
                return;
              }
              boolean bounded = property.minimum() != null || property.maximum() != null;
              if (property.values() != null
                  || property.type() == Schema.Type.ARRAY
                  || (bounded && !empty)) {
                check.checkBody(name, value, property, unknown.lenient(), values, faults);
                return;
              }
              switch (property.type()) {
                case BOOLEAN ->
                    check.checkBody(name, value, property, unknown.lenient(), values, faults);
                case STRING ->
                    text(name, value, property, faults).ifPresent(text -> values.put(name, text));
                case INTEGER ->
                    (empty ? Optional.of(0L) : WrittenId.ofSomething(value, unknown.lenient()))
                        .ifPresentOrElse(
                            id -> values.put(name, id),
                            () -> unknown.add(name, name + " is not of type integer."));
                default -> values.put(name, value);
              }
            });
    if (!faults.isEmpty()) {
      throw new InvalidParameters(faults);
    }
    return values;
  }

  private static Optional<String> text(
      String name, Object value, Schema schema, Map<String, Fault> faults) {
    if (Scalars.isCompound(value)) {
      faults.put(name, ParameterCheck.otherThan(schema, name));
      return Optional.empty();
    }
    String text = Scalars.text(value);
    if (schema.isTooLong(text)) {
      faults.put(
          name,
          new Fault(
              "rest_too_long",
              "%s must be at most %d characters long.".formatted(name, schema.maxLength())));
    }
    return Optional.of(text);
  }
}
