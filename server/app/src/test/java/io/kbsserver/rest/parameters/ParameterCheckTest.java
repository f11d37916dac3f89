package io.kbsserver.rest.parameters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kbsserver.contract.BodySchema;
import io.kbsserver.contract.Callers;
import io.kbsserver.contract.Operation;
import io.kbsserver.contract.Parameter;
import io.kbsserver.contract.Schema;
import io.kbsserver.contract.Schema.Type;
import io.kbsserver.refusal.Fault;
import io.kbsserver.refusal.InvalidParameters;
import io.kbsserver.site.NamedValues;
import io.kbsserver.site.Setting;
import io.kbsserver.site.Site;
import io.kbsserver.site.SiteSettings;
import io.micronaut.http.HttpMethod;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parameters are checked against the contract, with the words of WordPress. */
class ParameterCheckTest {

  private static final Site SITE = SiteSettings.in(Map.of());
  private static final Schema ID = integer(null, null, true);

  private final ParameterCheck check = new ParameterCheck(List.of(colours()));

  private static NamedValues colours() {
    return new NamedValues() {
      @Override
      public String format() {
        return "colour";
      }

      @Override
      public List<String> values() {
        return List.of("red", "green");
      }
    };
  }

  private static Schema integer(Long minimum, Long maximum, boolean id) {
    return new Schema(
        Type.INTEGER, null, null, minimum, maximum, null, null, null, null, id, false, false, null);
  }

  private static Schema string(List<String> values, Integer maxLength, String format) {
    return new Schema(
        Type.STRING,
        null,
        values,
        null,
        null,
        maxLength,
        null,
        format,
        null,
        false,
        false,
        false,
        null);
  }

  private static Schema list(Schema items, Integer maxItems) {
    return new Schema(
        Type.ARRAY, items, null, null, null, null, maxItems, null, null, false, false, false, null);
  }

  private static Parameter parameter(String name, Schema schema) {
    return new Parameter(name, schema, "default", null, null);
  }

  private static Operation operation(Parameter... parameters) {
    return new Operation(
        "test",
        HttpMethod.GET,
        "/test",
        Callers.ANYONE,
        Set.of(),
        Map.of(),
        List.of(parameters),
        new BodySchema(Map.of(), List.of()),
        false,
        false,
        null,
        null,
        Map.of(),
        List.of(),
        null);
  }

  private Object checked(Schema schema, Object value, boolean lenient) {
    return check
        .check(operation(parameter("a", schema)), Map.of("a", value), SITE, lenient, Map.of())
        .get("a");
  }

  private Object checked(Schema schema, Object value) {
    return checked(schema, value, false);
  }

  private Fault refused(Schema schema, Object value) {
    InvalidParameters refused = assertThrows(InvalidParameters.class, () -> checked(schema, value));
    return refused.faults().get("a");
  }

  @Test
  void whatIsNotGivenHasItsDefault() {
    Map<String, Object> values =
        check.check(operation(parameter("a", ID)), Map.of(), SITE, false, Map.of());
    assertEquals(Map.of("a", "default"), values);
  }

