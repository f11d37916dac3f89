package io.kbsserver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {
  private static final List<List<String>> ROWS =
      List.of(
          List.of("ID", "NAME", "WHAT IT DOES"),
          List.of("7", "Zoë 😀", "decides how many of them there are, and which"),
          List.of("1001", "b", "nothing of the kind"));

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void nothingIsCutWhereThereIsNoTerminal() {
    Table.print(ROWS, out);
    assertEquals(
        """
            ID  NAME    WHAT IT DOES
             7  Zoë 😀  decides how many of them there are, and which
          1001  b       nothing of the kind
        """,
        printed());
  }

  @ParameterizedTest
  @ValueSource(ints = {30, 40, 50})
  void aTerminalsLinesAreFilledAndNotBroken(int width) {
    Table.print(ROWS, out, width);
    assertTrue(
        printed().lines().allMatch(line -> line.codePointCount(0, line.length()) <= width),
        printed());
    assertTrue(printed().contains("decides") && printed().contains("…\n"), printed());
    assertTrue(printed().contains("Zoë 😀"), printed());
  }

  @Test
  void aTextOfSeveralLinesIsShownInOne() {
    Table.print(List.of(List.of("NAME", "TEXT"), List.of("a", "one\r\ntwo\nthree")), out);
    assertEquals("  NAME  TEXT\n  a     one two three\n", printed());
  }

  /** Letters of East Asia take two columns, an accent that is put on a letter none. */
  @Test
  void columnsStandBelowEachOtherInEveryScript() {
    List<List<String>> rows =
        List.of(List.of("NAME", "ID"), List.of("山田太郎", "7"), List.of("Zoe\u0308", "8"));
    Table.print(rows, out);
    assertEquals("  NAME      ID\n  山田太郎   7\n  Zoe\u0308        8\n", printed());
    bytes.reset();
    Table.print(List.of(List.of("NAME", "ROLE"), List.of("山田太郎一二三", "agent")), out, 19);
    assertEquals("  NAME        ROLE\n  山田太郎…   agent\n", printed());
  }

  /** Seven columns of a table do not get into a narrow window: then it is a row after the other. */
  @Test
  void inANarrowTerminalRowsStandOnTheirOwn() {
    ListOutput list = new ListOutput("login_name", "role_in_it", "what_it_does");
    list.add("jane-of-sales", "support_agent", "answers what comes in");
    Terminal narrow =
        new Terminal(
            Map.of(), InputStream.nullInputStream(), out, out, true, 24, Clock.systemUTC());
    list.table(narrow);
    assertEquals(
        """
          LOGIN NAME    jane-of-sales
          ROLE IN IT    support_agent
          WHAT IT DOES  answers what comes in

        """,
        printed());
  }

  @Test
  void whatFitsIsWhole() {
    Table.print(ROWS, out, 120);
    assertTrue(printed().contains("and which\n"), printed());
  }

  @Test
  void whatWouldMoveTheCursorIsShownAsAMark() {
    Table.print(List.of(List.of("NAME"), List.of("a\u001b[2Jb\rc\u202Ed\u009be")), out);
    assertEquals("  NAME\n  a\uFFFD[2Jb\uFFFDc\uFFFDd\uFFFDe\n", printed());
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
