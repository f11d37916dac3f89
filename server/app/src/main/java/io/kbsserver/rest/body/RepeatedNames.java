package io.kbsserver.rest.body;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import io.kbsserver.refusal.Fault;
import io.kbsserver.refusal.InvalidParameters;
import io.kbsserver.rest.errors.RestException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Notes, while JSON is read, where an object has a name more than once; and ends it where there are
 * more values than a form may have.
 */
final class RepeatedNames extends JsonParserDelegate {

  private final Deque<Set<String>> open = new ArrayDeque<>();
  private final Set<String> found = new LinkedHashSet<>();
  private @Nullable String parameter;
  private int values;

  RepeatedNames(JsonParser parser) {
    super(parser);
  }

  /** The names of the outermost object that came again, or in whose values a name did. */
  Set<String> found() {
    return found;
  }

  @Override
  public JsonToken nextToken() throws IOException {
    JsonToken token = super.nextToken();
    boolean isValue = token != null && (token.isScalarValue() || token.isStructStart());
    // The outermost one is no parameter.
    if (isValue && ++values > FormBody.MOST_PARAMETERS + 1) {
      throw tooMany();
    }
    if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
      open.push(new HashSet<>());
    } else if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
      open.pop();
    } else if (token == JsonToken.FIELD_NAME) {
      if (open.size() == 1) {
        parameter = currentName();
      }
      if (!open.peek().add(currentName()) && parameter != null) {
        found.add(parameter);
      }
    }
    return token;
  }

  private RuntimeException tooMany() {
    if (parameter == null || !getParsingContext().inArray()) {
      return RestException.tooManyParameters(FormBody.MOST_PARAMETERS);
    }
    String message =
        "%s must contain at most %d items.".formatted(parameter, FormBody.MOST_PARAMETERS);
    return new InvalidParameters(parameter, new Fault("rest_too_many_items", message));
  }
}
