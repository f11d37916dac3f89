package io.kbsserver.rest.parameters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kbsserver.refusal.InvalidParameters;
import io.kbsserver.refusal.UnknownValues;
import io.kbsserver.rest.body.Parameters;
import io.kbsserver.rest.request.RequestParameters;
import io.kbsserver.text.WrittenId;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.context.ServerRequestContext;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Values of which the contract states no single type. */
class UntypedValuesTest {

  private final UnknownValues strict = new UnknownValues(false);
  private final UnknownValues lenient = new UnknownValues(true);

  /** What is read of a value in a request that is handled so. */
  private static <T> T in(UnknownValues unknown, Function<UntypedValues, T> read) {
    HttpRequest<?> request = HttpRequest.GET("/");
    RequestParameters.read(Parameters.NONE, Parameters.NONE, false, false)
        .checked(Map.of(), unknown)
        .keepIn(request);
    Supplier<T> reading = () -> read.apply(new UntypedValues());
    return ServerRequestContext.with(request, reading);
  }

  private static Optional<WrittenId> written(String text, Long id) {
    return Optional.of(new WrittenId(text, Optional.ofNullable(id)));
  }

  @Test
  void anIdOrATextIsRead() {
    assertEquals(written("7", 7L), in(strict, values -> values.idOrText("a", 7)));
    assertEquals(written("7", 7L), in(strict, values -> values.idOrText("a", "7")));
    assertEquals(
        written("a@b.example", null), in(strict, values -> values.idOrText("a", " a@b.example ")));
    assertEquals(Optional.empty(), in(strict, values -> values.idOrText("a", "0")));
  }

  @Test
  void lenientlyATextThatBeginsWithANumberMeansIt() {
    assertEquals(written("3abc", 3L), in(lenient, values -> values.idOrText("a", "3abc")));
    assertEquals(written("3abc", null), in(strict, values -> values.idOrText("a", "3abc")));
    assertEquals(
        written("3@b.example", null), in(lenient, values -> values.idOrText("a", "3@b.example")));
    assertEquals(written("3abc", null), in(lenient, values -> values.exactIdOrText("a", "3abc")));
  }

  @Test
  void aListIsNoId() {
    InvalidParameters refused =
        assertThrows(
            InvalidParameters.class, () -> in(strict, values -> values.idOrText("a", List.of(1))));
    assertEquals("a is not of type integer or string.", refused.faults().get("a").message());
  }

  @Test
  void trueNamesNothing() {
    assertEquals(Optional.empty(), in(lenient, values -> values.idOrText("a", true)));
    assertEquals(List.of(), in(lenient, values -> values.idsOrTexts("b", true)));
    assertEquals(Set.of("a", "b"), lenient.ignored());
  }

  @Test
  void severalStandBetweenCommas() {
    assertEquals(
        List.of(WrittenId.of("1"), WrittenId.of("a@b.example")),
        in(strict, values -> values.idsOrTexts("a", "1,, a@b.example ,")));
    assertEquals(List.of(WrittenId.of("7")), in(strict, values -> values.idsOrTexts("a", 7)));
    assertThrows(
        InvalidParameters.class, () -> in(strict, values -> values.idsOrTexts("a", List.of(1))));
  }

  @Test
  void idsAreOneOrAListWhateverItsKeys() {
    assertEquals(List.of(7L), in(strict, values -> values.ids("a", "7")));
    assertEquals(List.of(1L, 2L), in(strict, values -> values.ids("a", List.of(1, "2", "", 0))));
    assertEquals(List.of(3L), in(strict, values -> values.ids("a", Map.of("x", 3))));
    assertEquals(List.of(), in(strict, values -> values.ids("a", null)));
    assertEquals(Set.of(), strict.ignored());
  }

  @Test
  void whatIsNoIdNamesNothing() {
    assertEquals(List.of(1L), in(strict, values -> values.ids("a", Arrays.asList("x", 1, "3abc"))));
    assertEquals("a is not of type integer.", strict.faults().get("a").message());
    assertEquals(List.of(3L), in(lenient, values -> values.ids("a", "3abc")));
  }

  @Test
  void aHundredAreTaken() {
    String hundred = "1" + ",1".repeat(99);
    assertEquals(100, in(strict, values -> values.idsOrTexts("a", hundred)).size());
    InvalidParameters refused =
        assertThrows(
            InvalidParameters.class,
            () -> in(strict, values -> values.idsOrTexts("a", hundred + ",1")));
    assertEquals("a must contain at most 100 items.", refused.faults().get("a").message());
    List<Integer> more = Collections.nCopies(101, 1);
    assertThrows(InvalidParameters.class, () -> in(strict, values -> values.ids("a", more)));
  }
}
