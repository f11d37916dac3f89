package io.kbsserver.rest.notice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Headers that name parameters. */
class NamesHeaderTest {

  private static String value(String... names) {
    return NamesHeader.value(List.of(names));
  }

  @Test
  void namesStandBetweenCommasWhateverIsInThem() {
    assertEquals("agent, status", value("agent", "status"));
    assertEquals("a%2Cb%20c, %C3%A4, %F0%9F%98%80", value("a,b c", "ä", "\uD83D\uDE00"));
    assertEquals("", value());
  }

  @Test
  void aLongNameIsCutAtACharacter() {
    String longest = "a".repeat(200);
    assertEquals(longest, value(longest));
    assertEquals(longest + "...", value(longest + "b"));
    assertEquals("a".repeat(198) + "...", value("a".repeat(198) + "ä"));
  }

  @Test
  void ofVeryManyNamesTheLastAreCounted() {
    List<String> fitting = Collections.nCopies(19, "a".repeat(100));
    assertEquals(String.join(", ", fitting), NamesHeader.value(fitting));
    // 1989 characters are for names and their commas.
    List<String> names = Collections.nCopies(21, "a".repeat(100));
    assertEquals(String.join(", ", fitting) + ", +2", NamesHeader.value(names));
    assertEquals("b".repeat(9), value("b".repeat(9)));
  }

  @Test
  void theLastNameThatFitsIsTheOneThatLeavesRoomForTheCount() {
    List<String> exact = new ArrayList<>(Collections.nCopies(19, "a".repeat(100)));
    exact.add("b".repeat(49));
    assertEquals(String.join(", ", exact), NamesHeader.value(exact));
    exact.set(19, "b".repeat(50));
    assertEquals(String.join(", ", exact.subList(0, 19)) + ", +1", NamesHeader.value(exact));
  }
}