  @Test
  void whatTheSiteHasSwitchedOffDoesNotExist() {
    String name = Setting.ENABLE_DEPARTMENTS.name();
    Operation operation = operation(new Parameter("a", ID, 1L, name, null));
    Site off = SiteSettings.in(Map.of(name, ""));
    assertEquals(Map.of("a", 1L), check.check(operation, Map.of(), SITE, false, Map.of()));
    assertEquals(Map.of(), check.check(operation, Map.of(), off, false, Map.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 5, 1, ",
    "1, 5, 5, ",
    "1, 5, 0, a must be between 1 (inclusive) and 5 (inclusive)",
    "1, 5, 6, a must be between 1 (inclusive) and 5 (inclusive)",
    "1, , 1, ",
    "1, , 0, a must be greater than or equal to 1",
    ", 5, 5, ",
    ", 5, 6, a must be less than or equal to 5",
    ", , -9, "
  })
  void aNumberHasBounds(Long minimum, Long maximum, String value, String message) {
    Schema schema = integer(minimum, maximum, false);
    if (message == null) {
      assertEquals(Long.valueOf(value), checked(schema, value));
    } else {
      assertEquals(new Fault("rest_out_of_bounds", message), refused(schema, value));
    }
  }

  @Test
  void aNumberIsOne() {
    assertEquals(
        new Fault("rest_invalid_type", "a is not of type integer."),
        refused(integer(null, null, false), "x"));
  }

  @Test
  void anIdIsMoreThanANumberUnlessValuesAreHandledLeniently() {
    assertEquals(7L, checked(ID, "7"));
    assertEquals(new Fault("rest_invalid_type", "a is no id."), refused(ID, "-7"));
    assertEquals(-7L, checked(ID, "-7", true));
  }

  @Test
  void aTextIsAmongThoseThatAreAllowed() {
    Schema schema = string(List.of("x", "y", "z"), null, null);
    assertEquals("x", checked(schema, "x"));
    assertEquals(
        new Fault("rest_not_in_enum", "a is not one of x, y, and z."), refused(schema, "q"));
    assertEquals("a is not one of x.", refused(string(List.of("x"), null, null), "q").message());
    assertEquals("a is not one of .", refused(string(List.of(), null, null), "q").message());
  }

  @Test
  void whatTheSiteHasRegisteredTakesThePlaceOfWhatTheContractNames() {
    Schema schema = string(List.of("blue"), null, "colour");
    assertEquals("red", checked(schema, "red"));
    assertEquals("a is not one of red and green.", refused(schema, "blue").message());
  }

  @Test
  void aTextHasALength() {
    Schema schema = string(null, 2, null);
    assertEquals("ab", checked(schema, "ab"));
    assertEquals(
        new Fault("rest_too_long", "a must be at most 2 characters long."), refused(schema, "abc"));
  }

  @Test
  void aTextIsNeitherAListNorAnObject() {
    Fault fault = new Fault("rest_invalid_type", "a is not of type string.");
    assertEquals(fault, refused(string(null, null, null), List.of()));
    assertEquals("1", checked(string(null, null, null), true));
  }

  @Test
  void aMomentIsOne() {
    Schema schema = string(null, null, "wordpress-date-time");
    assertEquals("2026-01-02T03:04:05", checked(schema, "2026-01-02T03:04:05"));
    assertEquals(new Fault("rest_invalid_date", "Invalid date."), refused(schema, "yesterday"));
  }

  @Test
  void ofAKeyIsLeftWhatBelongsIntoOne() {
    assertEquals("a_b-1", checked(string(null, null, "wordpress-key"), "A_b-1.ä "));
  }

  @Test
  void aListTakesEachItemOnce() {
    Schema schema = list(ID, 3);
    assertEquals(List.of(1L, 2L), checked(schema, "1, 2,1"));
    assertEquals(List.of(1L, 2L), checked(schema, List.of("1", 2)));
    assertEquals("a[1] is no id.", refused(schema, List.of(1, "x")).message());
    assertEquals("a[2] is no id.", refused(schema, "1,1,x").message());
    assertEquals(
        new Fault("rest_too_many_items", "a must contain at most 3 items."),
        refused(schema, "1,2,3,4"));
    assertEquals("a is not of type array.", refused(schema, Map.of("x", 1)).message());
    assertEquals(List.of("x"), checked(list(string(null, null, null), null), "x"));
  }

  @Test
  void whatHasNoTypeStaysAsItIs() {
    Schema any =
        new Schema(
            Type.ANY, null, null, null, null, null, null, null, null, false, false, false, null);
    assertEquals(Map.of("x", 1), checked(any, Map.of("x", 1)));
  }

  private static final Schema POINT =
      object(new BodySchema(Map.of("x", integer(0L, 9L, false)), List.of("x")));

  private static Schema object(BodySchema described) {
    return new Schema(
        Type.OBJECT,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        false,
        false,
        false,
        described);
  }

  @Test
  void anObjectIsCheckedFieldByField() {
    Schema points = list(POINT, 3);
    List<?> twice = List.of(Map.of("x", "7"), Map.of("x", 7));
    assertEquals(List.of(Map.of("x", 7L), Map.of("x", 7L)), checked(points, twice));
    assertEquals(
        "a[1][x] is required.", refused(points, List.of(Map.of("x", 1), Map.of())).message());
    assertEquals("a[0][x] is required.", refused(points, List.of(List.of())).message());
    assertEquals("a[0] is not of type object.", refused(points, List.of(List.of(1))).message());
    assertEquals(
        "a[0][x] must be between 0 (inclusive) and 9 (inclusive)",
        refused(points, List.of(Map.of("x", 10))).message());
    Map<String, Object> more = Map.of("x", 1, "y", 2);
    assertEquals(
        "a[0][y] is no parameter of this operation.", refused(points, List.of(more)).message());
    assertEquals(List.of(Map.of("x", 1L)), checked(points, List.of(more), true));
    assertEquals(Map.of("y", 2), checked(object(null), Map.of("y", 2)));
    assertEquals(Map.of(), checked(object(null), ""));
  }

  @Test
  void thePageIsCheckedBeforeAnythingElse() {
    Operation operation = operation(parameter("a", ID), parameter("page", ID));
    Map<String, Fault> found = Map.of("b", new Fault("x", "y"));
    Map<String, Object> both = Map.of("a", "x", "page", "x");
    assertEquals(Set.of("page", "b"), faults(operation, both, found));
    assertEquals(Set.of("a", "b"), faults(operation, Map.of("a", "x"), found));
    assertEquals(Set.of("b"), faults(operation, Map.of(), found));
  }

  @Test
  void whatIsWrongAlreadyDoesNotHideWhatIsFound() {
    InvalidParameters refused =
        assertThrows(
            InvalidParameters.class,
            () ->
                check.check(
                    operation(parameter("a", ID)),
                    Map.of("a", "x"),
                    SITE,
                    false,
                    new HashMap<>(Collections.singletonMap("a", new Fault("x", "y")))));
    assertEquals("a is no id.", refused.faults().get("a").message());
  }

  private Set<String> faults(
      Operation operation, Map<String, Object> given, Map<String, Fault> found) {
    return assertThrows(
            InvalidParameters.class, () -> check.check(operation, given, SITE, false, found))
        .faults()
        .keySet();
  }
}
