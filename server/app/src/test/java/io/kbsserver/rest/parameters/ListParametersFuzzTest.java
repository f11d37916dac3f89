package io.kbsserver.rest.parameters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kbsserver.contract.Contract;
import io.kbsserver.contract.Operation;
import io.kbsserver.contract.Parameter;
import io.kbsserver.refusal.InvalidParameters;
import io.kbsserver.rest.body.FormBody;
import io.kbsserver.rest.body.FormBody.Reading;
import io.kbsserver.rest.body.NestedParameters;
import io.kbsserver.rest.body.Scalars;
import io.kbsserver.site.Site;
import io.kbsserver.site.SiteSettings;
import io.kbsserver.testing.LongInput;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Parameters of all operations: refused by their names, or understood, and then in every form. */
class ListParametersFuzzTest {

  private static final Site SITE = SiteSettings.in(Map.of());
  private static final List<Operation> OPERATIONS = Contract.packaged().operations();

  private final ParameterCheck check = new ParameterCheck(List.of());

  @FuzzTest(maxDuration = "2m")
  void whatIsUnderstoodIsUnderstoodAgain(byte[] query) {
    Reading reading = FormBody.query(new String(query, StandardCharsets.ISO_8859_1));
    Map<String, Object> given = reading.parameters().values();
    for (Operation operation : OPERATIONS) {
      understood(operation, given, false)
          .ifPresent(values -> assertAllFormsMean(values, operation, given));
      understood(operation, given, true);
    }
  }

  @FuzzTest(maxDuration = "2m")
  void longQueriesTakeTheirTime(byte[] seed) {
    LongInput.takesItsTime(seed, this::whatIsUnderstoodIsUnderstoodAgain);
  }

  private void assertAllFormsMean(
      Map<String, Object> values, Operation operation, Map<String, Object> given) {
    Map<String, Object> sent = new LinkedHashMap<>(values);
    sent.keySet().retainAll(given.keySet());
    sent.values().removeIf(value -> value == null || value instanceof List<?> l && l.isEmpty());
    // A list as one text with commas, with indexes, and with brackets alone.
    Map<String, Object> compact =
        sent.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, entry -> NestedParameters.compact(entry.getValue())));
    String indexed = NestedParameters.toQuery(sent);
    for (String form :
        List.of(
            NestedParameters.toQuery(compact),
            indexed,
            indexed.replaceAll("%5B\\d+%5D=", "%5B%5D="))) {
      Reading again = FormBody.query(form);
      Map<String, Object> read =
          understood(operation, again.parameters().values(), false).orElseThrow();
      sent.forEach((name, value) -> assertEquals(value, read.get(name), form));
    }
  }

  private Optional<Map<String, Object>> understood(
      Operation operation, Map<String, Object> given, boolean lenient) {
    try {
      Map<String, Object> values = check.check(operation, given, SITE, lenient, Map.of());
      for (Parameter parameter : operation.parameters()) {
        Integer most = parameter.schema().maxItems();
        if (most != null && values.get(parameter.name()) instanceof List<?> items) {
          assertTrue(items.size() <= most);
        }
      }
      return Optional.of(values);
    } catch (InvalidParameters e) {
      assertTrue(given.keySet().containsAll(e.faults().keySet()), e::toString);
      return Optional.empty();
    }
  }

  @FuzzTest(maxDuration = "2m")
  void listsAreTakenApartAtMostAsFarAsAsked(byte[] text) {
    String value = new String(text, StandardCharsets.UTF_8);
    List<?> all = Scalars.items(value);
    for (int most : List.of(0, 1, 3)) {
      List<?> some = Scalars.items(value, most);
      assertTrue(some.size() <= most + 2);
      assertEquals(all.size() > most, some.size() > most);
      assertEquals(
          all.subList(0, Math.min(all.size(), most)), some.subList(0, Math.min(all.size(), most)));
    }
  }
}
