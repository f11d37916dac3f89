package io.kbsserver.evolution;

import au.com.dius.pact.core.model.ContentType;
import au.com.dius.pact.core.model.generators.Category;
import au.com.dius.pact.core.model.messaging.Message;
import au.com.dius.pact.core.model.messaging.MessageInteraction;
import io.kbsserver.spec.Exchange;
import io.kbsserver.spec.Expectations.Part;
import io.kbsserver.spec.Expectations.Violation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A message that a consumer expects, seen as {@link Messages} sees it: as an answer. */
record MessageInPact(MessageInteraction message) {

  private static final String TYPE = "Content-Type";
  private static final int OK = 200;

  /** The name that a pact gives to the type of the contents, among the names of headers. */
  private static final String PACTS_TYPE = "contentType";

  Exchange exchange() {
    Map<String, List<String>> headers = new HashMap<>();
    message
        .getMetadata()
        .forEach(
            (name, value) ->
                headers.put(name.equals(PACTS_TYPE) ? TYPE : name, List.of(String.valueOf(value))));
    ContentType type = message.getContentType();
    if (type.getContentType() != null) {
      headers.putIfAbsent(TYPE, List.of(type.toString()));
    }
    return new Exchange(
        "POST",
        "/wp-json" + Messages.CHANGE,
        Map.of(),
        null,
        OK,
        headers,
        message.getMessageContents().valueAsString());
  }

  /** Where something of the answer stands in the pact. */
  String pointer(Violation finding) {
    boolean old = message instanceof Message;
    return switch (finding.part()) {
      case BODY -> (old ? "/contents" : "/contents/content") + finding.pointer();
      case HEADER ->
          (old ? "/metaData" : "/metadata") + finding.pointer().replace(TYPE, PACTS_TYPE);
      default -> "";
    };
  }

  /** What pacts call what a provider state gives. */
  Category category(Part part) {
    return part == Part.HEADER ? Category.METADATA : Category.BODY;
  }
}
