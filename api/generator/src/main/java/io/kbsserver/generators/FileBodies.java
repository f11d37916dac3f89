package io.kbsserver.generators;

import static io.kbsserver.generators.Document.map;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.parameters.RequestBody;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.openapitools.codegen.utils.ModelUtils;

/**
 * Bodies that are a file. Where the contract takes it as a part of a form as well, generated code
 * knows it as it is: of both, generators make code that does not compile.
 */
public final class FileBodies {

  private static final String AS_IT_IS = "application/octet-stream";

  private FileBodies() {}

  /** Leaves each of them in one format. */
  public static void leaveAsTheyAre(OpenAPI contract) {
    for (RequestBody body : contract.getComponents().getRequestBodies().values()) {
      Content formats = body.getContent();
      if (formats.containsKey(AS_IT_IS)) {
        formats.entrySet().stream()
            .filter(format -> !format.getKey().equals(AS_IT_IS))
            .map(format -> ModelUtils.getSimpleRef(format.getValue().getSchema().get$ref()))
            .forEach(contract.getComponents().getSchemas()::remove);
        formats.keySet().retainAll(Set.of(AS_IT_IS));
      }
    }
  }

  /** The same in a document. */
  static void leaveAsTheyAre(Document document) {
    Map<String, Object> components = map(document.root().get("components"));
    if (!(components.get("requestBodies") instanceof Map<?, ?> bodies)) {
      return;
    }
    Set<String> forms = new HashSet<>();
    for (Object body : bodies.values()) {
      Map<String, Object> formats = map(map(body).get("content"));
      if (formats.containsKey(AS_IT_IS)) {
        Map<String, Object> others = new HashMap<>(formats);
        others.remove(AS_IT_IS);
        others.values().forEach(form -> forms.add(name(map(map(form).get("schema")))));
        formats.keySet().retainAll(Set.of(AS_IT_IS));
      }
    }
    map(components.get("schemas")).keySet().removeAll(forms);
  }

  private static String name(Map<String, Object> reference) {
    String path = String.valueOf(reference.get("$ref"));
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
