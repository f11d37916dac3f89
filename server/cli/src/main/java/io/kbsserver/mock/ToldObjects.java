package io.kbsserver.mock;

import static java.util.Comparator.comparingInt;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.kbsserver.contract.Contract;
import io.kbsserver.contract.Operation;
import io.kbsserver.link.EmbeddedObjects;
import io.kbsserver.refusal.NotFound;
import io.kbsserver.rest.address.BaseUrl;
import io.kbsserver.rest.response.LinkedObjects;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpMethod;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What {@code _embed} asks for is answered as if it had been asked for by its address. */
@Singleton
@Replaces(EmbeddedObjects.class)
@Requires(beans = MockMode.class)
class ToldObjects implements LinkedObjects {

  private final List<Operation> reading;
  private final BaseUrl baseUrl;
  private final ToldAnswers answers;

  ToldObjects(Contract contract, BaseUrl baseUrl, ToldAnswers answers) {
    // Of two that an address may be for, the one that leaves less open.
    reading =
        contract.operations().stream()
            .filter(operation -> operation.method() == HttpMethod.GET)
            .sorted(comparingInt(operation -> PathForm.of(operation.path()).names().size()))
            .toList();
    this.baseUrl = baseUrl;
    this.answers = answers;
  }

  @Override
  public Map<String, Object> read(Set<String> hrefs) {
    return hrefs.stream().collect(toMap(identity(), this::object));
  }

  private Object object(String href) {
    String root = baseUrl.ofRoutes();
    String path = href.startsWith(root) ? href.substring(root.length()) : "";
    return reading.stream()
        .flatMap(
            operation ->
                PathForm.of(operation.path()).in(path).stream()
                    .<Object>map(parts -> answers.shown(operation, parts)))
        .findFirst()
        .orElseGet(NotFound::route);
  }
}
