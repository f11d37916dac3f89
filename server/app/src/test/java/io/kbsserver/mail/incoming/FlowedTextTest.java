package io.kbsserver.mail.incoming;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A bar is a line break. */
class FlowedTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "one |two|three;false;one two|three",
        "one |two;true;onetwo",
        "> one |> two|three;false;> one two|three",
        "> one |two;false;> one |two",
        ">> one |>> two|> three;false;>> one two|> three",
        " > no quote;false;> no quote",
        "end|-- |me;false;end|-- |me",
        "open ;false;open "
      })
  void paragraphsAreWholeAgain(String sent, boolean deleted, String meant) {
    assertEquals(meant.replace('|', '\n'), FlowedText.whole(sent.replace('|', '\n'), deleted));
  }
}
