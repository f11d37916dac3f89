package io.kbsserver.rest.body;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kbsserver.rest.errors.RestException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names with brackets, as PHP reads them. */
class NestedParametersTest {

  private static Parameters read(String pairs) {
    NestedParameters parameters = new NestedParameters();
    for (String pair : pairs.split("&")) {
      String[] sides = pair.split("=");
      parameters.add(sides[0], sides[1]);
    }
    return parameters.toParameters(Set.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a=1&b=2 | {a=1, b=2}",
        "a[]=1&a[]=2 | {a=[1, 2]}",
        "a[0]=1&a[]=2 | {a=[1, 2]}",
        "a[1]=1&a[0]=2 | {a=[1, 2]}",
        "a[5]=1&a[]=2&a[5]=3 | {a=[3, 2]}",
        "a[-3]=1&a[]=2 | {a=[1, 2]}",
        "a[b]=1 | {a={b=1}}",
        "a[b]=1&a[]=2 | {a={b=1, 0=2}}",
        "a[01]=1 | {a={01=1}}",
        "a[9223372036854775808]=1 | {a={9223372036854775808=1}}",
        "a[b][c]=1 | {a={b={c=1}}}",
        "a[][]=1&a[][]=2 | {a=[[1], [2]]}",
        "a=1&a[]=2 | {a=[2]}",
        "a[]=1&a=2 | {a=2}",
        "[a]=1 | {[a]=1}",
        "a[b=1 | {a[b=1}",
        "a]b[=1 | {a]b[=1}",
        "a[b]c=1 | {a={b=1}}",
        "a[b][c=1 | {a={b=1}}"
      })
  void bracketsMakeListsAndMaps(String pairs, String values) {
    assertEquals(values, read(pairs).values().toString());
  }

  @Test
  void behindTheLargestIndexThereIsNoOther() {
    assertEquals(
        "{a={9223372036854775807=1, 9223372036854775808=2}}",
        read("a[9223372036854775807]=1&a[]=2").values().toString());
  }

  @Test
  void deeperThanSixteenLevelsNothingCounts() {
    String deepest = "a" + "[x]".repeat(16);
    assertEquals(read(deepest + "=1").values(), read(deepest + "[y]=1").values());
    assertEquals(Map.of(), read("b" + "[x]".repeat(15) + "[y]=1&b[z]=2").repeated());
  }

  /** What is in brackets takes much more room than they do. */
  @Test
  void moreLevelsThanParametersAreRefused() {
    NestedParameters parameters = new NestedParameters();
    String deep = "[x]".repeat(16);
    for (int i = 0; i < FormBody.MOST_PARAMETERS / 16; i++) {
      parameters.add("a" + i + deep, "1");
    }
    parameters.add("plain", "1");
    parameters.add("a0[x][y]", "1");
    assertThrows(RestException.class, () -> parameters.add("b[x]", "1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a=1&b=2 | {}",
        "a=1&a=2 | {a=[1, 2]}",
        "a[]=1&a[]=2 | {}",
        "a[0]=1&a[0]=2 | {a=[1, 2]}",
        "a=1&a[]=2 | {a=[1, 2]}",
        "a[]=1&a=2&a[]=3 | {a=[1, 2, 3]}",
        "a[b]=1&a[b]=2 | {a=[]}",
        "a[0][0]=1&a[0][0]=2 | {a=[]}",
        "a[b]=1&a[c]=2 | {}"
      })
  void whatReplacesSomethingIsRememberedWithAllThatWasGiven(String pairs, String repeated) {
    assertEquals(repeated, read(pairs).repeated().toString());
  }

  @Test
  void aListTakesLittleRoomWhereItIsTakenApartAtCommas() {
    assertEquals("1,2", NestedParameters.compact(List.of(1L, 2L)));
    assertEquals(List.of("a b", "c"), NestedParameters.compact(List.of("a b", "c")));
    assertEquals(List.of(), NestedParameters.compact(List.of()));
    assertEquals("x", NestedParameters.compact("x"));
  }

  @Test
  void aQueryIsWrittenAsItIsRead() {
    Map<String, Object> parameters = new TreeMap<>();
    parameters.put("a", List.of("1", Map.of("b", "ä c")));
    parameters.put("d", "1,2");
    parameters.put("e", null);
    parameters.put("f", 3);
    assertEquals(
        "a%5B0%5D=1&a%5B1%5D%5Bb%5D=%C3%A4+c&d=1,2&f=3", NestedParameters.toQuery(parameters));
  }
}
